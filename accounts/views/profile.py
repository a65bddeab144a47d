"""What a person tells about themselves."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access, recovery, services
from accounts.forms import ProfileForm
from emocare import display, limits


@require_http_methods(["GET", "HEAD", "POST"])
def edit_profile(request: HttpRequest) -> HttpResponse:
    """Show and save the person's own profile."""
    if request.FILES and (refused := limits.too_many(request, "picture")):
        return refused
    profile = access.get_profile_for(request.user)
    user = request.user
    form = ProfileForm(
        request.POST or None,
        request.FILES or None,
        instance=profile,
        initial={"shown_name": user.shown_name, "language": user.language, "time_zone": user.time_zone},
    )
    if request.method == "POST" and form.is_valid():
        services.save_profile(user=user, profile=profile, answers=form.cleaned_data)
        with translation.override(user.language):
            messages.success(request, _("Your profile is saved."))
            response = redirect("profile")
        display.remember_language(response, user.language, secure=request.is_secure())
        return response
    context = {"form": form, "profile": profile, "codes_left": recovery.remaining(user)}
    return render(request, "accounts/profile.html", context)


@require_safe
def own_picture(request: HttpRequest) -> HttpResponse:
    """Send the person's own uploaded picture."""
    profile = access.get_profile_for(request.user)
    if not profile.picture:
        raise Http404
    try:
        return FileResponse(profile.picture.open(), content_type="image/webp")
    except FileNotFoundError as error:
        raise Http404 from error
