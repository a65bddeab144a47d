"""News, how they leave Emocare, and what people chose about that."""

import secrets
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emocare.fields import EncryptedTextField
from emocare.models import PublicIdModel
from emocare.notices import How
from notifications.choices import Channel, Post, State

MINUTES_OF_DAY = 24 * 60


def new_key() -> str:
    """Return a key that no other news has."""
    return uuid.uuid4().hex


def new_token() -> str:
    """Return what nobody can guess: 128 bits of chance."""
    return secrets.token_urlsafe(16)


def expiry() -> datetime:
    """Return when a letter of now is too old to be sent."""
    return timezone.now() + timedelta(hours=settings.MAIL_EXPIRES_HOURS)


class Notification(PublicIdModel):
    """One piece of news in somebody's inbox; `key` makes that what is told once is there once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40)
    data = EncryptedTextField()  # JSON: what happened, and the ids that its page's address takes
    key = models.CharField(max_length=80, default=new_key)
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [
            models.Index(fields=["user", "-made_at", "-id"], name="notification_of_user"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notification_unread"),
            models.Index(fields=["made_at"], name="notification_by_age"),
        ]
        constraints = [models.UniqueConstraint(fields=["user", "kind", "key"], name="notification_once")]

    def __str__(self) -> str:
        return str(self.pk)


class PushSubscription(PublicIdModel):
    """A browser that shows news of a person; where it takes them, and the keys to write for it alone."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="push_subscriptions")
    # The sign-in in which it was asked for: the person ends both together.
    sign_in = models.ForeignKey("accounts.SignIn", models.CASCADE, null=True, related_name="push_subscriptions")
    digest = models.BinaryField(max_length=32, unique=True, editable=False)  # of the endpoint
    endpoint = EncryptedTextField()
    keys = EncryptedTextField()  # JSON: p256dh, auth
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("device that shows notifications")
        verbose_name_plural = _("devices that show notifications")
        indexes = [models.Index(fields=["user", "made_at"], name="push_of_user")]

    def __str__(self) -> str:
        return str(self.pk)


class Delivery(models.Model):
    """A piece of news on its way over one channel, to one device where the channel has several."""

    notification = models.ForeignKey(Notification, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel)
    subscription = models.ForeignKey(PushSubscription, models.CASCADE, null=True, related_name="deliveries")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state__in=["waiting", "digest"]), name="delivery_open"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["notification", "channel", "subscription"], nulls_distinct=False, name="delivery_once"
            ),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="delivery_channel_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="delivery_state_known"),
            models.CheckConstraint(
                condition=Q(channel=Channel.PUSH) | Q(subscription__isnull=True), name="delivery_device_of_push"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.WAITING, State.DIGEST], ended_at__isnull=True)
                | Q(state__in=[State.SENT, State.DROPPED, State.FAILED], ended_at__isnull=False),
                name="delivery_end_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Rhythm(models.Model):
    """When a person wants to be left alone, and when their daily letter comes; on their wall clock."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="rhythm")
    # Minutes of the day; the hours may reach over midnight. Both or neither.
    quiet_from = models.PositiveSmallIntegerField(null=True, blank=True)
    quiet_until = models.PositiveSmallIntegerField(null=True, blank=True)
    digest_hour = models.PositiveSmallIntegerField(default=18)
    digest_on = models.DateField(null=True, blank=True, editable=False)  # the person's day of the newest daily letter

    class Meta:
        verbose_name = _("hours of notifications")
        verbose_name_plural = _("hours of notifications")
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__lt=MINUTES_OF_DAY, quiet_until__lt=MINUTES_OF_DAY) & ~Q(quiet_from=F("quiet_until")),
                name="rhythm_quiet_hours",
            ),
            models.CheckConstraint(condition=Q(digest_hour__lt=24), name="rhythm_hour_of_day"),
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class Choice(models.Model):
    """What a person chose for a kind over a channel, where it differs from what everybody has."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_choices")
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=10, choices=Channel)
    how = models.CharField(max_length=10, choices=How)

    class Meta:
        verbose_name = _("choice about notifications")
        verbose_name_plural = _("choices about notifications")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "channel"], name="choice_once"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="choice_channel_known"),
            models.CheckConstraint(condition=Q(how__in=How.values), name="choice_how_known"),
            models.CheckConstraint(condition=~Q(channel=Channel.PUSH, how=How.DIGEST), name="choice_no_daily_push"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class WayOut(models.Model):
    """The end of a link by which letters of a kind are stopped without signing in."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="ways_out")
    kind = models.CharField(max_length=40, blank=True)  # empty for the daily letter
    token = models.CharField(max_length=40, default=new_token, unique=True, editable=False)
    # What was chosen for the kinds that the link stopped, empty for what everybody has; so that it can be undone.
    before = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("link that stops letters")
        verbose_name_plural = _("links that stop letters")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="way_out_once")]

    def __str__(self) -> str:
        return str(self.pk)


class Letter(PublicIdModel):
    """A letter between us and the mail server; its words go when it has come to its end.

    The public id is part of its Message-ID, by which mailboxes know a letter that comes twice.
    """

    envelope = EncryptedTextField()  # JSON: from whom, to whom
    content = EncryptedTextField()  # as RFC 5322 writes it
    address = models.BinaryField(max_length=32, default=b"", editable=False)  # keyed digest, for what comes back
    state = models.CharField(max_length=10, choices=Post, default=Post.WAITING)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=expiry)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [
            models.Index(fields=["state", "made_at"], name="letter_by_age"),
            models.Index(fields=["address", "ended_at"], name="letter_of_address"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Post.values), name="letter_state_known"),
            models.CheckConstraint(
                condition=Q(state=Post.WAITING, ended_at__isnull=True)
                | ~Q(state=Post.WAITING) & Q(ended_at__isnull=False),
                name="letter_end_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class MailTrouble(models.Model):
    """Letters to a person's address that were refused or came back for good, one after the other."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="mail_trouble")
    address = models.BinaryField(max_length=32, editable=False)  # the digest that `Letter` has
    count = models.PositiveSmallIntegerField(default=1)
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("e-mail that does not arrive")
        verbose_name_plural = _("e-mails that do not arrive")

    def __str__(self) -> str:
        return str(self.user_id)
