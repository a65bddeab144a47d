"""Who is too young to go on alone, who may answer for them, and what supporters may do."""

import uuid

from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts import events
from accounts.choices import Purpose
from accounts.consents import VERSIONS
from accounts.journal.choices import Looked, Why
from accounts.kin import age, links
from accounts.kin.choices import AgeGroup, Answer, Right
from accounts.models import GuardianConsent, GuardianRequest, Support, SupportQuerySet, User

GUARDIAN, SUPPORT = "guardian", "support"  # purposes of codes
WITHDRAWAL = signing.Signer(salt="accounts.kin.withdrawal")


# Age


def waits_for_guardian(user: User) -> bool:
    """Say whether the person is too young to consent and no legal representative has agreed."""
    return age.group_of(user) == AgeGroup.CHILD and consent_in_force(user) is None


def waits_for_own_consent(user: User) -> bool:
    """Say whether the person has grown old enough to consent and was not asked yet."""
    return (
        user.sixteen_from is not None
        and bool(user.agreed_version)
        and age.group_of(user) != AgeGroup.CHILD
        and not user.consents.filter(purpose=Purpose.SERVICE, withdrawn_at__isnull=True).exists()
    )


def decides_alone(user: User) -> bool:
    """Say whether no legal representative has a say any more: the person consented for themselves."""
    return age.group_of(user) != AgeGroup.CHILD and not waits_for_own_consent(user)


def is_waiting(user: User) -> bool:
    """Say whether the account is limited for now; whoever signed up as an adult costs no query.

    Whoever agreed to an older text than the current one is asked on their next page, and is helped meanwhile.
    """
    if not user.agreed_version:
        return True
    return user.sixteen_from is not None and (waits_for_guardian(user) or waits_for_own_consent(user))


def consent_in_force(child: User) -> GuardianConsent | None:
    """Return the consent of a legal representative to the current text, if there is one."""
    return child.guardian_consents.in_force().first()


def agreed_to_older_text(child: User) -> bool:
    """Say whether a legal representative agreed, to a text that has changed since."""
    older = child.guardian_consents.filter(withdrawn_at__isnull=True).exclude(version=VERSIONS[Purpose.CHILD])
    return older.exists()


def open_requests_of(child: User) -> list[GuardianRequest]:
    """Return the questions to legal representatives that wait for an answer, newest first."""
    now = timezone.now()
    return list(child.guardian_requests.filter(closed_at__isnull=True, expires_at__gt=now).order_by("-asked_at", "-pk"))


def was_refused(child: User) -> bool:
    """Say whether the last answer of a legal representative was no."""
    last = child.guardian_requests.exclude(answer="").order_by("-closed_at", "-pk").first()
    return last is not None and last.answer == Answer.REFUSED


def find_request(code: str) -> GuardianRequest | None:
    """Return the open question with this code, of a child who still needs the answer."""
    asked = GuardianRequest.objects.select_related("child").filter(
        digest=links.digest(GUARDIAN, code),
        closed_at__isnull=True,
        expires_at__gt=timezone.now(),
        child__is_active=True,
    )
    found = asked.first()
    return found if found and waits_for_guardian(found.child) else None


def withdrawal_token(consent: GuardianConsent) -> str:
    """Return what the link to take a consent back ends with; it does not grow old."""
    return WITHDRAWAL.sign(consent.public_id.hex)


def get_consent_by_token(token: str) -> GuardianConsent:
    """Return the consent that a link speaks of; a forged one is 404."""
    try:
        public_id = uuid.UUID(WITHDRAWAL.unsign(token))
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
    return get_object_or_404(GuardianConsent.objects.select_related("child"), public_id=public_id)


# Supporters


def supports_of(owner: User) -> SupportQuerySet:
    """Return who supports a person, and whom they invited, newest first."""
    return owner.supports.not_ended().select_related("supporter").order_by("-invited_at", "-pk")


def get_support_of(owner: User, public_id: uuid.UUID) -> Support:
    """Return one of those, for its owner alone."""
    return get_object_or_404(supports_of(owner), public_id=public_id)


def supported_by(supporter: User) -> SupportQuerySet:
    """Return what a supporter may do for whom just now, newest first."""
    return supporter.supporting.in_force().select_related("owner").order_by("-accepted_at", "-pk")


def get_support_for(supporter: User, public_id: uuid.UUID, right: Right | None = None) -> Support:
    """Return a support in force for its supporter; 404 without this right, and as soon as it is over.

    A child whose legal representative took the consent back is supported by nobody until it is there again.
    """
    found = get_object_or_404(supporter.supporting.select_related("owner"), public_id=public_id)
    both_open = supporter.is_active and found.owner.is_active
    if not (both_open and found.is_in_force) or (right and not found.may(right)) or is_waiting(found.owner):
        raise Http404
    return found


def look_at_display_for(supporter: User, public_id: uuid.UUID) -> Support:
    """Return the support that lets somebody change how pages look for its owner; that they saw it is written down."""
    found = get_support_for(supporter, public_id, Right.SET_DISPLAY)
    events.looked(actor=supporter, whose=found.owner, what=Looked.DISPLAY, why=Why.SUPPORTER)
    return found


def find_invitation(code: str) -> Support | None:
    """Return the invitation with this code, while it can be accepted."""
    waiting = Support.objects.not_ended().filter(accepted_at__isnull=True, owner__is_active=True)
    return waiting.select_related("owner").filter(digest=links.digest(SUPPORT, code)).first()
