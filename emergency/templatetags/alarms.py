"""The alarm on top of every page of those who can be called to somebody who needs help; loaded through the settings."""

from django import template
from django.template import loader
from django.template.context import Context
from django.utils.safestring import SafeString

from emergency.access import can_hold
from emergency.alarms import access
from notifications.inbox.access import is_open_to

register = template.Library()


@register.simple_tag(takes_context=True)
def urgent_alarm(context: Context, alone: bool = False) -> SafeString | str:
    """Show what somebody is called to; nothing, and no query, to people who never are."""
    request = context["request"]
    user = request.user
    if not can_hold(user) or not is_open_to(request):
        return ""
    calls = access.calls_to(user)
    shown = {
        "calls": calls[: access.SHOWN],
        "more": max(0, len(calls) - access.SHOWN),
        "marks": " ".join(call.mark for call in calls),
        "taken": access.taken_from(user) if alone else [],
    }
    return loader.render_to_string("emergency/alarms/_alarm.html", shown, request)
