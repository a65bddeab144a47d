"""The one write path for consents of legal representatives and for a person's own when they are old enough."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from accounts import events, letters
from accounts.choices import EventKind, Purpose
from accounts.consents import VERSIONS, giving, texts
from accounts.consents.giving import lock
from accounts.helping import services as helping
from accounts.kin import access, age, links
from accounts.kin.choices import Answer, Relation, Way
from accounts.models import GuardianConsent, GuardianRequest, User

OPEN_AT_ONCE = 3  # questions to legal representatives of one child
NO_TEXT = b""  # how the database holds an encrypted text that is empty


def address(name: str, language: str, *values: object) -> str:
    """Return the whole address of a page in a language."""
    with translation.override(language):
        return letters.link(reverse(name, args=values))


@transaction.atomic
def ask_guardian(*, child: User, email: str = "") -> str:
    """Make a link for a legal representative and return it; with an e-mail address it also goes there by letter.

    Beyond OPEN_AT_ONCE the oldest open question is closed.
    """
    lock(child)
    code, now = links.new_code(), timezone.now()
    for request in access.open_requests_of(child)[OPEN_AT_ONCE - 1 :]:
        request.closed_at, request.address = now, ""
        request.save(update_fields=["closed_at", "address"])
    GuardianRequest.objects.create(
        child=child,
        digest=links.digest(access.GUARDIAN, code),
        way=Way.LETTER if email else Way.LINK,
        address=email,
        asked_at=now,
        expires_at=now + timedelta(days=settings.GUARDIAN_LINK_DAYS),
    )
    link = address("guardian", child.language, code)
    if email:
        letters.send_to(email, child.language, "guardian_asked", link=link, days=settings.GUARDIAN_LINK_DAYS)
    return link


@transaction.atomic
def agree(
    *, request: GuardianRequest, name: str, relation: Relation, contact: str, language: str
) -> GuardianConsent | None:
    """Record a legal representative's consent; None when the question was answered or closed a moment ago."""
    lock(request.child)
    if not _answer(request, Answer.AGREED):
        return None
    now = timezone.now()
    request.child.guardian_requests.filter(closed_at__isnull=True).update(closed_at=now, address=NO_TEXT)
    request.child.guardian_consents.filter(withdrawn_at__isnull=True).update(withdrawn_at=now)  # to an older text
    consent = GuardianConsent.objects.create(
        child=request.child,
        name=name,
        relation=relation,
        contact=contact,
        version=VERSIONS[Purpose.CHILD],
        language=language,
        text=texts.keep_for_guardian(language, consents_from=age.consents_from(request.child)),
        way=request.way,
        given_at=now,
    )
    events.record(user=request.child, kind=EventKind.GUARDIAN_CONSENTED)
    if "@" in contact:
        link = address("guardian_withdraw", language, access.withdrawal_token(consent))
        letters.send_to(contact, language, "guardian_agreed", link=link)
    letters.send(request.child, "child_may_begin", link=address("dashboard", request.child.language))
    return consent


@transaction.atomic
def refuse(*, request: GuardianRequest) -> bool:
    """Record that a legal representative does not agree; say whether the question was still open."""
    lock(request.child)
    if not _answer(request, Answer.REFUSED):
        return False
    events.record(user=request.child, kind=EventKind.GUARDIAN_REFUSED)
    letters.send(request.child, "child_must_wait", link=address("guardian_wait", request.child.language))
    return True


def _answer(request: GuardianRequest, answer: Answer) -> bool:
    """Answer a question that is still open, of a child who still waits; of two answers the first counts.

    The address where it went is not needed any more.
    """
    still_open = GuardianRequest.objects.filter(pk=request.pk, closed_at__isnull=True, expires_at__gt=timezone.now())
    if not access.waits_for_guardian(request.child):
        return False
    return still_open.update(answer=answer, closed_at=timezone.now(), address=NO_TEXT) == 1


@transaction.atomic
def withdraw(*, consent: GuardianConsent) -> None:
    """Take a legal representative's consent back, and let the child's helpers go; a second time changes nothing."""
    lock(consent.child)
    in_force = GuardianConsent.objects.filter(pk=consent.pk, withdrawn_at__isnull=True)
    if not in_force.update(withdrawn_at=timezone.now()):
        return
    events.record(user=consent.child, kind=EventKind.GUARDIAN_WITHDREW)
    if access.waits_for_guardian(consent.child):
        helping.part_with_all(user=consent.child)
        letters.send(consent.child, "child_must_wait", link=address("guardian_wait", consent.child.language))


@transaction.atomic
def consent_for_oneself(*, user: User, language: str) -> None:
    """Record the own consent of somebody who has grown old enough."""
    giving.give(user=user, purpose=Purpose.SERVICE, language=language)
    events.record(user=user, kind=EventKind.OWN_CONSENT)


def forget_age(*, user: User) -> None:
    """Forget what is kept of the birth date of somebody who has become an adult."""
    if age.is_adult(user) and user.sixteen_from is not None:
        forget_ages(User.objects.filter(pk=user.pk))
        user.sixteen_from = None


@transaction.atomic
def forget_ages(adults: QuerySet[User]) -> int:
    """Empty the month of these people, and let go of what their representatives read: it names the month too.

    The version and the language of that text stay with the consent.
    """
    GuardianConsent.objects.filter(child__in=adults, text__isnull=False).update(text=None)
    return adults.update(sixteen_from=None)
