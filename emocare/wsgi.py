import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emocare.settings")

application = get_wsgi_application()
# What is loaded by now stays; looking through it again and again for garbage costs a twentieth of a page's time.
gc.collect()
gc.freeze()
gc.set_threshold(50_000)
