"""Applications in the administrators' site: read, decide, open documents; every look at a document is written down."""

import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from accounts import events
from accounts.admin_site import ReadOnlyAdmin, names_of
from accounts.journal.choices import Looked, Why
from accounts.journal.watched import Watched
from accounts.models import Application, Document
from accounts.roles import services
from accounts.roles.choices import State
from accounts.roles.forms import DecisionForm
from accounts.training import services as training

SOON = datetime.timedelta(days=30)
POSSIBLE = {
    State.SENT: ["approve", "refuse"],
    State.APPROVED: ["renew", "suspend"],
    State.SUSPENDED: ["renew"],
}


class RunsOutFilter(admin.SimpleListFilter):
    title = _("role runs out")
    parameter_name = "runs_out"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("soon", _("In the next 30 days")), ("over", _("Has run out"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        approved = queryset.filter(state=State.APPROVED)
        if self.value() == "soon":
            return approved.filter(valid_until__range=(timezone.localdate(), timezone.localdate() + SOON))
        if self.value() == "over":
            return approved.filter(valid_until__lt=timezone.localdate())
        return queryset


@admin.register(Application)
class ApplicationAdmin(Watched, ReadOnlyAdmin):
    looked_at, why = Looked.APPLICATION, Why.CHECKING
    list_display = ["user", "role", "state", "sent_at", "valid_until", "document_count"]
    list_filter = ["state", "role", RunsOutFilter]
    list_select_related = ["user"]
    search_fields = names_of("user")
    date_hierarchy = "sent_at"
    ordering = ["-sent_at", "-pk"]
    change_form_template = "admin/accounts/application/change_form.html"
    fields = readonly_fields = [
        "user",
        "role",
        "state",
        "legal_name",
        "number",
        "about",
        "motive",
        "documents",
        "certificate",
        "sent_at",
        "decided_at",
        "decided_by",
        "reason",
        "valid_until",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Leave out what nobody has sent: a draft is nobody's business yet."""
        sent = super().get_queryset(request).exclude(state=State.DRAFT).exclude(sent_at__isnull=True)
        return sent.annotate(count=Count("documents"))

    @admin.display(description=_("documents"))
    def document_count(self, application: Application) -> int:
        return application.count

    @admin.display(description=_("documents"))
    def documents(self, application: Application) -> SafeString | str:
        links = (
            (reverse("admin:accounts_document_open", args=[document.pk]), document.get_kind_display())
            for document in application.documents.all()
        )
        return format_html_join(mark_safe("<br>"), '<a href="{}">{}</a>', links) or "–"  # nosec B308

    @admin.display(description=_("certificate"))
    def certificate(self, application: Application) -> str:
        """Say until when the person's certificate of the training holds."""
        valid = training.certificate_of(application.user)
        return date_format(valid.valid_until) if valid else "–"

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/decide/", wrap(self.decide), name="accounts_application_decide"),
            path("documents/<int:pk>/", wrap(self.open_document), name="accounts_document_open"),
            *super().get_urls(),
        ]

    def open_document(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand a document over as a download, and write down who took it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        document = get_object_or_404(Document.objects.select_related("application__user"), pk=pk)
        try:
            content = document.file.open()
        except FileNotFoundError as error:
            raise Http404 from error
        whose = document.application.user
        events.looked(actor=request.user, whose=whose, what=Looked.DOCUMENT, why=Why.CHECKING)
        name = f"{document.kind}-{document.pk}.{document.file.name.rpartition('.')[2]}"
        response = FileResponse(content, as_attachment=True, filename=name, content_type=document.content_type)
        response["Content-Security-Policy"] = "sandbox"
        return response

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        application = self.get_object(request, object_id)
        extra = {"can_decide": application is not None and application.state in POSSIBLE}
        return super().change_view(request, object_id, *args, extra_context=extra, **kwargs)

    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Approve, refuse, suspend or renew."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        application = get_object_or_404(self.get_queryset(request).select_related("user"), pk=pk)
        possible = POSSIBLE.get(State(application.state), [])
        end = services.default_end(application.role)
        form = DecisionForm(
            request.POST if request.method == "POST" else None, possible=possible, initial={"until": end}
        )
        if request.method == "POST" and form.is_valid():
            try:
                self._carry_out(request, application, form.cleaned_data)
            except services.Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("The decision is kept, and the person gets a letter."))
                return redirect("admin:accounts_application_change", application.pk)
        self.note_look(request, application)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": application,
            "form": form,
            "title": _("Decision"),
            "possible": possible,
        }
        return TemplateResponse(request, "admin/accounts/application/decide.html", context)

    def _carry_out(self, request: HttpRequest, application: Application, answers: dict[str, Any]) -> None:
        step = getattr(services, answers["decision"])
        how = (
            {"until": answers["until"]}
            if answers["decision"] in {"approve", "renew"}
            else {"reason": answers["reason"]}
        )
        step(application=application, actor=request.user, **how)
