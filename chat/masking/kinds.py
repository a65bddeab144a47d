"""What is masked, and what stands in its place."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Hidden(models.TextChoices):
    """What leads to a person outside Emocare; the words that stand in its place."""

    PHONE = "phone", _("••• (phone number: hidden until you both agree)")
    CARD = "card", _("••• (card number: hidden until you both agree)")
    IIN = "iin", _("••• (IIN: hidden until you both agree)")
    EMAIL = "email", _("••• (e-mail address: hidden until you both agree)")
    ADDRESS = "address", _("••• (address: hidden until you both agree)")
    MESSENGER = "messenger", _("••• (name in another service: hidden until you both agree)")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text that is masked: text[start:end]."""

    start: int
    end: int
    kind: Hidden
