"""Settings of the site while it is killed in the middle of alarms: what takes minutes takes seconds."""

from emocare.settings import *  # noqa: F403
from emocare.settings import PROCRASTINATE_PERIODIC_DEFAULTS, URGENT_MINUTES

SECONDS = 2
URGENT_MINUTES = dict.fromkeys(URGENT_MINUTES, SECONDS / 60)
PROCRASTINATE_PERIODIC_DEFAULTS = PROCRASTINATE_PERIODIC_DEFAULTS | {"max_delay": 0}  # it begins with nothing to do
