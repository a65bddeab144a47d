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


class PlainTextField(forms.CharField):
    """Text a person wrote: any language and emoji, but no broken bytes and no invisible control characters.

    Raises ValidationError when a character was not valid UTF-8 on its way here or is a control character.
    """

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")
        if any(c == "\ufffd" or (unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t") for c in text):
            raise ValidationError(_("Some characters could not be read. Please type them again."), code="unreadable")
        return text


class FormKeyField(forms.UUIDField):
    """The key of a form, by which its second sending is known; a page never shows again one that cannot be read."""

    widget = forms.HiddenInput

    def bound_data(self, data: Any, initial: Any) -> uuid.UUID:
        try:
            return self.to_python(data) or uuid.uuid4()
        except ValidationError:
            return uuid.uuid4()
