"""Tests in the administrators' site: bring one, look it through in three languages, publish, retire; never change."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from tests_app.choices import State
from tests_app.models import Version
from tests_app.questionnaire import of
from tests_app.versions import preview, services
from tests_app.versions.forms import ImportForm

CHANGE = "admin:tests_app_version_change"


@admin.register(Version)
class VersionAdmin(admin.ModelAdmin):
    list_display = ["key", "name", "number", "state", "shipped", "published_at", "retired_at"]
    list_filter = ["state", "shipped"]
    list_select_related = ["instrument"]
    search_fields = ["instrument__key"]
    ordering = ["instrument__key", "-number"]
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Version | None = None) -> bool:
        """Keep every version: results point at it."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Version]:
        """Let the list have the names without the rest of the texts."""
        name = KT(f"content__name__{get_language() or 'kk'}")
        return super().get_queryset(request).annotate(title=name).defer("content").select_related("instrument")

    @admin.display(description=pgettext_lazy("of a test", "key"), ordering="instrument__key")
    def key(self, version: Version) -> SafeString:
        return format_html("<code>{}</code>", version.instrument.key)

    @admin.display(description=pgettext_lazy("of a test", "Name"), ordering="title")
    def name(self, version: Version) -> str:
        return version.title

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/publish/", wrap(self.publish), name="tests_app_version_publish"),
            path("<int:pk>/retire/", wrap(self.retire), name="tests_app_version_retire"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None) -> HttpResponse:
        """Take a file; what is wrong with it stands beside the field."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
        if request.method == "POST" and form.is_valid():
            try:
                version, new = services.import_content(content=form.cleaned_data["file"])
            except services.Refused as refused:
                form.refuse(refused.problems)
            else:
                return self._imported(request, version, new)
        context = self._context(request, _("Import a test"), form=form)
        return TemplateResponse(request, "admin/tests_app/version/import.html", context)

    def _imported(self, request: HttpRequest, version: Version, new: bool) -> HttpResponse:
        if new:
            self.log_addition(request, version, [{"added": {}}])
            messages.success(request, _("The test is kept as a draft. Look it through, then publish it."))
        else:
            messages.info(request, _("This text is here already; nothing was changed."))
        return redirect(CHANGE, version.pk)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """Show all of a version in three languages."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        version = self.get_object(request, unquote(object_id))
        if version is None:
            raise Http404
        read = of(version)
        context = self._context(
            request,
            self._title(version),
            original=version,
            read=read,
            languages=settings.LANGUAGES,
            texts=preview.texts(read),
            questions=preview.questions(read),
            bands=preview.bands(read),
            facts=preview.facts(read),
            statuses=preview.statuses(read),
            sources=preview.sources(read),
            can_change=self.has_change_permission(request),
        )
        return TemplateResponse(request, "admin/tests_app/version/preview.html", context)

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask once, then let people take this version and no other one of the test."""
        words = _("The test is published.")
        return self._confirmed(request, pk, services.publish, "published", words)

    def retire(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask once, then take the test out of the list."""
        words = _("The test is taken out of the list.")
        return self._confirmed(request, pk, services.retire, "retired", words)

    def _confirmed(
        self, request: HttpRequest, pk: int, step: Callable[..., Version], field: str, done: str
    ) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        version = get_object_or_404(self.get_queryset(request), pk=pk)
        possible = (version.state == State.PUBLISHED) == (field == "retired")
        problems: list[services.Problem] = []
        if request.method == "POST":
            try:
                step(version=version)
            except services.Refused as refused:
                problems = refused.problems
            else:
                if possible:
                    self.log_change(request, version, [{"changed": {"fields": [field]}}])
                messages.success(request, done)
                return redirect(CHANGE, version.pk)
        title = _("Publish this version") if field == "published" else _("Retire this version")
        context = self._context(request, title, original=version, field=field, possible=possible, problems=problems)
        context["heading"] = self._title(version)
        context["before"] = self.get_queryset(request).filter(instrument=version.instrument_id, state=State.PUBLISHED)
        return TemplateResponse(request, "admin/tests_app/version/confirm.html", context)

    def _title(self, version: Version) -> str:
        return _("%(name)s, version %(number)d") % {"name": version.title, "number": version.number}

    def _context(self, request: HttpRequest, title: str, **more: Any) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, "title": title, **more}

    class Media:
        css = {"all": ["css/admin-instruments.css"]}
