from axes.apps import AppConfig as AxesAppConfig
from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.utils.translation import gettext_lazy as _

from emocare import reports


class EmocareConfig(AppConfig):
    name = "emocare"
    verbose_name = "Emocare"

    def ready(self) -> None:
        if settings.SENTRY_DSN:
            reports.start(settings.SENTRY_DSN)


class AxesConfig(AxesAppConfig):
    verbose_name = _("Failed sign-ins")


class AdminConfig(DjangoAdminConfig):
    default_site = "accounts.admin_site.AdminSite"
