"""The kinds of second factors, in the order in which they are offered."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device
from django_otp.plugins.otp_email.models import EmailDevice
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential


class Kind(models.TextChoices):
    AUTHENTICATOR = "authenticator", _("Code of an authenticator app")
    PASSKEY = "passkey", _("Passkey")
    EMAIL = "email", _("Code by e-mail")
    CODES = "codes", _("Spare codes")


MODELS: dict[Kind, type[Device]] = {
    Kind.AUTHENTICATOR: TOTPDevice,
    Kind.PASSKEY: WebAuthnCredential,
    Kind.EMAIL: EmailDevice,
    Kind.CODES: StaticDevice,
}
# Spare codes are for the day when another factor is not at hand; alone they would run out.
OF_THEIR_OWN = (Kind.AUTHENTICATOR, Kind.PASSKEY, Kind.EMAIL)
