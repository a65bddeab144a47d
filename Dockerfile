# The image of every process: pages, live connections, commands. docker-compose.yml starts them.
FROM python:3.13-slim AS build
WORKDIR /app
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
COPY requirements.lock requirements-local.lock ./
RUN python -m venv /venv && /venv/bin/pip install --require-hashes -r requirements.lock
RUN python -m venv /tools && /tools/bin/pip install --require-hashes -r requirements-local.lock
COPY . .
# Translations are compiled and static files are hashed and compressed here; no service and no secret is needed for it.
RUN /tools/bin/python -m emocare.local.messages --compile \
 && EMOCARE_MODE=test SECRET_KEY=build STATIC_ROOT=/app/static-collected \
    /venv/bin/python -m django collectstatic --noinput --settings emocare.settings

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin emocare \
 && install -d -o emocare -g emocare /media /ledger
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    EMOCARE_MODE=production DJANGO_SETTINGS_MODULE=emocare.settings \
    STATIC_ROOT=/app/static-collected MEDIA_ROOT=/media JOURNAL_LEDGER=/ledger/journal-ledger.txt
COPY --from=build /venv /venv
COPY --from=build /app /app
USER 10001
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4", "--host", "0.0.0.0", "--port", "8000", "--no-access-log", "emocare.wsgi:application"]
