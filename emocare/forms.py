"""Bricks for forms: one look for every field, one way to say what went wrong."""

import unicodedata
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _


class Renderer(TemplatesSetting):
    field_template_name = "components/field.html"


def is_unreadable(character: str) -> bool:
    """Say whether a character was broken on its way here, or is an invisible one that nobody types."""
    return character == "\ufffd" or (unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t")


class PlainTextField(forms.CharField):
    """Text a person wrote: any language and emoji, but no broken bytes and no invisible control characters.

    Raises ValidationError when a character was not valid UTF-8 on its way here or is a control character.
    """

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")
        if any(map(is_unreadable, text)):
            raise ValidationError(_("Some characters could not be read. Please type them again."), code="unreadable")
        return text


class ForgivingTextField(PlainTextField):
    """The same where nothing may stand in the way of sending: what could not be read is left out."""

    def to_python(self, value: Any) -> str:
        return super().to_python("".join(c for c in str(value or "") if c == "\r" or not is_unreadable(c)))


class FormKeyField(forms.UUIDField):
    """The key of a form, by which its second sending is known; a page never shows again one that cannot be read."""

    widget = forms.HiddenInput

    def bound_data(self, data: Any, initial: Any) -> uuid.UUID:
        try:
            return self.to_python(data) or uuid.uuid4()
        except ValidationError:
            return uuid.uuid4()
