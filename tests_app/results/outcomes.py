"""What came out of a test, as pages, paper and helpers are shown it; nothing here asks the database."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tests_app.choices import Kind, TextStatus
from tests_app.models import Result
from tests_app.questionnaire import Answers, Band, Questionnaire, band_in, of, say
from tests_app.results import sentences
from tests_app.scoring import Figure, Outcome, outcome_of


@dataclass(frozen=True)
class Reading:
    """A score on its scale; `name` is that of a subscale, and empty for the whole."""

    figure: Figure
    bands: tuple[Band, ...]
    lowest: int
    highest: int
    name: str = ""

    @property
    def score(self) -> int | None:
        return self.figure.score

    @property
    def band(self) -> Band | None:
        return band_in(self.bands, self.figure.band)

    @property
    def score_in_words(self) -> str:
        return sentences.score(self.score, self.lowest, self.highest)

    @property
    def place_in_words(self) -> str:
        return sentences.place(self.score, self.lowest, self.highest, self.bands, self.band)


@dataclass(frozen=True)
class Answered:
    """A question that was asked, and the words it was answered with."""

    question: str
    answer: str


@dataclass(frozen=True)
class Shown:
    """An outcome in words; `answers` only where the reader may see them."""

    questionnaire: Questionnaire
    outcome: Outcome
    answers: Answers | None = None
    language: str = ""  # in which it was answered; the active one where it is not told

    @cached_property
    def whole(self) -> Reading | None:
        """Return the score on its scale; nothing for a profile, which has none."""
        scoring = self.questionnaire.scoring
        if scoring.method == "profile":
            return None
        figure = Figure(self.outcome.score, self.outcome.band)
        return Reading(figure, self.questionnaire.bands, scoring.lowest, scoring.highest)

    @cached_property
    def parts(self) -> list[Reading]:
        """Return the subscales, each on a scale of its own."""
        return [
            Reading(
                self.outcome.parts.get(part.code, Figure(None, "")),
                part.bands,
                min(band.low for band in part.bands),
                max(band.high for band in part.bands),
                part.name,
            )
            for part in self.questionnaire.scoring.parts
        ]

    @property
    def band(self) -> Band | None:
        return self.whole.band if self.whole else None

    @property
    def direction(self) -> str:
        return sentences.direction(self.questionnaire)

    @property
    def limits(self) -> list[str]:
        """Say what the result does not mean: in the words of the test, and of a self-check always that it is one."""
        own, known = self.questionnaire.said("limits"), sentences.nature(self.questionnaire)
        said = [known, own] if self.questionnaire.kind == Kind.SELF_CHECK or not own else [own]
        return [text for text in said if text]

    @cached_property
    def left_out(self) -> list[str]:
        """Return the questions that would count and have no answer."""
        known = self.questionnaire.by_id
        return [known[key].text for key in self.outcome.left_out]

    @property
    def left_out_in_words(self) -> str:
        """Say what follows from the questions without an answer; a profile has no score that could lack them."""
        return sentences.left_out(len(self.left_out), self.outcome.score is not None) if self.whole else ""

    @cached_property
    def answered(self) -> list[Answered]:
        """Return what was asked and answered, in the order of the test."""
        if self.answers is None:
            return []
        found = self.questionnaire.answered(self.answers)
        return [Answered(item.text, words or _("no answer")) for item, words in found]

    @property
    def text_status(self) -> str:
        """Say how far the text that was answered can be relied on."""
        return TextStatus(self._status["status"]).label

    @property
    def text_note(self) -> str:
        """Return what there is to know of the text, beyond its status, where it is not the official one."""
        note = self._status.get("note", "")
        if self._status["status"] == TextStatus.OFFICIAL:
            return ""
        return note if isinstance(note, str) else say(note)

    @property
    def note_language(self) -> str:
        """Return the language of the note: some have it in English alone."""
        return "en" if isinstance(self._status.get("note", ""), str) else get_language() or "kk"

    @property
    def _status(self) -> dict:
        return self.questionnaire.content["text_status"][self.language or get_language() or "kk"]


def again_on(questionnaire: Questionnaire, finished_at: datetime) -> date:
    """Return from which day on taking the test again says something new."""
    return timezone.localdate(finished_at) + timedelta(days=questionnaire.retest_days)


def stored(result: Result, answers: Answers) -> Outcome:
    """Return the outcome that a result holds: score and bands as they were told, the rest from its answers."""
    told = kept(result)
    return replace(outcome_of(of(result.version), answers), score=told.score, band=told.band, parts=told.parts)


def kept(result: Result) -> Outcome:
    """Return what a result holds without its answers, which stay closed."""
    parts = {code: Figure(part["score"], part["band"]) for code, part in result.parts.items()}
    return Outcome(result.score, result.band, parts)
