"""Emocare's pages, and the press that the benchmark of urgent help compares with; served as WSGI.

`bare/press/` is what anybody would write with Django and Channels behind the same middleware: store the request, tell
one group of it, answer. It calls nobody by letter, starts no timer and writes no timeline.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emocare.settings")
django.setup()

from asgiref.sync import async_to_sync  # noqa: E402 -- models need the applications to be ready
from channels.layers import get_channel_layer  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402

from emergency.choices import Origin, Outcome, State  # noqa: E402
from emergency.models import HelpRequest  # noqa: E402
from emergency.risk.levels import Level  # noqa: E402
from emocare import urls  # noqa: E402
from emocare.wsgi import application  # noqa: E402

GROUP = "bare.all"


def press(request: HttpRequest) -> HttpResponse:
    """Store a request that is over already, so that it is in nobody's way, and tell the group."""
    HelpRequest.objects.create(
        level=Level.HIGH,
        origin=Origin.BUTTON,
        language="kk",
        state=State.CLOSED,
        closed_at=timezone.now(),
        outcome=Outcome.UNDONE,
    )
    said = {"type": "bare", "number": int(request.POST["number"])}
    async_to_sync(get_channel_layer().group_send)(GROUP, {"type": "news", "said": said})
    return HttpResponse(status=302, headers={"Location": "/"})


urls.urlpatterns.insert(0, path("bare/press/", press))
served = application
