"""Settings of the site beside browser tests: no worker runs there, so that letters go at once."""

from emocare.settings import *  # noqa: F403
from emocare.settings import EMAIL_TRANSPORT

EMAIL_BACKEND = EMAIL_TRANSPORT
