"""The register of breaches in the administrators' site: entries with their checklist, and a page to print of each."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.breaches import services
from accounts.breaches.choices import GUIDES, Step
from accounts.breaches.forms import BreachForm, MomentInput
from accounts.models import Breach
from accounts.zones import ZONES


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [
            ("open", pgettext("entry of the register", "Open")),
            ("overdue", _("Authorised body not told in time")),
            ("closed", pgettext("entry of the register", "Closed")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Breach]) -> QuerySet[Breach]:
        found = {"open": queryset.open, "overdue": queryset.overdue, "closed": queryset.closed}
        return found.get(self.value(), queryset.all)()


@admin.register(Breach)
class BreachAdmin(admin.ModelAdmin):
    form = BreachForm
    list_display = ["detected_at", "due_at", "deadline", "people", "state"]
    list_filter = [StateFilter]
    date_hierarchy = "detected_at"
    readonly_fields = ["deadline_at_once"]
    change_form_template = "admin/accounts/breach/change_form.html"
    formfield_overrides = {models.DateTimeField: {"form_class": forms.DateTimeField, "widget": MomentInput}}
    fieldsets = [
        (None, {"fields": ["deadline_at_once", "detected_at", "happened_at", "contact"]}),
        (gettext_lazy("What happened"), {"fields": ["what", "kinds", "people", "consequences", "measures"]}),
        (
            gettext_lazy("Who was told"),
            {"fields": ["authority_notified_at", "authority_reference", "people_notified_at"]},
        ),
        (gettext_lazy("Checklist"), {"fields": ["steps", "closes"]}),
    ]

    class Media:
        css = {"all": ["css/admin-register.css"]}

    def has_delete_permission(self, request: HttpRequest, obj: Breach | None = None) -> bool:
        """Keep every entry: the law wants them documented."""
        return False

    @admin.display(description=gettext_lazy("state"))
    def state(self, breach: Breach) -> str:
        if breach.is_closed:
            return pgettext("entry of the register", "Closed")
        return pgettext("entry of the register", "Open")

    @admin.display(description=gettext_lazy("authorised body"))
    def deadline(self, breach: Breach) -> str:
        return breach.deadline_words

    @admin.display(description=gettext_lazy("authorised body to be told by"))
    def deadline_at_once(self, breach: Breach) -> str:
        """Return the deadline and how it stands; of an entry that is not kept yet, the rule."""
        if breach.pk is None:
            return _("The end of the next business day after it was found out.")
        return f"{_moment(breach.due_at)}. {breach.deadline_words}."

    def save_model(self, request: HttpRequest, obj: Breach, form: BreachForm, change: bool) -> None:
        columns = {field.name for field in Breach._meta.fields}
        services.keep(
            breach=obj,
            actor=request.user,
            fields=columns.intersection(form.changed_data),
            ticked=form.ticked,
            unticked=form.unticked,
            closes=form.cleaned_data["closes"],
        )

    def construct_change_message(
        self, request: HttpRequest, form: BreachForm, formsets: list, add: bool = False
    ) -> list[dict[str, Any]]:
        """Name what was changed by the words of the catalogue, so that the history is read in any language."""
        if add:
            return [{"added": {}}]
        columns = {field.name: field.verbose_name for field in Breach._meta.fields}
        with translation.override(None):
            names = [str(columns.get(name) or form.fields[name].label) for name in form.changed_data]
        return [{"changed": {"fields": names}}] if names else []

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/report/", wrap(self.report), name="accounts_breach_report"),
            path("<int:pk>/open-again/", wrap(self.open_again), name="accounts_breach_open_again"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show a closed entry as it is; it has to be opened again before it can be changed."""
        breach = self.get_object(request, object_id)
        if breach and breach.is_closed and self.has_view_permission(request, breach):
            return redirect("admin:accounts_breach_report", breach.pk)
        return super().change_view(request, object_id, *args, **kwargs)

    def report(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show one entry to be printed, for the authorised body and for the file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        breach = get_object_or_404(Breach.objects.prefetch_related("steps__done_by"), pk=pk)
        done = breach.done()
        timezone.activate(timezone.get_default_timezone())  # what leaves the house speaks of the operator's clock
        context = self.admin_site.each_context(request) | {
            "title": _("Report on a breach of personal data"),
            "breach": breach,
            "lines": _lines(breach),
            "original": breach,
            "opts": self.opts,
            "steps": [(step.label, GUIDES[step].required, done.get(step.value)) for step in Step],
            "operator": settings.OPERATOR,
            "now": timezone.now(),
            "zone": dict(ZONES).get(settings.TIME_ZONE, settings.TIME_ZONE),
            "can_change": self.has_change_permission(request),
        }
        return TemplateResponse(request, "admin/accounts/breach/report.html", context)

    def open_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let a closed entry be changed again, and write that down."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        breach = get_object_or_404(Breach, pk=pk)
        if breach.is_closed:
            services.open_again(breach=breach)
            self.log_change(request, breach, [{"changed": {"fields": ["when it was closed"]}}])
            messages.success(request, _("The entry is open again."))
        return redirect("admin:accounts_breach_change", breach.pk)


def _lines(breach: Breach) -> list[tuple[str, object]]:
    """Return each column of an entry with its value in words."""
    authority = [_moment(breach.authority_notified_at), breach.authority_reference, breach.deadline_words]
    values = {
        "detected_at": _moment(breach.detected_at),
        "happened_at": _moment(breach.happened_at),
        "contact": breach.contact,
        "what": breach.what,
        "kinds": "\n".join(breach.kind_words),
        "people": breach.people,
        "consequences": breach.consequences,
        "measures": breach.measures,
        "due_at": _moment(breach.due_at),
        "authority_notified_at": "\n".join(filter(None, authority)),
        "people_notified_at": _moment(breach.people_notified_at),
        "closed_at": _moment(breach.closed_at),
    }
    return [(Breach._meta.get_field(name).verbose_name, value) for name, value in values.items()]


def _moment(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else ""
