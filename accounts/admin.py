"""People in the administrators' site: accounts, roles and consents, never what somebody wrote."""

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.forms import UserChangeForm as DjangoUserChangeForm
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from accounts import administration
from accounts.breaches import admin as _breaches  # noqa: F401 -- registers the register of breaches
from accounts.choices import HELPERS, Role
from accounts.erasure import services as erasure
from accounts.factors.admin import FactorResetMixin
from accounts.helping import admin as _helping  # noqa: F401 -- registers its own tables
from accounts.journal import admin as _journal  # noqa: F401 -- registers the journal
from accounts.journal.choices import Looked
from accounts.journal.watched import Watched
from accounts.models import Consent, GuardianConsent, User
from accounts.retention import admin as _retention  # noqa: F401 -- registers the reports of the daily run
from accounts.roles import admin as _roles  # noqa: F401 -- registers applications
from accounts.training import admin as _training  # noqa: F401 -- registers certificates
from accounts.zones import ZONES


class ConsentInline(admin.TabularInline):
    model: type[Model] = Consent
    extra = 0
    can_delete = False
    readonly_fields = ["purpose", "version", "language", "given_at", "withdrawn_at"]

    def has_add_permission(self, request, obj=None) -> bool:
        return False


class GuardianConsentInline(ConsentInline):
    """Who agreed for a child: so that an operator can ask there whether it is true."""

    model = GuardianConsent
    readonly_fields = ["name", "relation", "contact", "way", "version", "language", "given_at", "withdrawn_at"]


class UserChangeForm(DjangoUserChangeForm):
    """A person as administrators see them; who helps is decided by an application, never by this form."""

    role = forms.ChoiceField(
        label=_("role"),
        help_text=_("Volunteers and psychologists get their role by an application that is checked."),
    )
    language = forms.ChoiceField(label=_("language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("time zone"), choices=ZONES)

    class Meta:
        model = User
        fields = "__all__"
        field_classes = {}  # Django's own for names cannot read that there is none

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        current = Role(self.instance.role)
        self.fields["role"].choices = [
            (role.value, role.label) for role in Role if role == current or not {role, current} & set(HELPERS)
        ]


class UserCreationForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "username")
        field_classes = {}


@admin.register(User)
class UserAdmin(Watched, FactorResetMixin, DjangoUserAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    list_display = ["shown_name", "email", "username", "role", "role_until", "is_active", "is_staff", "date_joined"]
    list_filter = ["role", "is_active", "is_staff", "language"]
    search_fields = ["email", "username", "shown_name"]
    ordering = ["-date_joined"]
    readonly_fields = ["public_id", "date_joined", "last_login", "role_until"]
    inlines = [ConsentInline]
    fieldsets = [
        (None, {"fields": ["shown_name", "email", "username", "password"]}),
        (_("Role"), {"fields": ["role", "role_until", "is_active", "is_staff", "is_superuser"]}),
        (_("Settings"), {"fields": ["language", "time_zone"]}),
        (_("Record"), {"fields": ["public_id", "date_joined", "last_login"]}),
    ]
    add_fieldsets = [
        (None, {"classes": ["wide"], "fields": ["email", "username", "usable_password", "password1", "password2"]})
    ]

    def get_inlines(self, request: HttpRequest, obj: User | None) -> list[type[admin.TabularInline]]:
        """Add the consents of legal representatives where there can be some."""
        return [*self.inlines, GuardianConsentInline] if obj and obj.sixteen_from else self.inlines

    def people_in(self, obj: User) -> list[User]:
        return [obj]

    def looks_at(self, obj: User) -> list[tuple[User, Looked]]:
        """Say too that the names and addresses of legal representatives were there to be read."""
        children = [(obj, Looked.REPRESENTATIVE)] if obj.guardian_consents.exists() else []
        return [(obj, Looked.ACCOUNT), *children]

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        """Forget the address from before: the new one is confirmed by letter at the next sign-in."""
        if change:  # only what was changed: the person may be signing, or asking to be deleted, in this moment
            columns = {field.name for field in obj._meta.concrete_fields}
            obj.save(update_fields=columns.intersection(form.changed_data))
        else:
            super().save_model(request, obj, form, change)
        if change and {"role", "is_staff", "is_active", "is_superuser"} & set(form.changed_data):
            administration.rights_were_changed(user=obj, actor=request.user)
        if change and obj.email != (old := form.initial["email"]):
            administration.email_was_changed(user=obj, actor=request.user, old=old)
        EmailAddress.objects.filter(user=obj).exclude(email=obj.email or "").delete()

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        self.delete_queryset(request, User.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Delete people in every app and with their files, as their own wish would."""
        erasure.erase_people(people=queryset, actor=request.user)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._unless_refused(super().delete_view, request, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._unless_refused(super().changelist_view, request, *args, **kwargs)

    @staticmethod
    def _unless_refused(view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any):
        """Say why somebody cannot be deleted; then nothing at all is done."""
        try:
            with transaction.atomic():
                return view(request, *args, **kwargs)
        except erasure.Refused as refused:
            messages.error(request, str(refused))
            return redirect("admin:accounts_user_changelist")

    @method_decorator(sensitive_post_parameters())
    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Set a password, or none, as Django does; the person hears of it and is signed out."""
        with transaction.atomic():
            person = self.get_object(request, unquote(id))
            response = super().user_change_password(request, id, form_url)
            if person and not User.objects.filter(pk=person.pk, password=person.password).exists():
                administration.password_was_set(user=person, request=request)
            elif person and response.status_code == 200:
                self.note_look(request, person)
        return response
