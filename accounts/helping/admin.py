"""Helpers and assignments for administrators: who, when and how many, never what people wrote to one another."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext

from accounts.admin_site import Choice, names_of
from accounts.helping import finding, services, waiting
from accounts.helping.choices import EndReason, State
from accounts.helping.steps import Refused
from accounts.journal.choices import Looked
from accounts.journal.watched import Watched
from accounts.models import Assignment, HelperProfile, User
from emocare.forms import PlainTextField


class KeptWithPeople(admin.ModelAdmin):
    """Keep the history: a profile is needed while requests wait, an assignment is ended; both go with their people."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        own_page = (request.resolver_match.url_name or "").startswith(f"accounts_{self.opts.model_name}_")
        return not own_page and super().has_delete_permission(request, obj)

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **given: Any) -> forms.Field | None:
        if db_field.name in self.autocomplete_fields:
            given["widget"] = Choice(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **given)


@admin.register(HelperProfile)
class HelperProfileAdmin(Watched, KeptWithPeople):
    looked_at = Looked.HELPER_PROFILE
    list_display = ["user", "role", "room", "own_limit", "granted_limit", "on_break", "break_until"]
    list_filter = ["user__role", "on_break"]
    list_select_related = ["user"]
    search_fields = names_of("user")
    autocomplete_fields = ["user"]
    fields = ["user", "granted_limit", "own_limit", "on_break", "break_until", "public_about", "public_limits"]
    readonly_fields = ["own_limit", "on_break", "break_until", "public_about", "public_limits"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[HelperProfile]:
        return finding.with_room(super().get_queryset(request))

    def get_readonly_fields(self, request: HttpRequest, obj: HelperProfile | None = None) -> list[str]:
        return [*self.readonly_fields, "user"] if obj else self.readonly_fields

    @admin.display(description=gettext_lazy("role"), ordering="user__role")
    def role(self, obj: HelperProfile) -> str:
        return obj.user.get_role_display()

    @admin.display(description=gettext_lazy("free places"), ordering="room")
    def room(self, obj: HelperProfile) -> int:
        return obj.room

    @admin.display(description=gettext_lazy("about the helper"))
    def public_about(self, obj: HelperProfile) -> str:
        return obj.about

    @admin.display(description=gettext_lazy("what the helper cannot help with"))
    def public_limits(self, obj: HelperProfile) -> str:
        return obj.limits

    def save_model(self, request: HttpRequest, obj: HelperProfile, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        waiting.offer_soon(obj)


class AssignForm(forms.ModelForm):
    """Bring two people together; the limits hold here as everywhere."""

    reason = PlainTextField(
        label=gettext_lazy("Why"),
        max_length=500,
        help_text=gettext_lazy("The person can read it in the copy of their data."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    actor: User
    made: Assignment

    class Meta:
        model = Assignment
        fields = ["user", "helper"]

    def clean(self) -> dict[str, Any]:
        """Let the service do it here, under its locks, so that what it refuses stands in the form."""
        cleaned = super().clean()
        if not self.errors:
            try:
                self.made = services.assign(actor=self.actor, **cleaned)
            except Refused as refused:
                raise ValidationError(refused.words) from refused
        return cleaned

    def _post_clean(self) -> None:
        """Check no constraint again: the row is written."""


@admin.register(Assignment)
class AssignmentAdmin(Watched, KeptWithPeople):
    looked_at = Looked.ASSIGNMENT
    list_display = ["user", "helper", "role", "state", "how", "asked_at", "started_at", "ended_at"]
    list_filter = ["state", "role", "how", "end_reason"]
    list_select_related = ["user", "helper"]
    search_fields = names_of("user") + names_of("helper")
    autocomplete_fields = ["user", "helper"]
    date_hierarchy = "asked_at"
    ordering = ["-asked_at", "-pk"]
    actions = ["end_them"]
    shown = ["user", "helper", "role", "state", "how", "asked_at", "started_at", "ended_at", "ended_by", "end_reason"]

    def people_in(self, obj: Assignment) -> list[User]:
        return [obj.user, obj.helper]

    def get_form(self, request: HttpRequest, obj: Assignment | None = None, change: bool = False, **kwargs: Any):
        if obj:
            return super().get_form(request, obj, change, **kwargs)
        form = super().get_form(request, obj, change, **kwargs | {"form": AssignForm})
        return type("AssignForm", (form,), {"actor": request.user})

    def get_fields(self, request: HttpRequest, obj: Assignment | None = None) -> list[str]:
        return self.shown if obj else ["user", "helper", "reason"]

    def get_readonly_fields(self, request: HttpRequest, obj: Assignment | None = None) -> list[str]:
        return self.shown if obj else []

    def save_form(self, request: HttpRequest, form: forms.ModelForm, change: bool) -> Assignment:
        if change:
            return form.instance
        return form.made

    def save_model(self, request: HttpRequest, obj: Assignment, form: forms.ModelForm, change: bool) -> None:
        """Do nothing: the service has written the row."""

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: list, change: bool) -> None:
        """Do nothing: there is nothing related."""

    @admin.action(description=gettext_lazy("End, with immediate effect"), permissions=["change"])
    def end_them(self, request: HttpRequest, queryset: QuerySet[Assignment]) -> None:
        chosen = list(queryset.filter(state=State.ACTIVE).select_related("user", "helper"))
        for assignment in chosen:
            services.end(assignment=assignment, actor=request.user, reason=EndReason.ADMINISTRATOR)
        words = ngettext("%(count)d assignment ended.", "%(count)d assignments ended.", len(chosen))
        self.message_user(request, words % {"count": len(chosen)}, messages.SUCCESS)
