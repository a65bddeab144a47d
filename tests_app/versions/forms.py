"""The form by which administrators bring an instrument."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tests_app.checking import Problem, Unreadable, read
from tests_app.checking.reading import LARGEST


class ImportForm(forms.Form):
    """A JSON file with one instrument; `cleaned_data["file"]` is what it says."""

    file = forms.FileField(
        label=gettext_lazy("File with a test"),
        help_text=gettext_lazy("JSON in UTF-8, at most 1 MB. The test is kept as a draft: nobody sees it yet."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )

    def clean_file(self) -> Any:
        """Read the file, unless its size alone says that it is none of ours."""
        upload: UploadedFile = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise ValidationError(_("The file is larger than 1 MB."))
        try:
            return read(upload.read())
        except Unreadable as error:
            raise ValidationError(str(error)) from error

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Say beside the field what is wrong with the content, each with its place."""
        self.add_error("file", [_line(problem) for problem in problems])


def _line(problem: Problem) -> str:
    return format_html("<code>{}</code>: {}", problem.place, problem.words) if problem.place else problem.words
