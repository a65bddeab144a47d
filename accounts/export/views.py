"""Pages on which a person asks for everything that is kept of them, and fetches it."""

import uuid
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.export import access, services
from accounts.kin.gate import open_while_waiting
from accounts.models import Export
from accounts.signin import step_up
from emocare.crypto import CannotDecrypt

WHY = gettext_lazy("You want to download your data.")


def _page(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    export = access.export_of(request.user)
    context = {"export": export, "hours": settings.EXPORT_HOURS, **more}
    return render(request, "accounts/export/export.html", context, status=status)


@open_while_waiting
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@step_up.required(WHY, allow_get=True)
def my_export(request: HttpRequest) -> HttpResponse:
    """Show how far the download is, or begin one."""
    if request.method != "POST":
        return _page(request)
    if limited := ratelimit.consume_or_429(request, action="export", key=str(request.user.public_id)):
        return limited
    services.ask(user=request.user)
    messages.success(request, _("We are preparing your data. You can go on meanwhile."))
    return redirect("my_export")


@open_while_waiting
@never_cache
@require_safe
def export_file(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Send the person's own download while its time lasts; the page says what to do afterwards."""
    export = access.get_export_for(request.user, public_id)
    return _send(request, export) if export.is_open else _page(request, status=410, gone=True)


@step_up.required(WHY)
def _send(request: HttpRequest, export: Export) -> HttpResponse:
    try:
        parts = services.open_file(export=export)
    except (CannotDecrypt, FileNotFoundError):
        services.give_up(export=export)
        return _page(request, status=410, gone=True)
    headers = {
        "Content-Disposition": 'attachment; filename="emocare.zip"',
        "Content-Length": str(export.size),
        "Cache-Control": "no-store, private",
    }
    return StreamingHttpResponse(parts, content_type="application/zip", headers=headers)


export_file.step_up_reason = WHY
