"""Pages on which a person has their account deleted, and keeps it after all."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.erasure import access, services
from accounts.erasure.forms import EraseForm
from accounts.kin.gate import open_while_waiting
from accounts.signin import step_up


@open_while_waiting
@require_http_methods(["GET", "HEAD", "POST"])
@step_up.required(gettext_lazy("You want to delete your account."), allow_get=True)
def erase_account(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, and begin after one tick."""
    user = request.user
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.ask(user=user)
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Your account will be deleted. Until then you can change your mind."))
            return redirect("erase_account")
    context = {
        "form": form,
        "days": settings.ERASURE_DAYS,
        "backup_days": settings.BACKUP_DAYS,
        "last_administrator": access.is_last_administrator(user),
    }
    return render(request, "accounts/erasure/erase.html", context)


@open_while_waiting
@require_POST
def keep_account(request: HttpRequest) -> HttpResponse:
    """Keep the account after all."""
    services.take_back(user=request.user)
    messages.success(request, _("Your account stays. Nothing was deleted."))
    return redirect("my_data")
