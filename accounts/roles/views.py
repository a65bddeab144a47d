"""Pages on which somebody asks to be a volunteer or a psychologist."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import HELPERS, Role
from accounts.models import Application
from accounts.roles import access, services
from accounts.roles.choices import LIVING, DocumentKind, State
from accounts.roles.forms import ApplicationForm, DocumentForm, SendForm
from emocare.heeding import heed
from emocare.limits import limited


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Say what helpers do, and show the person's own applications."""
    applications = list(access.applications_of(request.user))
    taken = {application.role for application in applications if application.state in LIVING}
    roles = [role for role in HELPERS if role not in taken]
    return render(request, "accounts/roles/overview.html", {"applications": applications, "roles": roles})


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, role: str) -> HttpResponse:
    """Begin an application, or change what was written in one that is not sent yet."""
    if role not in HELPERS:
        raise Http404
    role = Role(role)
    living = access.applications_of(request.user).filter(role=role, state__in=LIVING).first()
    if living and living.state != State.DRAFT:
        return redirect("application", living.public_id)
    initial = {name: getattr(living, name) for name in services.TEXTS} | {"adult": True} if living else {}
    form = ApplicationForm(request.POST or None, role=role, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_draft(user=request.user, role=role, answers=form.cleaned_data)
        except services.Refused as refused:
            messages.info(request, str(refused))
            return redirect("become_helper")
        heed(request, *(getattr(saved, name) for name in ("about", "motive") if name in form.changed_data), about=saved)
        return redirect("application", saved.public_id)
    return render(request, "accounts/roles/apply.html", {"form": form, "role": role})


def _page(
    request: HttpRequest, application: Application, form: DocumentForm | None = None, send_form: SendForm | None = None
) -> HttpResponse:
    missing = services.missing(application)
    context = {
        "application": application,
        "documents": application.documents.all(),
        "form": form or DocumentForm(initial={"kind": missing[0] if missing else DocumentKind.OTHER}),
        "send_form": send_form or SendForm(),
        "is_draft": application.state == State.DRAFT,
        "missing": missing,
        "untrained": application.state == State.DRAFT and services.needs_training(application),
        "can_withdraw": application.state in {State.DRAFT, State.SENT},
    }
    return render(request, "accounts/roles/application.html", context)


@require_safe
def application(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show an application: what is missing, or what became of it."""
    return _page(request, access.get_application_for(request.user, public_id))


@require_POST
@limited("document")
def add_document(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add a document, or say beside the field what is wrong with it."""
    mine = access.get_application_for(request.user, public_id)
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, mine, form=form)
    answers = form.cleaned_data
    try:
        services.add_document(application=mine, kind=answers["kind"], name=answers["name"], checked=answers["file"])
    except services.Refused as refused:
        form.add_error("file", str(refused))
        return _page(request, mine, form=form)
    messages.success(request, _("The document is added."))
    return redirect("application", mine.public_id)


@require_POST
def remove_document(request: HttpRequest, public_id: UUID, document_id: UUID) -> HttpResponse:
    """Take a document back before the application is sent."""
    document = access.get_document_for(request.user, public_id, document_id)
    try:
        services.remove_document(document=document)
        messages.success(request, _("The document is removed."))
    except services.Refused as refused:
        messages.info(request, str(refused))
    return redirect("application", public_id)


@require_POST
def send(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand the application over to the administrators."""
    mine = access.get_application_for(request.user, public_id)
    form = SendForm(request.POST)
    if not form.is_valid():
        return _page(request, mine, send_form=form)
    try:
        services.send(application=mine, language=get_language())
    except services.Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, access.get_application_for(request.user, public_id), send_form=form)
    messages.success(request, _("Your application is sent. Thank you for wanting to help."))
    return redirect("application", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an application back after one question."""
    mine = access.get_application_for(request.user, public_id)
    if mine.state not in {State.DRAFT, State.SENT}:
        return redirect("application", public_id)
    if request.method == "POST":
        try:
            services.withdraw(application=mine)
            messages.success(request, _("Your application is taken back, and its documents are deleted."))
        except services.Refused as refused:
            messages.info(request, str(refused))
        return redirect("become_helper")
    return render(request, "accounts/roles/withdraw.html", {"application": mine})
