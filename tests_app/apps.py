from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TestsAppConfig(AppConfig):
    name = "tests_app"
    label = "tests_app"
    verbose_name = _("Psychological tests")
