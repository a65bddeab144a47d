"""Sending a picture, a file or a voice message; it works the same without JavaScript."""

import re
import uuid
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chat.attachments import checking
from chat.attachments.choices import MAX_BYTES, MOST_BARS, Carried
from chat.choices import LONGEST
from chat.conversations.forms import AnyKeyField
from emocare.forms import ForgivingTextField

TAKEN = ".jpg,.jpeg,.png,.webp,.pdf,.txt,.docx,.odt,.mp3,.m4a,.ogg,.opus,.weba,.wav,.flac"
WAVEFORM = re.compile(rf"(?:[0-9a-f]{{2}}){{0,{MOST_BARS}}}")
CHOOSE = _("Choose a picture or a file first.")
DESCRIBE = _("Write what can be seen in the picture, even in two words: whoever does not see well has only these.")
TOO_LONG = _("These words are too long: 4,000 characters fit.")


class DescriptionField(ForgivingTextField):
    """What somebody else cannot see or hear; what came decides whether there must be one."""

    def validate(self, value: Any) -> None:
        """Leave it to the form."""


class AttachForm(forms.Form):
    """A picture, a file or a voice message, what can be seen or heard in it, and words with it."""

    use_required_attribute = False
    most = MAX_BYTES
    file = forms.FileField(
        label=pgettext_lazy("with a message", "Picture, file or sound"),
        help_text=_(
            "A picture, PDF, text, DOCX, ODT or sound, up to 10 MB. Place and camera are taken out of pictures; other "
            "files go as they are, and nobody checks them for viruses. Sound of up to three minutes is a voice message."
        ),
        widget=forms.FileInput(attrs={"accept": TAKEN}),
        allow_empty_file=True,  # said by us, in the same place as the rest
        error_messages={"required": CHOOSE, "invalid": CHOOSE, "missing": CHOOSE},
    )
    description = DescriptionField(
        label=_("What can be seen or heard in it?"),
        max_length=LONGEST,
        help_text=_(
            "A picture needs this: whoever does not see well has only these words. With a voice message write what you "
            "say, for whoever does not hear; without it the other side is told that there is no text."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TOO_LONG},
    )
    words = ForgivingTextField(
        label=_("Words with it"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TOO_LONG},
    )
    waveform = forms.CharField(required=False, widget=forms.HiddenInput)  # that the recorder heard
    form_key = AnyKeyField(widget=forms.HiddenInput(attrs={"id": "attach_form_key"}))

    def __init__(self, data: Any = None, files: Any = None):
        super().__init__(data, files, initial={"form_key": uuid.uuid4()})

    def clean_file(self) -> checking.Checked:
        return checking.clean(self.cleaned_data["file"])

    def clean(self) -> dict[str, Any]:
        """Ask for the description of a picture; give a voice message its waveform, where it is one."""
        answers = dict(self.cleaned_data)
        drawn, checked = answers.pop("waveform", ""), answers.get("file")
        if checked and checked.kind == Carried.PICTURE and answers.get("description") == "":
            self.add_error("description", DESCRIBE)
        if checked and checked.kind == Carried.VOICE and WAVEFORM.fullmatch(drawn):
            answers["file"] = replace(checked, waveform=drawn)
        return answers

    def begin_anew(self) -> None:
        """Take another key: what is sent next is another message."""
        self.data = self.data.copy()
        self.data["form_key"] = str(uuid.uuid4())
