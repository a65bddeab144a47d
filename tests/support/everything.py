"""Somebody with a row in every table that leads to people; an app with a new table adds a row of it here."""

from datetime import timedelta

from allauth.account.models import EmailAddress, EmailConfirmation
from axes.models import AccessAttempt, AccessAttemptExpiration, AccessFailureLog, AccessLog
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from django_otp.plugins.otp_email.models import EmailDevice
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnAttestation, WebAuthnCredential, WebAuthnUserHandle

from accounts import events, recovery
from accounts.breaches.choices import Step
from accounts.choices import EventKind, Role
from accounts.kin import services as kin
from accounts.kin import supporting
from accounts.kin.choices import Relation, Right, SupportKind, Way
from accounts.models import (
    Assignment,
    Breach,
    BreachStep,
    Export,
    GuardianConsent,
    KnownDevice,
    LockOut,
    SignIn,
    User,
    WaitingPlace,
)
from accounts.personal.registry import tables
from accounts.roles.choices import State
from chat.conversations.services import of_assignment
from chat.models import Attachment, OwnPhrase, Reaction
from chat.models import Message as ChatMessage
from emergency import services as follow_ups
from emergency.choices import Level, Source
from emergency.models import (
    Alarm,
    Check,
    ChecklistStep,
    Claim,
    FollowUp,
    HelpRequest,
    Message,
    RequestNote,
    Shift,
    Swap,
)
from emergency.models import Step as Moment
from emocare.notices import How
from notifications.choices import Channel
from notifications.models import Choice, Delivery, MailTrouble, PushSubscription, Rhythm, WayOut
from notifications.services import notify
from tests.support import helping
from tests.support.belongings import application_of, judgement_of
from tests.support.cast import make_person, make_support
from tests.support.instruments import load_shipped
from tests.support.training import certified
from tests_app.choices import Layout
from tests_app.models import AnswerShare, Invitation, Result, Run, SafetyPlan, TakingStyle, Version
from tracker.models import Draft, MoodEntry, OwnWord, ReportOffer

WORDS = "Құпия сөзім {} туралы"  # what a person writes; {} says where


def everything(name: str = "aigul") -> User:
    """Return somebody who has something everywhere; fail when a table of the registry was forgotten here."""
    person = make_person(name, role=Role.VOLUNTEER, username=f"nick-of-{name}", is_staff=True)
    person.shown_name = f"{name.title()} Есімі"
    person.save(update_fields=["shown_name"])
    steps = (_account, _factors, _kin, _helping, _writing, _tests, _files, _register, _failures, _hard_moments)
    steps += (_judgements, _urgent, _duty, _news, _chats)
    for give in steps:
        give(person)
    empty = [table.name for table in tables() if not table.rows_of(person).exists()]
    assert empty == [], "tests/support/everything.py gives no row of these tables"
    return person


def said(what: str) -> str:
    return WORDS.format(what)


def _account(person: User) -> None:
    person.groups.add(Group.objects.get_or_create(name="7")[0])
    person.user_permissions.add(Permission.objects.first())
    recovery.renew(user=person)
    KnownDevice.objects.create(user=person, digest=person.public_id.bytes)
    SignIn.objects.create(user=person, way="password", device="Firefox", session=person.public_id.bytes)
    events.record(user=person, kind=EventKind.ROLE_CHANGED, reason=said("reason"))
    EmailConfirmation.create(EmailAddress.objects.get(user=person))
    ReportOffer.objects.create(owner=person, closed_at=timezone.now())
    kind = ContentType.objects.get_for_model(User)
    for who in (person, make_person(f"administrator-of-{person.pk}", is_staff=True, is_superuser=True)):
        LogEntry.objects.create(
            user=who, content_type=kind, object_id=str(person.pk), object_repr=str(person), action_flag=CHANGE
        )


def _factors(person: User) -> None:
    TOTPDevice.objects.create(user=person)
    EmailDevice.objects.create(user=person, email=person.email)
    StaticDevice.objects.create(user=person).token_set.create(token="7" * 16)
    passkey = WebAuthnCredential.objects.create(
        user=person, credential_id=person.public_id.bytes, public_key=b"7", sign_count=0
    )
    WebAuthnAttestation.objects.create(credential=passkey, fmt="none", data=b"7", client_data_json=b"7")
    WebAuthnUserHandle.objects.create(user=person, handle_hex=person.public_id.hex)


def _kin(person: User) -> None:
    kin.ask_guardian(child=person, email=f"mother-of-{person.pk}@example.kz")
    GuardianConsent.objects.create(
        child=person,
        name=said("guardian"),
        relation=Relation.MOTHER,
        contact="7",
        version="7",
        language="kk",
        way=Way.LINK,
    )
    friend = make_person(f"friend-of-{person.pk}")
    make_support(person, friend, Right.SEE_MOODS, name=said("supporter"))
    make_support(friend, person, Right.RECORD_MOOD)
    MoodEntry.objects.create(owner=friend, level=3, recorded_by=person)
    supporting.invite(
        owner=person,
        name=said("invitation"),
        kind=SupportKind.CARER,
        rights=[Right.SEE_MOODS],
        last_day=timezone.localdate() + timedelta(days=7),
    )


def _helping(person: User) -> None:
    helping.helpers_around(person)
    helping.people_around(person)
    profile = person.helper_profile
    profile.about = said("profile")
    profile.save(update_fields=["about"])
    waiting = make_person(f"waiting-with-{person.pk}")
    WaitingPlace.objects.create(user=waiting, passed=[profile.pk], offered=profile)
    certified(person, name=said("certificate"))


def _writing(person: User) -> None:
    own = OwnWord.objects.create(owner=person, kind="cause", word=said("word"))
    MoodEntry.objects.create(owner=person, level=4, note=said("note"), causes=[own.code, "sleep"], feelings=["calm"])
    Draft.objects.create(owner=person, text=said("draft"))


def _tests(person: User) -> None:
    load_shipped()
    version = Version.objects.get(instrument__key="phq9", state="published")
    of_version = {"version": version, "instrument_id": version.instrument_id}
    TakingStyle.objects.create(owner=person, layout=Layout.ALL)
    Run.objects.create(owner=person, answers='{"1": 3}', **of_version)
    for assignment in (person.assignments.first(), Assignment.objects.filter(helper=person).first()):
        result = Result.objects.create(
            owner=assignment.user, score=3, band="minimal", answers='{"1": 3}', started_at=timezone.now(), **of_version
        )
        AnswerShare.objects.create(result=result, assignment=assignment)
        Invitation.objects.create(
            assignment=assignment, instrument_id=version.instrument_id, due_on=timezone.localdate(), result=result
        )
    SafetyPlan.objects.create(owner=person, own_ways=said("plan"))


def _files(person: User) -> None:
    person.profile.picture.save("a.webp", ContentFile(b"picture"))
    application = application_of(person, Role.VOLUNTEER, State.SUSPENDED)
    application.motive = said("motive")
    application.save(update_fields=["motive"])
    for document in application.documents.all():
        document.file.save("a.pdf", ContentFile(b"document"))
    export = Export(user=person, state="ready", ready_at=timezone.now(), expires_at=timezone.now() + timedelta(1))
    export.file.save("x", ContentFile(b"sealed"))


def _register(person: User) -> None:
    breach = Breach.objects.create(opened_by=person)
    BreachStep.objects.create(breach=breach, step=Step.STOP, done_at=timezone.now(), done_by=person)


def _hard_moments(person: User) -> None:
    other = make_person(f"in-hard-times-with-{person.pk}")
    for whose, by in ((person, other), (other, person)):
        found = follow_ups.open_follow_up(user=whose, level=Level.HIGH, source=Source.TEST, agreed=True)
        found.state, found.taken_by, found.taken_at = "taken", by, timezone.now()
        found.save()
        Message.objects.create(follow_up=found, author=by, by_person=False, text=said("follow-up"))


def _judgements(person: User) -> None:
    judgement_of(person, text=said("sentence"), meant=said("meaning"))
    label = {"right_level": 2, "right_kind": "suicide", "right_language": "kk"}
    reviewed = {"verdict": "label", "reviewed_by": person, "reviewed_at": timezone.now(), **label}
    judgement_of(make_person(f"sender-to-{person.pk}"), **reviewed)


def _urgent(person: User) -> None:
    other = make_person(f"in-danger-with-{person.pk}")
    step = ChecklistStep.objects.create(kk="7", ru="7", en="7")
    now = timezone.now()
    for whose, by in ((person, other), (other, person)):
        request = HelpRequest.objects.create(
            user=whose,
            level=Level.HIGH,
            origin="button",
            language="kk",
            words=said("request"),
            place=said("place"),
            state="closed",
            taken_at=now,
            closed_at=now,
            outcome="calmer",
        )
        Moment.objects.create(request=request, what="taken", actor=by)
        Claim.objects.create(request=request, helper=by, ended_at=now, handed_words=said("claim"))
        RequestNote.objects.create(request=request, author=by, text=said("helper's note"))
        Check.objects.create(request=request, step=step, done="yes", done_at=now, done_by=by, words=said("check"))
        Message.objects.create(request=request, author=whose, by_person=True, text=said("message"))
        asked = {"to_helpers": True, "asked_at": now, "due_at": now, "state": "taken", "taken_by": by, "taken_at": now}
        left = FollowUp.objects.create(user=whose, request=request, level=Level.HIGH, source=Source.REQUEST, **asked)
        for called in ({"request": request}, {"follow_up": left}):
            Alarm.objects.create(person=by, rung=1, round=0, **called)


def _duty(person: User) -> None:
    colleague = make_person(f"on-duty-with-{person.pk}", role=Role.PSYCHOLOGIST)
    now = timezone.now()
    for who, other in ((person, colleague), (colleague, person)):
        shift = Shift.objects.create(psychologist=who, starts_at=now, ends_at=now + timedelta(hours=7))
        decided = {"state": "approved", "decided_at": now, "decided_by": person}
        Swap.objects.create(shift=shift, asked_by=who, to=other, **decided)


def _news(person: User) -> None:
    own = FollowUp.objects.filter(user=person).first()
    news = notify(person, "follow_up", {"what": "taken", "public_id": str(own.public_id)})
    device = PushSubscription.objects.create(
        user=person,
        sign_in=person.sign_ins.first(),
        digest=person.public_id.bytes,
        endpoint=f"https://push.example.kz/{person.public_id}",
        keys="{}",
    )
    Delivery.objects.create(notification=news, channel=Channel.PUSH, subscription=device)
    Rhythm.objects.create(user=person, quiet_from=22 * 60, quiet_until=7 * 60)
    Choice.objects.create(user=person, kind="tests", channel=Channel.EMAIL, how=How.OFF)
    WayOut.objects.create(user=person, kind="tests")
    MailTrouble.objects.create(user=person, address=b"7")


def _chats(person: User) -> None:
    OwnPhrase.objects.create(owner=person, text=said("phrase"))
    for between in (person.assignments.first(), Assignment.objects.filter(helper=person).first()):
        conversation = of_assignment(between)
        for number, writer in enumerate((between.user, between.helper), start=1):
            by_owner = writer == between.user
            written = ChatMessage(conversation=conversation, number=number, author=writer, by_owner=by_owner)
            written.text = said("chat message")
            written.save()
            other = between.helper if by_owner else between.user
            if person in (between.user, writer):
                _carry(written)
            Reaction.objects.create(message=written, person=other, what="support")


def _carry(message: ChatMessage) -> None:
    carried = Attachment(message=message, kind="file", name="7.txt", content_type="text/plain")
    carried.description = said("file of a message")
    carried.keep(b"carried", "txt")
    carried.save()


def _failures(person: User) -> None:
    for typed in (person.email, person.username):
        LockOut.objects.create(account=typed, place="everywhere")
        common = {"username": typed, "ip_address": "203.0.113.7"}
        attempt = AccessAttempt.objects.create(failures_since_start=1, **common)
        AccessAttemptExpiration.objects.create(access_attempt=attempt, expires_at=timezone.now())
        AccessFailureLog.objects.create(**common)
        AccessLog.objects.create(**common)
