"""The journal of looks and actions: rows that are only ever added, chained by their digests.

The triggers that refuse every change and make the chain are in the migration; docs/decisions/0015-journal.md says why.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.journal.choices import Category, Looked, kinds, roles, whys
from emocare.fields import EncryptedTextField
from emocare.models import PublicIdModel

CODE = r"^[a-z0-9-]*$"  # no free text, and nothing that could be read as the border of two fields


class JournalEntry(models.Model):
    """Somebody looked at something of a person, or did something with an account.

    People are known here by `User.journal_key` alone: when an account is gone, nothing leads from its key to anybody.
    """

    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    actor = models.UUIDField(_("who"), null=True, editable=False)
    actor_role = models.CharField(pgettext_lazy("journal", "as"), max_length=20, choices=roles, editable=False)
    subject = models.UUIDField(_("whose"), null=True, editable=False)
    category = models.CharField(_("look or action"), max_length=10, choices=Category, editable=False)
    kind = models.CharField(_("what"), max_length=40, choices=kinds, editable=False)
    why = models.CharField(_("why"), max_length=20, choices=whys, blank=True, editable=False)

    class Meta:
        verbose_name = _("entry of the journal")
        verbose_name_plural = _("journal of looks and actions")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject", "-at"], name="journal_of_subject"),
            models.Index(fields=["actor", "-at"], name="journal_of_actor"),
            models.Index(fields=["-at"], name="journal_by_time"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(category__in=Category.values), name="journal_category_known"),
            models.CheckConstraint(
                condition=Q(kind__regex=CODE, actor_role__regex=CODE, why__regex=CODE), name="journal_codes_only"
            ),
            models.CheckConstraint(
                condition=Q(category=Category.ACTION, why="") | Q(category=Category.LOOK) & ~Q(why=""),
                name="journal_looks_have_a_why",
            ),
            models.CheckConstraint(
                condition=Q(subject__isnull=False) | Q(kind=Looked.LIST), name="journal_only_lists_are_of_nobody"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class EntryReason(PublicIdModel):
    """What an administrator typed as reason of an action; it goes with the person, the entry stays."""

    entry = models.OneToOneField(JournalEntry, models.PROTECT, related_name="reason")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="entry_reasons")
    text = EncryptedTextField(_("reason"))

    def __str__(self) -> str:
        return str(self.public_id)


class JournalLink(models.Model):
    """The place of an entry in the chain; a trigger adds it when the entry is committed, nobody else can."""

    number = models.BigIntegerField(primary_key=True, editable=False)  # 1, 2, 3 ... without gaps
    entry_id = models.BigIntegerField(unique=True, editable=False)  # no foreign key: the chain tells what is missing
    digest = models.BinaryField(max_length=32, editable=False)  # SHA-256 of the digest before and of the entry

    def __str__(self) -> str:
        return str(self.number)
