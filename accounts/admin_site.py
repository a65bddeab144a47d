"""The administrators' site: Django's, behind the same sign-in as every page and a second factor."""

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite as DjangoAdminSite
from django.contrib.admin import ModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import URLPattern, URLResolver, path
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _

from accounts import events
from accounts.breaches.access import open_breaches
from accounts.journal.choices import Looked, Why
from accounts.queue.views import background, background_again

NOT_HERE = {"account", "auth", "django_otp_webauthn", "otp_email", "otp_static", "otp_totp", "procrastinate"}


class AdminSite(DjangoAdminSite):
    site_title = site_header = "Emocare"
    index_title = _("Administration")
    enable_nav_sidebar = False

    def register(self, model_or_iterable: object, *args: object, **options: object) -> None:
        """Leave out what is not administered here: roles and the address are fields, second factors have their pages.

        The queue has a page that shows no arguments. An address that an administrator called confirmed would open the
        account to whoever reads its letters.
        """
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        shown = [model for model in models if model._meta.app_label not in NOT_HERE]
        if shown:
            super().register(shown, *args, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in only administrators whose second factor was checked in this session."""
        return super().has_permission(request) and request.user.is_verified()

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Send strangers to the sign-in, administrators to the second factor, everybody else away."""
        return secure_admin_login(_to_second_factor)(request)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Propose people by their names; that is a list of people too."""
        response = super().autocomplete_view(request)
        events.looked(actor=request.user, whose=None, what=Looked.LIST, why=Why.ADMINISTRATION)
        return response

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Say first what cannot wait: breaches of personal data that are open."""
        breaches = open_breaches() if self.has_permission(request) else {}
        return super().index(request, {"breaches": breaches, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Add the page about work in the background, which is of no model."""
        pages = {"background/": background, "background/again/": background_again}
        return [
            *(path(address, self.admin_view(view), name=view.__name__) for address, view in pages.items()),
            *super().get_urls(),
        ]

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Lead to the page that everybody changes a password on: it counts wrong ones and ends other sessions."""
        return redirect("account_change_password")


def names_of(person: str) -> list[str]:
    """Return what the search of a list looks at to find somebody that its rows lead to."""
    return [f"{person}__{name}" for name in ("email", "username", "shown_name")]


class Choice(AutocompleteSelect):
    """The field that finds a row as one types; Django's breaks on what is no number, instead of refusing it."""

    def optgroups(self, name: str, value: list[str], attr: dict | None = None) -> list:
        known = [
            chosen for chosen in value if str(chosen).isascii() and str(chosen).isdigit() and len(str(chosen)) < 19
        ]
        return super().optgroups(name, known, attr)


class ReadOnlyAdmin(ModelAdmin):
    """Rows to read: nobody adds, changes or deletes one here; they go only together with the person they belong to."""

    WITH_THE_PERSON = {"accounts_user_delete", "accounts_user_changelist"}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.resolver_match is not None and request.resolver_match.url_name in self.WITH_THE_PERSON


def _to_second_factor(request: HttpRequest) -> HttpResponse:
    """Lead on to the page that was wanted, over the second factor where it was not shown yet."""
    target = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = resolve_url("admin:index")
    if request.user.is_verified():
        return HttpResponseRedirect(target)  # redirect() would take a word for the name of an address
    return redirect(f"{resolve_url('second_factor')}?{urlencode({'next': target})}")
