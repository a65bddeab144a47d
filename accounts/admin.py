"""People in the administrators' site: accounts, roles and consents, never what somebody wrote."""

from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.forms import UserChangeForm as DjangoUserChangeForm
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent, GuardianConsent, User
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
    language = forms.ChoiceField(label=_("language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("time zone"), choices=ZONES)

    class Meta:
        model = User
        fields = "__all__"
        field_classes = {}  # Django's own for names cannot read that there is none


class UserCreationForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "username")
        field_classes = {}


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    list_display = ["shown_name", "email", "username", "role", "language", "is_active", "is_staff", "date_joined"]
    list_filter = ["role", "is_active", "is_staff", "language"]
    search_fields = ["email", "username", "shown_name"]
    ordering = ["-date_joined"]
    readonly_fields = ["public_id", "date_joined", "last_login"]
    inlines = [ConsentInline]
    fieldsets = [
        (None, {"fields": ["shown_name", "email", "username", "password"]}),
        (_("Role"), {"fields": ["role", "is_active", "is_staff", "is_superuser"]}),
        (_("Settings"), {"fields": ["language", "time_zone"]}),
        (_("Record"), {"fields": ["public_id", "date_joined", "last_login"]}),
    ]
    add_fieldsets = [
        (None, {"classes": ["wide"], "fields": ["email", "username", "usable_password", "password1", "password2"]})
    ]

    def get_inlines(self, request: HttpRequest, obj: User | None) -> list[type[admin.TabularInline]]:
        """Add the consents of legal representatives where there can be some."""
        return [*self.inlines, GuardianConsentInline] if obj and obj.sixteen_from else self.inlines

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        """Forget the address from before: the new one is confirmed by letter at the next sign-in."""
        super().save_model(request, obj, form, change)
        EmailAddress.objects.filter(user=obj).exclude(email=obj.email or "").delete()
