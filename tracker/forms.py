"""Recording a mood: by one press, or with feelings, causes, a note and another moment; writing in the journal."""

import re
import uuid
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from emocare.forms import FormKeyField, PlainTextField
from tracker.choices import Level, WordKind
from tracker.models import Draft, MoodEntry
from tracker.periods import Span
from tracker.prompts import PROMPTS
from tracker.words import Vocabulary

NOTE_LENGTH = 5000
JOURNAL_LENGTH = 20_000
OWN_WORD_LENGTH = 40
OWN_WORDS_AT_ONCE = 5
EARLIEST = datetime(2000, 1, 1)
CLOCK_SLACK = timedelta(minutes=5)  # a phone's clock may run ahead of ours
LONGEST_WAIT = timedelta(days=90)  # of an entry that waited in a browser for the network
PROMPT_CHOICES = [("", ""), *PROMPTS.items()]
LEVEL_ERRORS = {
    "required": _("Choose one of the five moods."),
    "invalid_choice": _("Choose one of the five moods."),
}


class CodesField(forms.MultipleChoiceField):
    """Words to tick; one that the person removed since the form was shown is left out."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        return [code for code in super().to_python(value) if self.valid_value(code)]


class OwnWordsField(PlainTextField):
    """Words of one's own, with commas between them."""

    def clean(self, value: Any) -> list[str]:
        words = [" ".join(word.split()) for word in re.split(r"[,;\n]", super().clean(value))]
        words = list(dict.fromkeys(word for word in words if word))
        if len(words) > OWN_WORDS_AT_ONCE:
            raise ValidationError(
                ngettext_lazy("Add %(most)d word at once.", "Add at most %(most)d words at once.", OWN_WORDS_AT_ONCE),
                code="many",
                params={"most": OWN_WORDS_AT_ONCE},
            )
        if any(len(word) > OWN_WORD_LENGTH for word in words):
            raise ValidationError(
                _("A word can have at most %(most)d letters."), code="long", params={"most": OWN_WORD_LENGTH}
            )
        return words


class MoodForm(forms.Form):
    """The five levels, and what one may add. A missing moment means now."""

    level = forms.TypedChoiceField(
        label=_("How do you feel?"),
        coerce=int,
        choices=Level.choices,
        error_messages=LEVEL_ERRORS,
        widget=forms.RadioSelect,
    )
    feelings = CodesField(label=_("What do you feel?"), required=False)
    own_feelings = OwnWordsField(
        label=_("In your own words"),
        required=False,
        max_length=300,
        help_text=_("Put commas between several. They will be on the list next time."),
    )
    causes = CodesField(label=_("What may it come from?"), required=False)
    own_causes = OwnWordsField(
        label=_("Something else"),
        required=False,
        max_length=300,
        help_text=_("Put commas between several. They will be on the list next time."),
    )
    note = PlainTextField(
        label=_("Note"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only you can read it, and whom you allow to."),
    )
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    time = forms.TimeField(
        label=_("Time"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    form_key = FormKeyField(required=False)
    # How many seconds ago it was sent on its way, by a browser that waited for the network; its clock may be wrong.
    age = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    kept: datetime | None = None  # the moment of the entry that is edited

    def __init__(self, *args: Any, words: Vocabulary | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.words = words or Vocabulary(None)
        for name, kind in (("feelings", WordKind.FEELING), ("causes", WordKind.CAUSE)):
            self.fields[name].choices = partial(self._choices, kind)  # read only when a form shows or checks them

    @classmethod
    def blank(cls, words: Vocabulary | None = None, day: date | None = None) -> "MoodForm":
        """Return a form for a new entry; its key makes a second sending harmless."""
        return cls(initial={"form_key": uuid.uuid4(), "day": day}, words=words)

    @classmethod
    def of(cls, entry: MoodEntry, words: Vocabulary, data: QueryDict | None = None) -> "MoodForm":
        """Return a form filled with an entry; a day and time that are sent as they were shown keep its exact moment."""
        moment = timezone.localtime(entry.felt_at)
        minute = moment.time().replace(second=0, microsecond=0)
        initial = {"level": entry.level, "note": entry.note, "day": moment.date(), "time": minute}
        form = cls(data, initial=initial | {"feelings": entry.feelings, "causes": entry.causes}, words=words)
        if entry.level is None or len(entry.note) > NOTE_LENGTH:  # words of the journal
            form.fields["note"].max_length = JOURNAL_LENGTH
            form.fields["note"].validators = PlainTextField(max_length=JOURNAL_LENGTH).validators
            form.fields["note"].widget.attrs |= {"rows": 10, "maxlength": JOURNAL_LENGTH}
        form.fields["level"].required = entry.level is not None
        form.kept = entry.felt_at
        return form

    def _choices(self, kind: WordKind) -> list[tuple[str, str]]:
        return [(word.code, word.label) for word in self.words.to_choose(kind)]

    def clean_level(self) -> int | None:
        return self.cleaned_data["level"] or None

    def clean_form_key(self) -> uuid.UUID:
        return self.cleaned_data["form_key"] or uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for hidden in {"form_key", "age", "prompt"} & self.fields.keys():
            if self.errors.pop(hidden, None):  # nobody can correct a hidden field
                self.add_error(
                    None, ValidationError(_("This form has grown old. Please send it once more."), code=hidden)
                )
        if not self.fields["level"].required and not cleaned.get("level") and not cleaned.get("note"):
            self.add_error("note", ValidationError(_("Write something, or choose a mood."), code="empty"))
        for name, kind in (("own_feelings", WordKind.FEELING), ("own_causes", WordKind.CAUSE)):
            if cleaned.get(name) and not self.words.has_room_for(kind, cleaned[name]):
                full = _(
                    "Your list of own words is full. Remove one that you do not need any more, or write it in the note."
                )
                self.add_error(name, ValidationError(full, code="full"))
        if not {"day", "time"} & self.errors.keys():
            moved = self.kept is None or {"day", "time"} & set(self.changed_data)
            cleaned["felt_at"] = self._moment(cleaned.get("day"), cleaned.get("time")) if moved else self.kept
        return cleaned

    def content(self) -> dict[str, Any]:
        """Return what the person wrote, as `services.record_mood` and `services.change_mood` take it."""
        names = ("level", "note", "felt_at", "feelings", "causes", "own_feelings", "own_causes")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def _waited(self) -> timedelta:
        """Return how long it waited for the network."""
        return timedelta(seconds=min(self.cleaned_data.get("age") or 0, int(LONGEST_WAIT.total_seconds())))

    def _moment(self, day: Any, time: Any) -> datetime | None:
        now = timezone.now()
        if day is None and time is None:
            return now - self._waited()
        local, sent = timezone.localtime(now), timezone.localtime(now - self._waited())
        naive = datetime.combine(day or sent.date(), time or sent.time().replace(second=0, microsecond=0))
        moment = timezone.make_aware(naive)
        if naive < EARLIEST:
            self.add_error("day", ValidationError(_("This day is too long ago."), code="past"))
        # Where clocks change, an hour is missing or comes twice: a moment is refused only if neither reading has come.
        elif naive > local.replace(tzinfo=None) + CLOCK_SLACK and moment > now + CLOCK_SLACK:
            field = "day" if naive.date() > local.date() else "time"
            self.add_error(field, ValidationError(_("This moment has not come yet."), code="future"))
        else:
            return min(moment, now)
        return None


class JournalForm(MoodForm):
    """Words of the journal, with or without a mood, perhaps as an answer to a prompt."""

    field_order = ("note", "level")
    prompt = forms.ChoiceField(required=False, choices=PROMPT_CHOICES, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["level"].required = False
        self.fields["note"] = PlainTextField(
            label=_("Your words"),
            max_length=JOURNAL_LENGTH,
            widget=forms.Textarea(attrs={"rows": 12}),
            help_text=_("Only you can read it, and whom you allow to. It is kept encrypted."),
            error_messages={"required": _("Write something first, even one word.")},
        )

    @classmethod
    def begin(cls, words: Vocabulary, draft: Draft | None, prompt: str) -> "JournalForm":
        """Return a form that goes on with the draft, or a blank one, with this prompt if there is such a one."""
        prompt = prompt if prompt in PROMPTS else draft.prompt if draft else ""
        written = {"note": draft.text, "form_key": draft.form_key} if draft else {"form_key": uuid.uuid4()}
        return cls(initial=written | {"prompt": prompt}, words=words)

    @classmethod
    def turn(cls, words: Vocabulary, written: QueryDict, prompt: str) -> "JournalForm":
        """Return the form with what is written so far and another prompt; nothing of it is checked yet."""
        kept = {name: written.get(name, "") for name in ("note", "level", "form_key")}
        return cls(initial=kept | {"prompt": prompt if prompt in PROMPTS else ""}, words=words)

    def content(self) -> dict[str, Any]:
        return super().content() | {"prompt": self.cleaned_data["prompt"]}


class DraftForm(forms.Form):
    """What somebody is writing: any part of it, without a demand that it be complete."""

    note = PlainTextField(required=False, max_length=JOURNAL_LENGTH)
    form_key = FormKeyField()
    prompt = forms.ChoiceField(required=False, choices=PROMPT_CHOICES)

    def content(self) -> dict[str, Any]:
        """Return it as `services.save_draft` takes it."""
        return {
            "text": self.cleaned_data["note"],
            "form_key": self.cleaned_data["form_key"],
            "prompt": self.cleaned_data["prompt"],
        }


class SearchForm(forms.Form):
    """Looking for words in one's own journal; sent by POST, so that no address tells what somebody looked for."""

    words = PlainTextField(
        label=_("Search in your entries"), max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )


class PeriodForm(forms.Form):
    """A period in an address; what cannot be read there is this week, or today."""

    span = forms.ChoiceField(label=_("Period"), choices=Span.choices, initial=Span.MONTH, required=False)
    day = forms.DateField(required=False, widget=forms.HiddenInput)
    notes = forms.BooleanField(label=_("With my notes"), required=False)

    def period(self) -> tuple[Span, date]:
        """Return what kind of period, and a day in it that is not in the future."""
        self.is_valid()
        today = timezone.localdate()
        day = self.cleaned_data.get("day") or today
        span = self.cleaned_data.get("span") or Span.WEEK
        return Span(span), min(max(day, EARLIEST.date()), today)

    @property
    def with_notes(self) -> bool:
        self.is_valid()
        return self.cleaned_data.get("notes", False)
