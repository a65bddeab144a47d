"""The devices on whose screens a person wants to see that there is news."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.signin import idle
from emocare.limits import limited, too_many
from notifications.push import access, keys, services
from notifications.push.forms import SubscriptionForm, given


def _refused(words: str, status: int = 400) -> JsonResponse:
    return JsonResponse({"error": words}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def push_devices(request: HttpRequest) -> HttpResponse:
    """Show the person's devices; POST adds the browser that sends its subscription as JSON."""
    access.require_push()
    return _add(request) if request.method == "POST" else render(request, "notifications/devices.html")


def _add(request: HttpRequest) -> JsonResponse:
    sign_in = access.sign_in_of(request.user, request.session)
    if sign_in is None:
        return _refused(_("On a shared computer nothing is shown on the screen."), 403)
    if too_many(request, "push"):
        return _refused(_("That was tried very often. Please wait an hour, then try again."), 429)
    form = SubscriptionForm(given(request.body))
    if not form.is_valid():
        return _refused(form.said)
    subscription = dict(form.cleaned_data)
    if replaces := subscription.pop("replaces"):
        followed = services.follow(user=request.user, sign_in=sign_in, replaces=replaces, **subscription)
        return JsonResponse({}) if followed else _refused(_("This device is not on your list."))
    services.subscribe(user=request.user, sign_in=sign_in, **subscription)
    messages.success(request, _("This device shows you now that there is something new."))
    return JsonResponse({}, status=201)


@never_cache
@idle.background
@require_safe
def push_key(request: HttpRequest) -> JsonResponse:
    """Tell a browser whose address changed by itself what it subscribes with, and the token to send with."""
    access.require_push()
    return JsonResponse({"key": keys.public(), "token": get_token(request)})


@require_POST
def stop_device(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take a device off the list."""
    services.stop(device=access.get_device_for(request.user, public_id))
    messages.success(request, _("Nothing is shown on that device any more."))
    return redirect("push_devices")


@require_POST
@limited("push_trial")
def try_device(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Send a trial message to a device."""
    access.require_push()
    services.try_out(device=access.get_device_for(request.user, public_id))
    messages.success(request, _("A trial message is on its way to that device. It comes within a minute."))
    return redirect("push_devices")
