"""People: who signs in, and what they tell about themselves."""

import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import HELPERS, BuiltInAvatar, CaredFor, Disability, Region, Role
from accounts.zones import DEFAULT_ZONE, zone_of
from emocare.models import PublicIdModel

nickname_validator = RegexValidator(
    r"^[\w.-]+( [\w.-]+)*$", _("Use letters, digits, spaces, dots and dashes only."), code="nickname"
)


def role_in_force(path: str = "") -> Q:
    """Return a condition for people, or for what leads to them by `path`: the time of their role has not passed."""
    return Q(**{f"{path}role_until__isnull": True}) | Q(**{f"{path}role_until__gte": timezone.localdate()})


class UserManager(BaseUserManager["User"]):
    """Create people; an e-mail address or a nickname is what they sign in with."""

    def create_user(
        self, *, email: str | None = None, username: str | None = None, password: str | None = None, **fields: Any
    ) -> "User":
        user = self.model(
            email=email.lower() if email else None, username=username.lower() if username else None, **fields
        )
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email=email, password=password, is_staff=True, is_superuser=True, **fields)


class User(PublicIdModel, AbstractBaseUser, PermissionsMixin):
    """A person who can sign in, with an e-mail address or, anonymously, with a nickname alone."""

    email = models.EmailField(_("e-mail address"), null=True, blank=True)
    username = models.CharField(
        _("nickname for signing in"), max_length=40, null=True, blank=True, validators=[nickname_validator]
    )
    shown_name = models.CharField(
        _("shown name"), max_length=40, blank=True, help_text=_("Others see it. A nickname is fine.")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.USER)
    # The last day of a role that is checked from time to time; empty for roles without an end.
    role_until = models.DateField(_("role valid until"), null=True, blank=True, editable=False)
    language = models.CharField(_("language"), max_length=5, default="kk")
    time_zone = models.CharField(_("time zone"), max_length=50, default=DEFAULT_ZONE)
    display = models.JSONField(_("display settings"), default=dict, blank=True)
    is_staff = models.BooleanField(_("administrator"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("signed up"), default=timezone.now, editable=False)
    # All that is kept of a birth date, and only until a person is grown up: accounts.kin.age counts from it.
    sixteen_from = models.DateField(
        _("first month in which the person is surely 16"), null=True, blank=True, editable=False
    )

    # The version of the text about Emocare that the person agreed to, empty when they did not or took it back: what
    # accounts.consents.giving wrote into Consent, kept here so that no page asks for it.
    agreed_version = models.CharField(max_length=20, blank=True, editable=False)
    # The name by which the journal knows a person; with the row goes all that leads from it to them.
    journal_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # When the account is deleted, as its person asked; until then they can change their mind.
    erasure_due_at = models.DateTimeField(_("to be deleted"), null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            models.Index(fields=["erasure_due_at"], condition=Q(erasure_due_at__isnull=False), name="user_to_be_erased")
        ]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
            models.UniqueConstraint(Lower("username"), name="user_username_unique"),
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(username__isnull=False),
                name="user_has_a_name",
                violation_error_message=_("Give an e-mail address or a nickname."),
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="user_role_known"),
            models.CheckConstraint(condition=Q(sixteen_from__day=1), name="user_age_by_month"),
        ]

    def __str__(self) -> str:
        return self.shown_name or self.username or str(_("Somebody"))

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of their wall clock."""
        return zone_of(self.time_zone)

    def clean(self) -> None:
        """Write both names as signing in looks for them."""
        super().clean()
        self.email, self.username = (name.lower() if name else None for name in (self.email, self.username))

    @property
    def is_anonymous_account(self) -> bool:
        """Say whether the person signed up without an e-mail address, so that only recovery codes can help them."""
        return self.email is None

    @property
    def role_is_over(self) -> bool:
        """Say whether the time of the person's role has passed; then it opens nothing until it is renewed."""
        return self.role_until is not None and self.role_until < timezone.localdate()

    @property
    def role_now(self) -> str:
        """Return the role that opens pages now: that of a user, when the time of the person's role has passed."""
        return Role.USER.value if self.role_is_over else self.role

    @property
    def is_helper(self) -> bool:
        return self.role_now in HELPERS

    @property
    def is_volunteer(self) -> bool:
        return self.role_now == Role.VOLUNTEER

    @property
    def is_psychologist(self) -> bool:
        return self.role_now == Role.PSYCHOLOGIST

    @property
    def is_organisation_staff(self) -> bool:
        return self.role == Role.STAFF


class Profile(models.Model):
    """What a person tells about themselves; nothing of it is required."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="profile")
    avatar = models.CharField(_("picture"), max_length=20, choices=BuiltInAvatar, default=BuiltInAvatar.TULIP)
    picture = models.FileField(upload_to="avatars/", blank=True, editable=False)
    disabilities = ArrayField(models.CharField(max_length=20, choices=Disability), default=list, blank=True)
    cares_for = ArrayField(models.CharField(max_length=20, choices=CaredFor), default=list, blank=True)
    region = models.CharField(_("region"), max_length=30, choices=Region, blank=True)
    # On the person's wall clock; an empty one means no reminder.
    reminder_hour = models.PositiveSmallIntegerField(_("hour of the mood reminder"), null=True, blank=True)

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        constraints = [models.CheckConstraint(condition=Q(reminder_hour__range=(0, 23)), name="profile_hour_of_day")]

    def __str__(self) -> str:
        return str(self.user_id)


class RecoveryCode(models.Model):
    """One printed code that lets its owner choose a new password, once; only its digest is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.BinaryField(max_length=32, editable=False)
    used_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_unique")]

    def __str__(self) -> str:
        return str(self.pk)
