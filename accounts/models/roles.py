"""Applications of those who want to help, and the documents that go with them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.roles.choices import LIVING, DocumentKind, State
from emocare.fields import EncryptedTextField
from emocare.models import PublicIdModel


class Application(PublicIdModel):
    """Somebody's wish to be a volunteer or a psychologist, and what became of it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="applications", verbose_name=_("who applies")
    )
    role = models.CharField(
        _("role"), max_length=20, choices=[(r.value, r.label) for r in (Role.VOLUNTEER, Role.PSYCHOLOGIST)]
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    legal_name = EncryptedTextField(_("name as in the documents"))
    number = EncryptedTextField(_("number in the register of psychologists, or of the diploma"))
    about = EncryptedTextField(_("education and experience"))
    motive = EncryptedTextField(_("why this person wants to help"))
    started_at = models.DateTimeField(_("begun"), auto_now_add=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)  # by its person, before it was sent
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("who decided"),
    )
    reason = EncryptedTextField(_("reason given to the person"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("application for a role")
        verbose_name_plural = _("applications for roles")
        indexes = [models.Index(fields=["state", "sent_at"], name="application_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"], condition=Q(state__in=LIVING), name="application_one_living"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.WITHDRAWN]) | Q(sent_at__isnull=False),
                name="application_sent_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.APPROVED, State.SUSPENDED]) | Q(valid_until__isnull=False),
                name="application_approved_has_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.get_state_display()}"


class Document(PublicIdModel):
    """A file that proves something of an application; only verified administrators open it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="documents")
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind)
    name = EncryptedTextField(_("name of the file"))
    file = models.FileField(upload_to="documents/", editable=False)
    content_type = models.CharField(max_length=40, editable=False)
    size = models.PositiveIntegerField(editable=False)  # bytes
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_kind_display()
