"""What the page of a request shows its person; the number of queries is the same however much was written."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from emergency import helplines, thread
from emergency.forms import MessageForm
from emergency.models import HelpRequest
from emergency.requests import access, timeline
from emergency.requests.codes import written as spelled
from emergency.requests.forms import AddForm

CALL_NOW = ("112", "111")


def shown(request: HttpRequest, found: HelpRequest, **forms: Any) -> dict[str, Any]:
    """Return the context of templates/emergency/requests/request.html."""
    if found.user:
        timezone.activate(found.user.zone)  # a public page does not ask by itself whose clock it is
    steps, helpers = timeline.steps_of(found), thread.helpers_of(found)
    # A page that fetches itself anew would take the code and show it to nobody.
    code = "" if getattr(request, "in_background", False) else access.code_to_show(request.session, found)
    lines = helplines.to_talk()
    return {
        "help_request": found,
        "standing": timeline.standing(found, steps, helpers),
        "timeline": timeline.lines(found, steps),
        "helpers": helpers,
        "written": thread.messages_of(found),
        "form": MessageForm(),
        "add_form": AddForm(),
        "call_now": [line for key in CALL_NOW for line in lines if line.key == key],
        "lines": lines,
        "code": spelled(code) if code else "",
        "mine": True,
        "is_urgent": True,
        **forms,
    }
