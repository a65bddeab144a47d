"""The page of one's preferences, and the public one that stops letters."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from redis.exceptions import RedisError

from emocare import limits
from notifications.preferences import access, services
from notifications.preferences.forms import PreferencesForm


@require_http_methods(["GET", "HEAD", "POST"])
def edit_preferences(request: HttpRequest) -> HttpResponse:
    """Show and save what a person is told of, how, and when."""
    user = request.user
    form = PreferencesForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        services.save(user=user, choices=form.choices(), hours=form.hours())
        messages.success(request, _("Saved. It counts from now on."))
        return redirect("notification_preferences")
    return render(request, "notifications/preferences.html", {"form": form})


# The token of the address is the whole authority, so a forged form could do no more than its forger: that is why no
# token of the browser is asked for, which a mail program that stops letters by one press (RFC 8058) could not have.
@never_cache
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop_letters(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether letters shall stop, stop them, and undo it; say nothing of whose they are."""
    if refused := _too_many(request):
        return refused
    way = access.find_way(token)
    if way is None:
        return render(request, "notifications/no_such_link.html", {"standalone": True}, status=404)
    again = request.method == "POST" and "again" in request.POST
    if again:
        services.send_again(way=way)
    elif request.method == "POST":
        services.stop(way=way)
    context = {"standalone": True, "again": again, **access.state_of(way)}
    return render(request, "notifications/stop.html", context)


def _too_many(request: HttpRequest) -> HttpResponse | None:
    """Count this use; without Valkey nobody counts, for a mail program that stops letters asks only once."""
    try:
        return limits.too_many(request, "stop_letters")
    except (RedisError, OSError):
        return None
