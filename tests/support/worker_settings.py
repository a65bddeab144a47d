"""Settings of the worker that tests start: it knows tasks that only tests have, and makes up for no missed moments."""

from emocare.settings import *  # noqa: F403

PROCRASTINATE_IMPORT_PATHS = ["tests.support.probe_tasks"]
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 0}
