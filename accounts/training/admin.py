"""Certificates in the administrators' site: whose, since when, and taking one back; never the name on it."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from accounts.admin_site import ReadOnlyAdmin, names_of
from accounts.journal.choices import Looked
from accounts.journal.watched import Watched
from accounts.models import Certificate
from accounts.training import course as courses
from accounts.training import services
from accounts.training.forms import WithdrawForm


@admin.register(Certificate)
class CertificateAdmin(Watched, ReadOnlyAdmin):
    looked_at = Looked.CERTIFICATE
    list_display = ["user", "title", "issued_on", "valid_until", "withdrawn_at"]
    list_select_related = ["user"]
    search_fields = names_of("user")
    date_hierarchy = "issued_on"
    ordering = ["-issued_on", "-pk"]
    change_form_template = "admin/accounts/certificate/change_form.html"
    fields = readonly_fields = ["user", "title", "issued_on", "valid_until", "withdrawn_at"]

    @admin.display(description=_("course"))
    def title(self, certificate: Certificate) -> str:
        return courses.load(certificate.course).title

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.withdraw)
        return [path("<int:pk>/withdraw/", view, name="accounts_certificate_withdraw"), *super().get_urls()]

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the reason, and take the certificate back."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        certificate = get_object_or_404(Certificate.objects.select_related("user"), pk=pk)
        form = WithdrawForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            services.withdraw(certificate=certificate, actor=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("The certificate is taken back, and the person gets a letter."))
            return redirect("admin:accounts_certificate_change", certificate.pk)
        self.note_look(request, certificate)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": certificate,
            "form": form,
            "title": _("Take the certificate back"),
            "possible": not certificate.is_withdrawn,
        }
        return TemplateResponse(request, "admin/accounts/certificate/withdraw.html", context)
