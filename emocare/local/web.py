"""The application as the trial's web server loads it: a worker must not outlive a server that was killed."""

from emocare.local import processes

processes.end_with_parent()

from emocare.asgi import application  # noqa: E402, F401 -- loading it takes a while, and the end may come before
