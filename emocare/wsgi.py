import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emocare.settings")

application = get_wsgi_application()

from emergency import risk  # noqa: E402 -- settings come first

risk.warm()  # here and not while the first person waits
# What is loaded by now stays: nothing is gained by looking through it for garbage again and again.
gc.collect()
gc.freeze()
gc.set_threshold(50_000)
