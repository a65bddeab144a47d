"""The one write path for each thing a person does with their account."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts import events, recovery
from accounts.choices import EventKind, Purpose
from accounts.consents import giving
from accounts.kin import age
from accounts.kin.choices import AgeGroup
from accounts.models import Profile, User
from accounts.signin import lockout
from accounts.signin import services as signin
from emocare.display import Display


def complete_sign_up(*, user: User, language: str) -> None:
    """Add to a new account what each has: a profile and the consent that was given with the form.

    Whoever is too young to consent has said yes as a child; a legal representative's consent is another record.
    """
    Profile.objects.get_or_create(user=user)
    too_young = age.group_of(user) == AgeGroup.CHILD
    purpose = Purpose.CHILD if too_young else Purpose.SERVICE
    giving.give(user=user, purpose=purpose, language=language, signing_up=True)


@transaction.atomic
def sign_up_anonymously(
    *, nickname: str, password: str, language: str, display: Display, sixteen_from: date | None = None
) -> tuple[User, list[str]]:
    """Create an account without an e-mail address; return it with its recovery codes, which cannot be read again.

    `sixteen_from` is what accounts.kin.age keeps of the age of those who are not adults.
    """
    user = User.objects.create_user(
        username=nickname,
        password=password,
        shown_name=nickname,
        language=language,
        display=display.changes(),
        sixteen_from=sixteen_from,
    )
    complete_sign_up(user=user, language=language)
    return user, recovery.renew(user=user)


def reset_password_with_code(*, user: User, code: str, password: str) -> bool:
    """Set a new password if the code is one of the person's unused ones; every session of theirs ends with it."""
    with transaction.atomic():
        if not recovery.use(user=user, code=code):
            return False
        user.set_password(password)
        user.save(update_fields=["password"])
        signin.new_password(user=user)
    return True


@transaction.atomic
def change_nickname(*, user: User, nickname: str) -> None:
    """Let a person sign in with another nickname; raises IntegrityError when somebody took it a moment ago.

    What was counted against the nickname of before is forgotten with it.
    """
    lockout.lift(user)
    User.objects.filter(pk=user.pk).update(username=nickname.lower())
    events.record(user=user, kind=EventKind.NICKNAME_CHANGED)


def set_language(*, user: User, language: str) -> None:
    """Remember the language for pages without one in their address and for letters."""
    User.objects.filter(pk=user.pk).update(language=language)


def set_time_zone(*, user: User, time_zone: str) -> None:
    """Let hours and days be told by another clock."""
    User.objects.filter(pk=user.pk).update(time_zone=time_zone)


def set_reminder_hour(*, user: User, hour: int | None) -> None:
    """Remind the person of their mood at an hour of their own clock, or not at all."""
    Profile.objects.update_or_create(user=user, defaults={"reminder_hour": hour})


def set_display(*, user: User, display: Display) -> None:
    """Let the display settings follow the account."""
    User.objects.filter(pk=user.pk).update(display=display.changes())


@transaction.atomic
def save_profile(*, user: User, profile: Profile, answers: dict[str, Any]) -> None:
    """Save what a person tells about themselves; a replaced or removed picture is deleted once the change is kept."""
    for name in ("shown_name", "language", "time_zone"):
        setattr(user, name, answers[name])
    user.save(update_fields=["shown_name", "language", "time_zone"])
    for name in ("avatar", "disabilities", "cares_for", "region", "reminder_hour"):
        setattr(profile, name, answers[name])
    old = profile.picture.name
    if answers.get("upload"):
        profile.picture = answers["upload"]
    elif answers.get("remove_picture"):
        profile.picture = ""
    profile.save()
    if old and profile.picture.name != old:
        transaction.on_commit(lambda: profile.picture.storage.delete(old))
