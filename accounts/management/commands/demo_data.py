from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.module_loading import import_string
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import demo, services
from accounts.choices import Role
from accounts.models import User

# Each app adds what its pages need to show something; run in this order after the accounts exist.
LOADERS = ["accounts.training.demo.load", "accounts.helping.demo.load", "tracker.demo.load", "tests_app.demo.load"]
LOADERS += ["notifications.demo.load", "emergency.duty.demo.load", "chat.demo.load"]


class Command(BaseCommand):
    help = "Load the demonstration accounts and data; a second run changes nothing. Refused in production."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("Production has no demonstration data.")
        for name, shown_name, role in demo.PEOPLE:
            self._person(name, shown_name, role)
        for loader in LOADERS:
            import_string(loader)()

    def _person(self, name: str, shown_name: str, role: Role) -> None:
        email = f"{name}@{demo.DOMAIN}"
        if User.objects.filter(email=email).exists():
            return
        administrator = name in demo.ADMINISTRATORS
        user = User.objects.create_user(
            email=email,
            password=demo.PASSWORD,
            shown_name=shown_name,
            role=role,
            is_staff=administrator,
            is_superuser=administrator,
        )
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        services.complete_sign_up(user=user, language=user.language)
        if name in demo.WITH_SECOND_FACTOR:
            TOTPDevice.objects.create(user=user, key=demo.totp_key(email))
