"""Short exercises for a hard moment: for everybody, without signing in, without JavaScript, without the database."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def grounding(request: HttpRequest) -> HttpResponse:
    """Show how to come back to this moment, by whichever sense one has."""
    return render(request, "emergency/grounding.html", {"standalone": True})
