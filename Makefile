# Each target sets up what it needs first: `make run` alone is enough on a fresh machine.
# PYTHON is any Python 3.11 or newer; the environment that the targets share is .venv/.
PYTHON ?= python3
UV ?= uv
ENVIRONMENT = $(PYTHON) emocare/local/bootstrap.py
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-annotate pyproject.toml

.PHONY: help run test lint messages bench train reader lock clean

help:
	@echo "make run       serve Emocare here, with demonstration data (PORT=8001 and HOST=0.0.0.0 change where)"
	@echo "make test      run every test, the browser's too (ARGS=\"-k mood\" chooses)"
	@echo "make lint      check style, the direction of imports and the migrations"
	@echo "make messages  extract and compile the translations"
	@echo "make bench     measure (ONLY=chat chooses)"
	@echo "make train     fit the model of the risk check anew, and write its report"
	@echo "make reader    teach the risk check's second look anew (half an hour), then train"
	@echo "make lock      resolve the packages of pyproject.toml into the five lock files (needs uv)"
	@echo "make clean     remove what the other targets build; the trial's data in var/ stays"

run:
	@$(ENVIRONMENT) local
	@.venv/bin/python -m emocare.local.run

test:
	@$(ENVIRONMENT) dev
	@.venv/bin/python -m emocare.local.test $(ARGS)

lint:
	@$(ENVIRONMENT) dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	.venv/bin/djlint --quiet --lint templates
	.venv/bin/python -m emocare.local.house_rules
	.venv/bin/bandit --quiet --recursive --configfile pyproject.toml accounts tracker tests_app chat emergency notifications emocare bench deploy
	.venv/bin/python -m emocare.local.audit requirements.lock requirements-local.lock
	.venv/bin/python manage.py makemigrations --check --dry-run

messages:
	@$(ENVIRONMENT) local
	@.venv/bin/python -m emocare.local.messages

bench:
	@$(ENVIRONMENT) dev
	@.venv/bin/python -m bench $(ONLY)

# One thread, so that the same sentences give the same weights.
train:
	@$(ENVIRONMENT) train
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 .venv/bin/python -m emergency.risk.training

reader:
	@$(ENVIRONMENT) reader
	@OMP_NUM_THREADS=1 .venv/bin/python -m emergency.risk.training.reader
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 .venv/bin/python -m emergency.risk.training

lock:
	$(COMPILE) -o requirements.lock
	$(COMPILE) --group local -c requirements.lock -o requirements-local.lock
	$(COMPILE) --group dev -c requirements-local.lock -o requirements-dev.lock
	$(COMPILE) --group train -c requirements-dev.lock -o requirements-train.lock
	$(COMPILE) --group reader -c requirements-train.lock -o requirements-reader.lock

clean:
	rm -rf .venv .import_linter_cache .pytest_cache .ruff_cache var/static var/test
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete
