"""The journal in the administrators' site: to read and to search, never to change."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin_site import ReadOnlyAdmin
from accounts.journal import access
from accounts.journal.choices import Looked
from accounts.journal.watched import Watched
from accounts.models import JournalEntry, User


class NamedList(ChangeList):
    """A page of entries with the names of all its people, which are one query."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        _name(self.result_list)


def _name(entries: Iterable[JournalEntry]) -> None:
    """Write beside the keys of these entries how the people are called."""
    entries = list(entries)
    names = access.names_of_keys(key for entry in entries for key in (entry.actor, entry.subject))
    for entry in entries:
        entry.actor_name = access.name(entry.actor, entry.actor_role, names)
        entry.subject_name = access.name(entry.subject, "", names) if entry.subject else "–"


@admin.register(JournalEntry)
class JournalEntryAdmin(Watched, ReadOnlyAdmin):
    list_display = ["at", "category", "subject_name", "kind", "actor_name", "actor_role", "why"]
    list_filter = ["category", "kind"]
    search_fields = ["kind"]  # shows the field; get_search_results looks for people
    search_help_text = _("E-mail, nickname or shown name of somebody who looked or acted, or whose data it is.")
    date_hierarchy = "at"
    fields = readonly_fields = ["at", "category", "subject_name", "kind", "actor_name", "actor_role", "why", "because"]
    looked_at = Looked.JOURNAL

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return NamedList

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> JournalEntry | None:
        if entry := super().get_object(request, object_id, from_field):
            _name([entry])
        return entry

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Find by people: the journal knows them by keys only."""
        if not search_term.strip():
            return queryset, False
        keys = access.keys_of_names(search_term)
        return queryset.filter(Q(subject__in=keys) | Q(actor__in=keys)), False

    def people_in(self, obj: JournalEntry) -> Iterable[User]:
        return access.people_of_keys([obj.subject])

    @admin.display(description=_("whose"))
    def subject_name(self, entry: JournalEntry) -> str:
        return entry.subject_name

    @admin.display(description=_("who"))
    def actor_name(self, entry: JournalEntry) -> str:
        return entry.actor_name

    @admin.display(description=_("reason"))
    def because(self, entry: JournalEntry) -> str:
        """Show what was typed, while the person whom it is about has an account."""
        return access.reason_of(entry) or "–"
