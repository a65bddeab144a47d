"""Saying that the risk check was wrong: what it is, one sentence with consent, and taking it back."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.kin.gate import open_while_waiting
from emergency import heeding
from emergency.judgements import access, consent, services
from emergency.judgements.choices import Complaint
from emergency.judgements.forms import JudgementForm
from emocare.heeding import heed
from emocare.limits import limited

WRONG = (Complaint.FALSE_ALARM, Complaint.OTHER)


@login_not_required
@require_safe
def risk_check(request: HttpRequest) -> HttpResponse:
    """Explain to everybody what the risk check is."""
    return render(request, "emergency/judgements/risk_check.html")


@require_http_methods(["GET", "HEAD", "POST"])
@limited("judgement", "POST")
def misjudged(request: HttpRequest) -> HttpResponse:
    """Take the sentence that was just read wrongly; where it is not known any more, the person writes it."""
    sentence = heeding.sentence_of(request)
    return _ask(request, sentence, WRONG if sentence else tuple(Complaint))


@require_http_methods(["GET", "HEAD", "POST"])
@limited("judgement", "POST")
def missed(request: HttpRequest) -> HttpResponse:
    """Take a sentence that should have been noticed."""
    return _ask(request, None, (Complaint.MISSED,))


def _ask(request: HttpRequest, sentence: str | None, complaints: tuple[Complaint, ...]) -> HttpResponse:
    user = request.user
    form = JudgementForm(request.POST if request.method == "POST" else None, sentence=sentence, complaints=complaints)
    allowed = access.may_send(user)
    if allowed and request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        services.send(
            user=user,
            text=answers["sentence"],
            complaint=answers["complaint"],
            meant=answers["meant"],
            language=get_language(),
            agreed_to=consent.shown(),
            key=answers["form_key"],
        )
        if sentence and answers["complaint"] == Complaint.FALSE_ALARM:
            heeding.close(request)
        # What was answered with help a moment ago is not answered again because its person says it was no danger.
        heed(request, *(text for text in (answers["sentence"], answers["meant"]) if text and text != sentence))
        messages.success(request, _("Thank you. Your sentence is sent, and nothing else."))
        return redirect("my_judgements")
    context = {"form": form if allowed else None, "sentence": sentence, "missed": complaints == (Complaint.MISSED,)}
    return render(request, "emergency/judgements/judgement.html", context | consent.context())


@open_while_waiting
@require_safe
def my_judgements(request: HttpRequest) -> HttpResponse:
    """Show what the person has sent, and how it stands."""
    return render(request, "emergency/judgements/mine.html", {"judgements": access.own(request.user)})


@open_while_waiting
@require_POST
def take_back(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Delete a sentence, as its person wishes."""
    services.take_back(judgement=access.get_own(request.user, public_id))
    messages.success(request, _("It is taken back and deleted."))
    return redirect("my_judgements")
