"""Pages on which a person sees what they agreed to, gives a consent and takes one back."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import SHARING, Purpose
from accounts.consents import VERSIONS, access, changes, services, texts
from accounts.consents.forms import ShareForm
from accounts.kin.forms import OwnConsentForm
from accounts.kin.gate import open_while_waiting
from accounts.signin.services import SIGN_IN

CAN_BE_TAKEN_BACK = (Purpose.SERVICE, Purpose.CHILD, Purpose.HELPING)


def read_once_more(request: HttpRequest) -> HttpResponse:
    """Show the page anew: nobody agrees to words that were not before them."""
    messages.warning(request, _("The text has changed meanwhile. Please read it once more."))
    return redirect(request.path)


@open_while_waiting
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent_again(request: HttpRequest) -> HttpResponse:
    """Ask whoever has not agreed to the current text; say what changed, and what else they can do."""
    user = request.user
    if access.is_current(user):
        return redirect("dashboard")
    form = OwnConsentForm(request.POST if request.method == "POST" else None)
    if form.is_of_another_text():
        return read_once_more(request)
    if request.method == "POST" and form.is_valid():
        services.give(user=user, purpose=access.own_purpose(user), language=get_language())
        messages.success(request, _("Thank you. Your account is open."))
        return redirect("dashboard")
    context = {
        "form": form,
        "changes": changes.since(user.agreed_version),
        "is_new_version": bool(user.agreed_version),
        "was_taken_back": not user.agreed_version and access.agreed_before(user),
        **texts.about_privacy(),
    }
    return render(request, "accounts/consents/again.html", context)


@open_while_waiting
@never_cache
@require_safe
def my_consents(request: HttpRequest) -> HttpResponse:
    """Show each consent: whether it is in force, its text, when it was given and taken back."""
    user = request.user
    given = access.consents_of(user)
    context = {
        "standings": access.standings_of(user, given),
        "given": given,
        "guardians": access.guardian_consents_of(user) if user.sixteen_from else [],
    }
    return render(request, "accounts/consents/my_consents.html", context)


@open_while_waiting
@never_cache
@require_safe
def consent_text(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show the words that somebody agreed to, as they were then."""
    text = access.get_text_for(request.user, public_id)
    return render(request, "accounts/consents/text.html", {"text": text})


@open_while_waiting
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, purpose: str) -> HttpResponse:
    """Say what follows, then take a consent back."""
    user = request.user
    if purpose not in CAN_BE_TAKEN_BACK:
        raise Http404
    purpose = Purpose(purpose)
    if request.method == "POST":
        if services.withdraw(user=user, purpose=purpose, keep=request.session.get(SIGN_IN)):
            messages.success(request, _("Your consent is taken back."))
        return redirect("my_consents")
    if not access.is_in_force(user, purpose):
        return redirect("my_consents")
    return render(request, "accounts/consents/withdraw.html", {"purpose": purpose, "helping": Purpose.HELPING})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, assignment_id: uuid.UUID) -> HttpResponse:
    """Choose what a psychologist sees; the whole text of each consent stands on the page."""
    assignment = access.get_psychologist_of(request.user, assignment_id)
    initial = {"purposes": [purpose.value for purpose in access.shown_to(assignment)]}
    form = ShareForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_of_another_text():
        return read_once_more(request)
    if request.method == "POST" and form.is_valid():
        chosen = {Purpose(name) for name in form.cleaned_data["purposes"]}
        if not services.share(assignment=assignment, purposes=chosen, language=get_language()):
            raise Http404
        if chosen:
            messages.success(request, _("Saved. %(name)s sees what you chose.") % {"name": assignment.helper})
        else:
            messages.success(request, _("Saved. %(name)s sees nothing of it.") % {"name": assignment.helper})
        return redirect("my_consents")
    versions = {"moods": VERSIONS[Purpose.SHARE_MOODS], "notes": VERSIONS[Purpose.SHARE_NOTES]}
    return render(
        request, "accounts/consents/share.html", {"form": form, "assignment": assignment, "versions": versions}
    )


@open_while_waiting
@require_POST
def stop_sharing(request: HttpRequest, assignment_id: uuid.UUID) -> HttpResponse:
    """Take one consent to show something back; for that nobody has to agree to another text first."""
    assignment = access.get_own_sharing(request.user, assignment_id)
    if (purpose := request.POST.get("purpose")) not in SHARING:
        return redirect("my_consents")
    if services.stop_sharing(assignment=assignment, purpose=Purpose(purpose)):
        messages.success(request, _("It is taken back. %(name)s sees it no more.") % {"name": assignment.helper})
    return redirect("my_consents")
