"""Urgent help: for everybody, without signing in, without JavaScript, without the database."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from emergency import helplines


@login_not_required
@require_safe
def urgent_help(request: HttpRequest) -> HttpResponse:
    """Show whom to call now, and what helps in the next minutes."""
    context = {
        "lines": helplines.first(),
        "city_lines": helplines.in_cities(),
        "in_writing": helplines.in_writing(),
        "standalone": True,
    }
    return render(request, "emergency/urgent_help.html", context)
