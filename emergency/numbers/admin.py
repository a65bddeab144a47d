"""Urgent requests for administrators: how urgent, how they stand and what happened; nothing that anybody wrote.

Words and place are shown to an administrator only in the queue, once administrators are called and have taken it.
"""

from typing import ClassVar

from django.contrib import admin
from django.contrib.admin import TabularInline
from django.db.models import QuerySet
from django.http import HttpRequest as WebRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin_site import ReadOnlyAdmin, names_of
from accounts.journal.choices import Looked
from accounts.journal.watched import Watched
from accounts.models import User
from emergency.models import HelpRequest, Step

WRITTEN = ("words", "place", "place_agreed_to", "call_reason", "untold_reason")
HAPPENED = ["at", "what", "actor", "rung", "people"]


class StepsOfRequest(TabularInline):
    """The timeline, as it was stamped."""

    model = Step
    verbose_name_plural = _("What happened")
    fields = readonly_fields = HAPPENED
    extra, can_delete = 0, False
    ordering: ClassVar = ["at", "pk"]

    def get_queryset(self, request: WebRequest) -> QuerySet[Step]:
        return super().get_queryset(request).select_related("actor")

    def has_add_permission(self, request: WebRequest, obj: HelpRequest | None = None) -> bool:
        return False

    def has_change_permission(self, request: WebRequest, obj: HelpRequest | None = None) -> bool:
        return False


@admin.register(HelpRequest)
class HelpRequestAdmin(Watched, ReadOnlyAdmin):
    looked_at = Looked.REQUEST
    list_display = ["opened_at", "user", "level", "state", "origin", "rung", "taken_at", "closed_at", "outcome"]
    list_filter = ["state", "level", "outcome", "origin"]
    list_select_related = ["user"]
    search_fields = names_of("user")
    date_hierarchy = "opened_at"
    ordering = ["-opened_at", "-pk"]
    fields = readonly_fields = [*list_display, "called", "called_at", "told"]
    inlines = [StepsOfRequest]

    @admin.display(description=_("the person was told of it"))
    def told(self, obj: HelpRequest) -> str:
        return "" if obj.told_of_call is None else _("Yes") if obj.told_of_call else _("No")

    def get_queryset(self, request: WebRequest) -> QuerySet[HelpRequest]:
        return super().get_queryset(request).defer(*WRITTEN)

    def people_in(self, obj: HelpRequest) -> list[User]:
        return [obj.user] if obj.user else []  # of somebody without an account there is nobody to tell
