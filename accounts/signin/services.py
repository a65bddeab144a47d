"""The one write path for what begins and ends when a person signs in and out."""

import hashlib
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import BinaryField, F, Func, QuerySet, Value
from django.http import HttpRequest
from django.utils import timezone

from accounts import events, letters
from accounts.choices import EventKind, SignInWay
from accounts.models import SignIn, User
from accounts.retention.lengths import kept
from accounts.signin import addresses, devices, idle, lockout, proof, sockets

SIGN_IN = "sign_in"  # in the session: which row of the journal is its own
KEY = "sign_in_key"  # and of which session key that row holds the digest


def _digest(session_key: str | None) -> bytes:
    return hashlib.sha256((session_key or "").encode()).digest()


def begin(request: HttpRequest, user: User) -> None:
    """Write a sign-in into the person's journal, and to her if it is from a device that is new.

    Called for every way of signing in; one that is not a password says so in `request.signed_in_by`.
    """
    if not request.session.session_key:
        request.session.create()
    shared = bool(request.session.get(idle.SHARED))
    new_device = not devices.is_known(request, user) and user.sign_ins.exists()
    user.sign_ins.filter(at__lt=timezone.now() - kept("sign_ins")).delete()
    if not shared:
        devices.remember(request, user)
    row = SignIn.objects.create(
        user=user,
        way=getattr(request, "signed_in_by", SignInWay.PASSWORD),
        device=devices.words(request.META.get("HTTP_USER_AGENT", "")),
        address=addresses.shortened(request),
        session=_digest(request.session.session_key),
        shared=shared,
        browser=devices.digest_of(request),
    )
    request.session[SIGN_IN] = str(row.public_id)
    request.session[KEY] = row.session.hex()
    request.session.pop(idle.BEGAN, None)
    idle.touch(request.session, step=0)
    if new_device:
        letters.send(user, "new_device", sign_in=row, link=letters.link("/"))


def keep_up(request: HttpRequest) -> None:
    """Follow the session to its new key, which a new password or a second factor gives it."""
    session = request.session
    if SIGN_IN in session and (digest := _digest(session.session_key)).hex() != session.get(KEY):
        SignIn.objects.filter(public_id=session[SIGN_IN]).update(session=digest)
        session[KEY] = digest.hex()


def seen(request: HttpRequest, age: int = 0, step: int = idle.STEP) -> None:
    """Note that the person did something `age` seconds ago, at most once a minute."""
    if idle.touch(request.session, age, step) and SIGN_IN in request.session:
        moment = timezone.now() - timedelta(seconds=max(0, age))
        SignIn.objects.filter(public_id=request.session[SIGN_IN]).update(seen_at=moment)


def sign_out_here(request: HttpRequest, user: User, *, timed_out: str = "") -> None:
    """End this session: its row in the journal, its data and its sockets; `timed_out` says which time was over."""
    request.ended_on_shared_computer = bool(request.session.get(idle.SHARED))
    row = SignIn.objects.filter(public_id=request.session.get(SIGN_IN), ended_at=None)
    row.update(ended_at=timezone.now(), by_itself=bool(timed_out))
    request.session.delete()
    sockets.announce(user, timed_out)


def end_sessions(user: User, sign_ins: QuerySet[SignIn]) -> int:
    """End sessions by the digests of their keys, which are all that the journal knows of them."""
    with transaction.atomic():
        digests = [bytes(row) for row in sign_ins.filter(ended_at=None).values_list("session", flat=True)]
        ended = sign_ins.filter(ended_at=None).update(ended_at=timezone.now())
        sign_ins.filter(by_itself=True).update(by_itself=False)
        key = Func(F("session_key"), Value("UTF8"), function="convert_to", output_field=BinaryField())
        digest = Func(key, function="sha256", output_field=BinaryField())
        Session.objects.annotate(digest=digest).filter(digest__in=digests).delete()
        sockets.announce(user)
    return ended


def others(user: User, keep: str | None) -> QuerySet[SignIn]:
    """Return a person's sign-ins but the one that stays, and those before it in the same browser that time ended."""
    if not keep:
        return user.sign_ins.all()
    here = user.sign_ins.filter(public_id=keep, browser__isnull=False)
    return user.sign_ins.exclude(public_id=keep).exclude(by_itself=True, browser__in=here.values("browser"))


def sign_out_there(*, user: User, sign_in: SignIn) -> None:
    """End one session of the person."""
    end_sessions(user, user.sign_ins.filter(pk=sign_in.pk))


def sign_out_everywhere(
    *, user: User, keep: str | None = None, keep_device: bytes | None = None, reason: str = ""
) -> int:
    """End every session of the person but the one whose journal row is `keep`; no other device is known any more.

    `reason` says who did it when it was not the person.
    """
    with transaction.atomic():
        user.known_devices.exclude(digest=keep_device or b"").delete()
        ended = end_sessions(user, others(user, keep))
        events.record(user=user, kind=EventKind.SIGNED_OUT_EVERYWHERE, reason=reason)
    return ended


def new_password(*, user: User, request: HttpRequest | None = None) -> None:
    """Open signing in again and end the other sessions: whoever set the password is the person."""
    lockout.lift(user)
    for name in lockout.names(user):
        proof.succeeded(name)
    keep = request.session.get(SIGN_IN) if request and request.user == user else None
    end_sessions(user, others(user, keep))


@transaction.atomic
def unlock(*, accounts: set[str], administrator: User) -> int:
    """Open signing in again for accounts as they were typed; return for how many."""
    people = User.objects.filter(email__in=accounts) | User.objects.filter(username__in=accounts)
    for person in people:
        lockout.lift(person)
        events.record(user=person, kind=EventKind.UNLOCKED, actor=administrator)
    for account in accounts:
        lockout.lift_name(account)
    return len(accounts)
