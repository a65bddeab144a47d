from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class EmocareConfig(AppConfig):
    name = "emocare"
    verbose_name = "Emocare"


class AdminConfig(DjangoAdminConfig):
    default_site = "accounts.admin_site.AdminSite"
