"""Signing in: from where it is closed, which devices are known, who is signed in where."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import SignInWay
from emocare.models import PublicIdModel


class LockOut(models.Model):
    """Failures for one account, existing or not, at one place: an address, a known device, or all the rest together."""

    account = models.CharField(max_length=254)
    place = models.CharField(max_length=100)
    failures = models.PositiveSmallIntegerField(default=0)  # since it was last open
    times = models.PositiveSmallIntegerField(default=0)  # how often it closed, which sets how long the next time is
    until = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)  # of the last failure

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "place"], name="lock_out_of_place")]
        indexes = [models.Index(fields=["at"], name="lock_out_by_age")]

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def latest_of(cls, name: str) -> models.Subquery:
        """Return, for queries, until when signing in is closed for the account that the outer column `name` holds."""
        closed = cls.objects.filter(account=models.OuterRef(name), until__gt=timezone.now()).order_by("-until")
        return models.Subquery(closed.values("until")[:1])


class KnownDevice(models.Model):
    """A browser in which a person has signed in before; only the digest of its cookie is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="known_devices")
    digest = models.BinaryField(max_length=32, editable=False)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="known_device_unique")]

    def __str__(self) -> str:
        return str(self.pk)


class SignIns(QuerySet["SignIn"]):
    def still_theirs(self) -> "SignIns":
        """Keep those in whose browsers nobody signed out since, and nobody else signed in.

        A sign-in that only time ended stays: the browser is still this person's.
        """
        ended = Q(ended_at__isnull=False, by_itself=False)
        since = SignIn.objects.filter(browser=OuterRef("browser"), at__gt=OuterRef("at"))
        return self.exclude(ended).exclude(Exists(since.filter(ended | ~Q(user=OuterRef("user")))))


class SignIn(PublicIdModel):
    """One sign-in of a person, for themselves to look at; `session` is the digest of the session's key."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ins")
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    way = models.CharField(max_length=20, choices=SignInWay)
    device = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=45, blank=True)  # of the network, shortened
    session = models.BinaryField(max_length=32, editable=False)
    shared = models.BooleanField(default=False)
    browser = models.BinaryField(max_length=32, null=True, editable=False)  # digest of the device's cookie
    ended_at = models.DateTimeField(null=True, blank=True)
    by_itself = models.BooleanField(default=False)  # time ended it, not the person and nobody else

    objects = SignIns.as_manager()

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        indexes = [
            models.Index(fields=["user", "-at"], name="sign_in_of_user"),
            models.Index(fields=["browser", "at"], condition=Q(browser__isnull=False), name="sign_in_of_browser"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("at")), name="sign_in_time_order"
            ),
            models.CheckConstraint(condition=Q(way__in=SignInWay.values), name="sign_in_way_known"),
            models.CheckConstraint(
                condition=Q(by_itself=False) | Q(ended_at__isnull=False), name="sign_in_over_by_itself"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
