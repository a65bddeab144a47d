"""The people around a person: legal representatives of those who are too young to consent, and supporters."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Purpose
from accounts.consents import VERSIONS
from accounts.kin.choices import REFERENCE, TO_SUPPORTER, Answer, Relation, Right, SupportKind, Way
from accounts.models.consents import Consent, ConsentText
from emocare.fields import EncryptedTextField
from emocare.models import PublicIdModel


class GuardianRequest(PublicIdModel):
    """A question to a legal representative whether a child may use Emocare; only the digest of its code is kept."""

    child = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="guardian_requests")
    digest = models.BinaryField(max_length=32, unique=True, editable=False)
    way = models.CharField(max_length=10, choices=Way)
    address = EncryptedTextField()  # of the representative, when it went by letter
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)  # answered, or another representative has agreed

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("asked_at")), name="guardian_request_expires_later"),
            models.CheckConstraint(
                condition=Q(answer="") | Q(closed_at__isnull=False), name="guardian_request_answered_is_closed"
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class GuardianConsentQuerySet(models.QuerySet["GuardianConsent"]):
    def in_force(self) -> "GuardianConsentQuerySet":
        """Return those to the current text that were not taken back."""
        return self.filter(withdrawn_at__isnull=True, version=VERSIONS[Purpose.CHILD])


class GuardianConsent(PublicIdModel):
    """A legal representative's consent that a child uses Emocare: who, to which text, when, how."""

    child = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="guardian_consents")
    name = EncryptedTextField(_("name"))
    relation = models.CharField(_("relation"), max_length=10, choices=Relation)
    contact = EncryptedTextField(_("e-mail or phone number"))
    version = models.CharField(_("version"), max_length=20)
    language = models.CharField(_("language"), max_length=5)
    # Empty for consents from before texts were kept.
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="guardian_consents", null=True, editable=False)
    way = models.CharField(_("how it was asked for"), max_length=10, choices=Way)
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = GuardianConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent of a legal representative")
        verbose_name_plural = _("consents of legal representatives")
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(withdrawn_at__isnull=True), name="guardian_consent_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="guardian_consent_time_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_relation_display()}, {self.version}"


def consented(path: str) -> Q:
    """Return a condition for what leads to people by `path`: none of them waits for a consent.

    It says of rows what accounts.kin.access.is_waiting denies of one person.
    """
    today = timezone.localdate()
    grown = date(today.year + REFERENCE - settings.CONSENT_AGE, today.month, 1)
    by_guardian = GuardianConsent.objects.in_force().filter(child=OuterRef(path))
    by_oneself = Consent.objects.filter(user=OuterRef(path), purpose=Purpose.SERVICE, withdrawn_at__isnull=True)
    return Q(**{f"{path}__agreed_version__gt": ""}) & (
        Q(**{f"{path}__sixteen_from__isnull": True})
        | Q(Exists(by_guardian), **{f"{path}__sixteen_from__gt": grown})
        | Q(Exists(by_oneself), **{f"{path}__sixteen_from__lte": grown})
    )


class SupportQuerySet(models.QuerySet["Support"]):
    def in_force(self) -> "SupportQuerySet":
        """Return those that were accepted and are neither ended nor over, between people who may sign in."""
        people = {"owner__is_active": True, "supporter__is_active": True}
        return self.filter(accepted_at__isnull=False, ended_at__isnull=True, until__gt=timezone.now(), **people)

    def not_ended(self) -> "SupportQuerySet":
        """Return those in force and invitations that can still be accepted."""
        now = timezone.now()
        waiting = Q(accepted_at__isnull=True, link_expires_at__gt=now)
        return self.filter(waiting | Q(accepted_at__isnull=False), ended_at__isnull=True, until__gt=now)


class Support(PublicIdModel):
    """What somebody may do on another person's account, item by item, until a day; first an invitation."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="supports")
    supporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="supporting", null=True, blank=True
    )
    kind = models.CharField(max_length=12, choices=SupportKind)
    name = EncryptedTextField()  # what the owner calls the supporter
    rights = ArrayField(models.CharField(max_length=20, choices=Right))
    digest = models.BinaryField(max_length=32, unique=True, editable=False)
    invited_at = models.DateTimeField(default=timezone.now)
    link_expires_at = models.DateTimeField()
    granted_at = models.DateTimeField(default=timezone.now)  # when the owner last decided on rights and their end
    accepted_at = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField()  # the midnight after the last day, where the owner lives
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = SupportQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-invited_at"], name="support_of_owner"),
            models.Index(fields=["supporter", "-accepted_at"], name="support_by_supporter"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "supporter"], condition=Q(ended_at__isnull=True), name="support_one_of_a_pair"
            ),
            models.CheckConstraint(condition=~Q(owner=F("supporter")), name="support_of_somebody_else"),
            models.CheckConstraint(condition=~Q(rights=[]), name="support_with_rights"),
            models.CheckConstraint(condition=Q(rights__contained_by=Right.values), name="support_rights_known"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(supporter__isnull=False), name="support_accepted_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("granted_at")) & Q(until__lte=F("granted_at") + timedelta(days=367)),
                name="support_ends_within_a_year",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_in_force(self) -> bool:
        """Say whether it was accepted and is neither ended nor over; whether both may sign in is for who asks."""
        return bool(self.accepted_at) and self.ended_at is None and self.until > timezone.now()

    def may(self, right: Right) -> bool:
        return right in self.rights

    @property
    def right_labels(self) -> list[str]:
        """Return what is allowed, in words, in the order of the form."""
        return [right.label for right in Right if right in self.rights]

    @property
    def right_labels_to_supporter(self) -> list[str]:
        """Return the same as it is said to the supporter."""
        return [TO_SUPPORTER[right] for right in Right if right in self.rights]

    @property
    def last_day(self) -> datetime:
        """Return a moment of the last day on which the rights hold."""
        return self.until - timedelta(seconds=1)
