"""What a person tells about themselves."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access, recovery, services
from accounts.forms import NicknameForm, ProfileForm
from accounts.kin.gate import open_while_waiting
from accounts.signin import step_up
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


@open_while_waiting
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """Show what a person can do with all that is kept of them."""
    return render(request, "accounts/my_data.html")


@require_http_methods(["GET", "HEAD", "POST"])
@step_up.required(gettext_lazy("You want another nickname."), allow_get=True)
def change_nickname(request: HttpRequest) -> HttpResponse:
    """Let whoever signs in with a nickname choose another."""
    user = request.user
    if user.username is None:
        return redirect("profile")
    form = NicknameForm(request.POST or None, user=user, initial={"nickname": user.username})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_nickname(user=user, nickname=form.cleaned_data["nickname"])
        except IntegrityError:
            form.add_error("nickname", _("This nickname is taken. Please choose another."))
        else:
            messages.success(request, _("Your nickname is changed. You sign in with it from now on."))
            return redirect("profile")
    return render(request, "accounts/nickname.html", {"form": form})


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
