"""The words of applications."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import Role


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("application", "Not sent yet")
    SENT = "sent", pgettext_lazy("application", "Being checked")
    APPROVED = "approved", pgettext_lazy("application", "Approved")
    REFUSED = "refused", pgettext_lazy("application", "Not approved")
    SUSPENDED = "suspended", pgettext_lazy("application", "Suspended")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "Taken back")


# While an application is in one of these there is no second one for the same role.
LIVING = (State.DRAFT, State.SENT, State.APPROVED, State.SUSPENDED)


class DocumentKind(models.TextChoices):
    IDENTITY = "identity", _("Identity document")
    DIPLOMA = "diploma", _("Diploma in psychology")
    REGISTRY = "registry", _("Extract from the register of psychologists")
    NO_CONVICTION = "no-conviction", _("Certificate of no criminal record")
    OTHER = "other", pgettext_lazy("document", "Another document")


# Without these an application cannot be sent.
REQUIRED = {
    Role.VOLUNTEER: (DocumentKind.IDENTITY,),
    Role.PSYCHOLOGIST: (DocumentKind.IDENTITY, DocumentKind.DIPLOMA),
}
