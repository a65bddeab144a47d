"""The page of the administrators' site about work in the background."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.queue import access, services
from emocare.background import is_late

LARGEST = 2**63 - 1  # of the numbers that PostgreSQL gives rows


@require_safe
def background(request: HttpRequest) -> HttpResponse:
    """Show who works, what waits and what failed."""
    kinds = access.kinds()
    context = admin.site.each_context(request) | {
        "title": _("Background work"),
        "workers": access.workers(),
        "kinds": kinds,
        "oldest": min((kind.oldest for kind in kinds if kind.oldest), default=None),
        "failed": access.failed(),
        "all_failed": sum(kind.failed for kind in kinds),
        "late": is_late(),
        "now": timezone.now(),
    }
    return TemplateResponse(request, "admin/background.html", context)


@require_POST
def background_again(request: HttpRequest) -> HttpResponse:
    """Let one task that failed run again, or all of them."""
    asked = request.POST.get("task", "")
    known = asked == "all" or (asked.isascii() and asked.isdecimal() and len(asked) < 20 and int(asked) <= LARGEST)
    count = services.try_again(actor=request.user, pk=None if asked == "all" else int(asked)) if known else 0
    if count:
        said = ngettext("%(count)d task is tried again.", "%(count)d tasks are tried again.", count)
        messages.success(request, said % {"count": count})
    else:
        messages.warning(request, _("There was nothing to try again: it runs already, or it is gone."))
    return redirect("admin:background")
