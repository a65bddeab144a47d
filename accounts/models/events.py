"""What happened to an account: who decided what about whom, and why."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import EventKind
from emocare.fields import EncryptedTextField
from emocare.models import PublicIdModel


class AccountEvent(PublicIdModel):
    """One step in the life of an account; rows are added by accounts.events and never changed."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="account_events", verbose_name=_("whose account")
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who did it")
    )
    kind = models.CharField(_("what"), max_length=40, choices=EventKind)
    reason = EncryptedTextField(_("reason"))
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("event of an account")
        verbose_name_plural = _("events of accounts")
        indexes = [models.Index(fields=["user", "-at"], name="account_event_of_user")]
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.get_kind_display()
