"""Who looked at my data."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.journal import access
from accounts.kin.gate import open_while_waiting


@open_while_waiting
@never_cache
@require_safe
def who_looked(request: HttpRequest) -> HttpResponse:
    """Show who looked at the person's data and what was done with the account, a month a page."""
    months = Paginator(access.months_of(request.user), 1).get_page(request.GET.get("page"))
    month = access.month_of(request.user, months[0]) if len(months) else None
    return render(request, "accounts/who_looked.html", {"months": months, "month": month})
