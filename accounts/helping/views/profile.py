"""What helpers say of themselves, and their hours."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.helping import access, profiles
from accounts.helping.forms import HelperProfileForm, HoursForm
from accounts.helping.steps import Refused
from emocare.heeding import heed


@require_http_methods(["GET", "HEAD", "POST"])
def helper_profile(request: HttpRequest) -> HttpResponse:
    """Show and save what a helper offers."""
    profile = access.get_own_helper_profile(request.user)
    form = HelperProfileForm(request.POST if request.method == "POST" else None, profile=profile)
    if request.method == "POST" and form.is_valid():
        profiles.save_profile(profile=profile, answers=form.cleaned_data)
        written = (form.cleaned_data[name] for name in ("about", "limits") if name in form.changed_data)
        heed(request, *written, about=profile)
        messages.success(request, _("Saved."))
        return redirect("helper_profile")
    return render(request, "accounts/helping/profile.html", {"form": form, "profile": profile})


@require_http_methods(["GET", "HEAD", "POST"])
def helper_hours(request: HttpRequest) -> HttpResponse:
    """Show a helper's hours, and add some."""
    profile = access.get_own_helper_profile(request.user)
    form = HoursForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            profiles.add_hours(profile=profile, **form.content())
        except Refused as refused:
            form.add_error("start", refused.words)
        else:
            messages.success(request, _("Saved."))
            return redirect("helper_hours")
    return render(request, "accounts/helping/hours.html", {"form": form, "hours": access.hours_of(profile)})


@require_POST
def remove_hours(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Remove one of the helper's hours."""
    profiles.remove_hours(hours=access.get_own_hours(request.user, public_id))
    messages.success(request, _("Removed."))
    return redirect("helper_hours")
