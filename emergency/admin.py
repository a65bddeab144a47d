"""Follow-ups for administrators: that people asked for somebody and how it stands, nothing of what was written.

What nobody but its person knows of is not here.
"""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin_site import ReadOnlyAdmin, names_of
from accounts.journal.choices import Looked
from accounts.journal.watched import Watched
from accounts.models import User
from emergency.judgements import admin as _judgements  # noqa: F401 -- registers sentences about the risk check
from emergency.models import FollowUp
from emergency.numbers import admin as _numbers  # noqa: F401 -- registers urgent requests
from emergency.workspace import admin as _workspace  # noqa: F401 -- registers the steps of the checklist


@admin.register(FollowUp)
class FollowUpAdmin(Watched, ReadOnlyAdmin):
    looked_at = Looked.FOLLOW_UP
    list_display = ["user", "level", "source", "state", "asked_at", "due_at", "taken_by", "taken_at", "closed_at"]
    list_filter = ["state", "level", "source"]
    list_select_related = ["user", "taken_by"]
    search_fields = names_of("user")
    date_hierarchy = "asked_at"
    ordering = ["-asked_at", "-pk"]
    fields = readonly_fields = [*list_display, "closed_by_person"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[FollowUp]:
        return super().get_queryset(request).filter(to_helpers=True).defer("note")

    def people_in(self, obj: FollowUp) -> list[User]:
        return [person for person in (obj.user, obj.taken_by) if person]
