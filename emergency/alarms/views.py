"""The alarm alone, for a page that heard of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.signin.idle import background
from emergency.alarms import access


@background
@never_cache
@require_safe
def urgent_alarm(request: HttpRequest) -> HttpResponse:
    """Show what somebody is called to now, and who has just taken what they were called to."""
    access.require_called(request.user)
    return render(request, "emergency/alarms/alarm.html")
