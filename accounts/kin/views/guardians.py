"""Pages of a child who waits for a legal representative, of the representative, and of whoever becomes old enough."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.consents.views import read_once_more
from accounts.kin import access, age, services
from accounts.kin.forms import GuardianForm, GuardianLetterForm, OwnConsentForm
from accounts.kin.gate import open_while_waiting
from accounts.models import GuardianRequest, User


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, also when it was nothing; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def _too_often(request: HttpRequest) -> HttpResponse | None:
    return ratelimit.consume_or_429(request, action="kin_ask", key=str(request.user.public_id))


@open_while_waiting
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guardian_wait(request: HttpRequest) -> HttpResponse:
    """Say plainly what a child waits for, and send the question to a legal representative."""
    child = request.user
    if not access.waits_for_guardian(child):
        return redirect("dashboard")
    form = GuardianLetterForm(sent(request), child=child)
    if request.method == "POST" and form.is_valid():
        if limited := _too_often(request):
            return limited
        services.ask_guardian(child=child, email=form.cleaned_data["email"])
        messages.success(request, _("The letter is on its way."))
        return redirect("guardian_wait")
    context = {
        "form": form,
        "requests": access.open_requests_of(child),
        "refused": access.was_refused(child),
        "text_changed": access.agreed_to_older_text(child),
        "consents_from": age.consents_from(child),
    }
    return render(request, "accounts/kin/guardian_wait.html", context)


@open_while_waiting
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guardian_link(request: HttpRequest) -> HttpResponse:
    """Make a link for a legal representative and show it, this once."""
    if request.method != "POST" or not access.waits_for_guardian(request.user):
        return redirect("guardian_wait")
    if limited := _too_often(request):
        return limited
    link = services.ask_guardian(child=request.user)
    return render(request, "accounts/kin/guardian_link.html", {"link": link, "days": settings.GUARDIAN_LINK_DAYS})


def _asked(request: HttpRequest, code: str) -> GuardianRequest | HttpResponse:
    """Return the question with this code, or the page that says why there is none."""
    asked = access.find_request(code)
    if asked is None:
        return gone(request)
    if asked.child == request.user:
        return render(request, "accounts/kin/guardian_own.html")
    return asked


def gone(request: HttpRequest) -> HttpResponse:
    """Say that a link does not work, whatever the reason."""
    return render(request, "accounts/kin/link_gone.html", status=404)


@sensitive_post_parameters("name", "contact")
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def guardian(request: HttpRequest, code: str) -> HttpResponse:
    """Explain Emocare to a legal representative, and record their consent."""
    asked = _asked(request, code)
    if isinstance(asked, HttpResponse):
        return asked
    form = GuardianForm(sent(request), initial={"contact": asked.address})
    if request.method == "POST" and form.is_valid():
        answers = {name: form.cleaned_data[name] for name in ("name", "relation", "contact")}
        consent = services.agree(request=asked, language=get_language(), **answers)
        if consent is None:
            return gone(request)
        link = services.address("guardian_withdraw", get_language(), access.withdrawal_token(consent))
        return render(request, "accounts/kin/guardian_thanks.html", {"link": link, "consent": consent})
    context = {"form": form, "child": asked.child, "consents_from": age.consents_from(asked.child), "code": code}
    return render(request, "accounts/kin/guardian.html", context)


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def guardian_refuse(request: HttpRequest, code: str) -> HttpResponse:
    """Ask once, then record that a legal representative does not agree."""
    asked = _asked(request, code)
    if isinstance(asked, HttpResponse):
        return asked
    if request.method == "POST":
        done = services.refuse(request=asked)
        return render(request, "accounts/kin/guardian_refused.html") if done else gone(request)
    return render(request, "accounts/kin/guardian_refuse.html", {"code": code})


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def guardian_withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Let a legal representative take the consent back, after one question."""
    consent = access.get_consent_by_token(token)
    child: User = consent.child
    if request.method == "POST":
        services.withdraw(consent=consent)
        return redirect("guardian_withdraw", token)
    context = {"consent": consent, "decides": not consent.withdrawn_at and access.decides_alone(child)}
    return render(request, "accounts/kin/guardian_withdraw.html", context)


@open_while_waiting
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_consent(request: HttpRequest) -> HttpResponse:
    """Ask somebody who has grown old enough for their own consent, once."""
    if not access.waits_for_own_consent(request.user):
        return redirect("dashboard")
    form = OwnConsentForm(sent(request))
    if form.is_of_another_text():
        return read_once_more(request)
    if request.method == "POST" and form.is_valid():
        services.consent_for_oneself(user=request.user, language=get_language())
        messages.success(request, _("Thank you. From now on you decide for yourself."))
        return redirect("dashboard")
    return render(request, "accounts/kin/own_consent.html", {"form": form})
