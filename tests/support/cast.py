"""The named cast: whoever a test speaks of is one of these people."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import cache

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import services
from accounts.choices import Role
from accounts.factors.access import has_any, must_have
from accounts.factors.sessions import NONE_AT_SIGN_IN
from accounts.helping import services as helping
from accounts.kin import links
from accounts.kin.choices import Right, SupportKind
from accounts.models import HelperProfile, Support, User

PASSWORD = "a-long-enough-pass-phrase"


@cache
def _hashed(hasher: str) -> str:
    """Hash the password of the cast once with the hasher in force: Argon2 is slow on purpose, these people are many."""
    return make_password(PASSWORD)


def make_person(name: str, **fields) -> User:
    """Create somebody who can sign in with NAME@example.kz and PASSWORD."""
    email = fields.pop("email", f"{name}@example.kz")
    user = User(email=email, password=_hashed(settings.PASSWORD_HASHERS[0]), shown_name=name.title(), **fields)
    user.save()
    if email:
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    services.complete_sign_up(user=user, language=user.language)
    return user


@pytest.fixture
def owner(db) -> User:
    """The person whose data it is."""
    return make_person("owner")


@pytest.fixture
def other_user(db) -> User:
    return make_person("stranger")


@pytest.fixture
def unrelated_volunteer(db) -> User:
    return make_person("unrelated-volunteer", role=Role.VOLUNTEER)


@pytest.fixture
def unrelated_psychologist(db) -> User:
    return make_person("unrelated-psychologist", role=Role.PSYCHOLOGIST)


def helper_of(owner: User, name: str, role: Role) -> User:
    """Create a helper who speaks Kazakh and Russian, writes, and helps this person now."""
    helper = make_person(name, role=role)
    HelperProfile.objects.create(user=helper, languages=["kk", "ru"], ways=["text"])
    helping.assign(user=owner, helper=helper, actor=helper, reason="")
    return helper


@pytest.fixture
def assigned_volunteer(owner) -> User:
    return helper_of(owner, "assigned-volunteer", Role.VOLUNTEER)


@pytest.fixture
def assigned_psychologist(owner) -> User:
    return helper_of(owner, "assigned-psychologist", Role.PSYCHOLOGIST)


def make_support(owner: User, supporter: User, *rights: Right, days: int = 30, **fields) -> Support:
    """Let somebody support the owner from now on."""
    now = timezone.now()
    times = {"accepted_at": now, "link_expires_at": now + timedelta(hours=72), "until": now + timedelta(days=days)}
    code = links.digest("support", links.new_code())
    return Support.objects.create(
        **{"owner": owner, "supporter": supporter, "rights": list(rights), "kind": SupportKind.CARER, "digest": code}
        | {"name": "Әпке"}
        | times
        | fields
    )


@pytest.fixture
def supporter(owner) -> User:
    """Somebody who may see the owner's moods, and nothing else."""
    person = make_person("supporter")
    make_support(owner, person, Right.SEE_MOODS)
    return person


@pytest.fixture
def curator(db) -> User:
    return make_person("curator", role=Role.STAFF)


@pytest.fixture
def admin(db) -> User:
    return make_person("admin", is_staff=True, is_superuser=True)


@pytest.fixture
def anonymous_account(db) -> User:
    """Somebody who signed up with a nickname alone; `codes` holds the recovery codes."""
    from emocare.display import Display

    user, codes = services.sign_up_anonymously(
        nickname="Dala Jeli", password=PASSWORD, language="kk", display=Display()
    )
    user.codes = codes
    return user


def verify(client: Client, person: User) -> None:
    """Let the session of a browser be one in which this person showed an authenticator just now."""
    device = TOTPDevice.objects.filter(user=person).first() or TOTPDevice.objects.create(user=person)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    confirm(client, person)


def remember_no_factor(client: Client) -> None:
    """Let the session of a browser be one that began without a factor to ask for, as signing in remembers it."""
    session = client.session
    session[NONE_AT_SIGN_IN] = True
    session.save()


def confirm(client: Client, person: User) -> None:
    """Let the session of a browser be one in which this person was asked for the password again just now."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


@pytest.fixture
def as_person(db) -> Callable[..., Client]:
    """Return a browser without JavaScript in which this person is signed in, or nobody.

    Those who must have a second factor have shown it, unless `verified` says otherwise.
    """

    def sign_in(person: User | None, verified: bool | None = None) -> Client:
        client = Client()
        if person:
            client.force_login(person, backend="notifications.backends.AuthenticationBackend")
            if must_have(person) if verified is None else verified:
                verify(client, person)
            elif not has_any(person):
                remember_no_factor(client)
        return client

    return sign_in
