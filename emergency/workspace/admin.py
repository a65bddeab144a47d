"""The steps of the checklist, which administrators write; they hold nobody's data."""

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest

from emergency.models import ChecklistStep


@admin.register(ChecklistStep)
class ChecklistStepAdmin(ModelAdmin):
    """New requests get the steps that are used when somebody takes them; what was copied before stays."""

    list_display = ["__str__", "minutes", "for_whom", "place", "is_used"]
    list_filter = ["is_used", "for_whom"]
    fields = ["kk", "ru", "en", "minutes", "for_whom", "place", "is_used"]

    def has_delete_permission(self, request: HttpRequest, obj: ChecklistStep | None = None) -> bool:
        """Let none be deleted: requests name it. One that is used no more is told so."""
        return False
