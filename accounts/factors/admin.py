"""The administrators' way out for somebody who lost the second factor and the spare codes."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from accounts.factors import access, services
from accounts.factors.forms import ResetForm

RESET = "accounts_user_reset_factors"


class FactorResetMixin:
    """Adds to a person's page a form that removes all second factors; a reason is required."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.reset_factors)
        return [path("<id>/reset-factors/", view, name=RESET), *super().get_urls()]

    def reset_factors(self, request: HttpRequest, id: str) -> HttpResponse:
        """Ask for the reason, then remove the person's factors and end their sessions."""
        person = self.get_object(request, unquote(id))
        if person is None:
            raise Http404
        if not self.has_change_permission(request, person) or person == request.user:
            raise PermissionDenied
        page = reverse("admin:accounts_user_change", args=[person.pk])
        form = ResetForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            services.reset(user=person, actor=request.user, reason=form.cleaned_data["reason"])
            self.log_change(request, person, [])
            messages.success(request, _("The second factors are removed; the person signs in and adds one anew."))
            return HttpResponseRedirect(page)
        self.note_look(request, person)
        context: dict[str, Any] = self.admin_site.each_context(request) | {
            "title": _("Remove all second factors"),
            "person": person,
            "factors": access.factors_of(person),
            "form": form,
            "page": page,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/accounts/user/reset_factors.html", context)
