"""Sentences about the risk check for administrators: what waits first, the words on the page of one, never a name."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from accounts.admin_site import ReadOnlyAdmin
from accounts.helping.steps import Refused
from accounts.journal.choices import Looked
from accounts.journal.watched import Watched
from emergency.judgements import access, services
from emergency.judgements.choices import Verdict
from emergency.judgements.forms import ReviewForm
from emergency.models import Judgement
from emergency.risk.levels import Level

FILE = "reviewed.jsonl"


@admin.register(Judgement)
class JudgementAdmin(Watched, ReadOnlyAdmin):
    looked_at = Looked.JUDGEMENT
    list_display = ["sent_at", "language", "complaint", "level", "kind", "verdict", "right_level", "reviewed_at"]
    list_filter = ["verdict", "complaint", "language", "level", "kind"]
    date_hierarchy = "sent_at"
    ordering = [F("reviewed_at").asc(nulls_first=True), "sent_at"]
    change_form_template = "admin/emergency/judgement/change_form.html"
    change_list_template = "admin/emergency/judgement/change_list.html"
    fields = readonly_fields = [
        "text",
        "complaint",
        "meant",
        "language",
        "level",
        "kind",
        "confidence",
        "release",
        "sent_at",
        "verdict",
        "right_level",
        "right_kind",
        "right_language",
        "reviewed_by",
        "reviewed_at",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Judgement]:
        """Leave the words closed: a list shows none of them."""
        return super().get_queryset(request).select_related("user", "reviewed_by").defer("text", "meant")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/review/", wrap(self.review), name="emergency_judgement_review"),
            path("training-file/", wrap(self.export), name="emergency_judgement_export"),
            *super().get_urls(),
        ]

    def review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the sentence, and keep what an administrator decides; an earlier decision stays in the history."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        judgement = get_object_or_404(self.get_queryset(request), pk=pk)
        form = ReviewForm(request.POST if request.method == "POST" else None, judgement=judgement)
        if request.method == "POST" and form.is_valid():
            try:
                self._keep(request, judgement, form.cleaned_data)
            except Refused as refused:
                form.add_error(None, str(refused.words))
            else:
                messages.success(request, _("The verdict is kept."))
                return redirect("admin:emergency_judgement_change", judgement.pk)
        self.note_look(request, judgement)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": judgement,
            "form": form,
            "title": _("Review"),
            "possible": True,
        }
        return TemplateResponse(request, "admin/emergency/judgement/review.html", context)

    def _keep(self, request: HttpRequest, judgement: Judgement, answers: dict[str, Any]) -> None:
        label = {name: answers[name] for name in ("right_level", "right_kind", "right_language")}
        verdict, known = Verdict(answers["verdict"]), answers["reviewed_before"]
        services.review(judgement=judgement, actor=request.user, known=known, verdict=verdict, label=label)
        level = "" if label["right_level"] is None else Level(label["right_level"]).name.lower()
        decided = [verdict.value, level, label["right_kind"], label["right_language"]]
        self.log_change(request, judgement, " ".join(filter(None, decided)))  # codes, which every language reads

    def export(self, request: HttpRequest) -> HttpResponse:
        """Say what the file is and where it goes, then hand it over."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            lines = services.export(actor=request.user)
            response = HttpResponse("".join(f"{line}\n" for line in lines), content_type="application/x-ndjson")
            response["Content-Disposition"] = f'attachment; filename="{FILE}"'
            return response
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("File for training"),
            "count": access.to_learn_from().count(),
        }
        return TemplateResponse(request, "admin/emergency/judgement/export.html", context)
