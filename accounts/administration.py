"""What administrators change about how somebody signs in: it is logged, told by letter, and ends what it closes."""

from django.db import transaction
from django.http import HttpRequest

from accounts import events, letters
from accounts.choices import EventKind
from accounts.models import User
from accounts.signin import services as signin


@transaction.atomic
def password_was_set(*, user: User, request: HttpRequest) -> None:
    """End the sessions that the old password began, but for the administrator's own, and write to the person."""
    signin.new_password(user=user, request=request)
    events.record(user=user, actor=request.user, kind=EventKind.PASSWORD_SET)
    letters.send(user, "password_set")


@transaction.atomic
def email_was_changed(*, user: User, actor: User, old: str) -> None:
    """Write to the address from before: whoever has the new one may be somebody else."""
    events.record(user=user, actor=actor, kind=EventKind.EMAIL_CHANGED)
    if old:
        letters.send_to(old, user.language, "address_taken_away", user=user)


@transaction.atomic
def rights_were_changed(*, user: User, actor: User) -> None:
    """Write down a changed role or a closed account; whoever is closed out is signed out at once."""
    events.record(user=user, actor=actor, kind=EventKind.ROLE_CHANGED)
    if not user.is_active:
        signin.end_sessions(user, user.sign_ins.all())
