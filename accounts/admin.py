"""People in the administrators' site: accounts, roles and consents, never what somebody wrote."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent, User


class ConsentInline(admin.TabularInline):
    model = Consent
    extra = 0
    can_delete = False
    readonly_fields = ["purpose", "version", "language", "given_at", "withdrawn_at"]

    def has_add_permission(self, request, obj=None) -> bool:
        return False


class UserCreationForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "username")
        field_classes = {}


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    add_form = UserCreationForm
    list_display = ["shown_name", "email", "username", "role", "language", "is_active", "is_staff", "date_joined"]
    list_filter = ["role", "is_active", "is_staff", "language"]
    search_fields = ["email", "username", "shown_name"]
    ordering = ["-date_joined"]
    readonly_fields = ["public_id", "date_joined", "last_login"]
    inlines = [ConsentInline]
    fieldsets = [
        (None, {"fields": ["shown_name", "email", "username", "password"]}),
        (_("Role"), {"fields": ["role", "is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
        (_("Settings"), {"fields": ["language", "time_zone"]}),
        (_("Record"), {"fields": ["public_id", "date_joined", "last_login"]}),
    ]
    add_fieldsets = [
        (None, {"classes": ["wide"], "fields": ["email", "username", "usable_password", "password1", "password2"]})
    ]
