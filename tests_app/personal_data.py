"""What the tests keep of people: `accounts.personal.registry` says how to read it."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.personal.registry import INNER, Table
from tests_app.access import answers_in
from tests_app.models import AnswerShare, Invitation, Result, Run, Version
from tests_app.questionnaire import Questionnaire, of
from tests_app.results import wording
from tests_app.safety import plan

ROW = {"id": INNER, "public_id": INNER}
OTHERS = "It is another person's."
STEPS = tuple(step.field for step in plan.STEPS)


def _known(person: User, column: str, key: int) -> Questionnaire:
    """Return the test of a version or of an instrument; each is read once for all rows of a download."""
    known = person.__dict__.setdefault("_tests_read", {})
    if (column, key) not in known:
        versions = Version.objects.filter(**{column: key}).defer("content")
        known[column, key] = of(versions.order_by("number").last())
    return known[column, key]


def _test(taken: Run | Result, person: User) -> Questionnaire:
    return _known(person, "pk", taken.version_id)


def _name(taken: Run | Result, person: User) -> str:
    return _test(taken, person).name


def _key(taken: Run | Result, person: User) -> str:
    return _test(taken, person).key


def _number(taken: Run | Result, person: User) -> int:
    return _test(taken, person).number


def _number_in_words(taken: Run | Result, person: User) -> str:
    return str(_number(taken, person))


def _given(taken: Run | Result, person: User) -> list[wording.Given]:
    return wording.given(_test(taken, person), answers_in(taken))


def _answers(taken: Run | Result, person: User) -> list[dict[str, Any]]:
    return [
        {"id": one.item.id, "question": one.item.text, "value": one.value, "answer": one.answer}
        for one in _given(taken, person)
    ]


def _answers_in_words(taken: Run | Result, person: User) -> str:
    lines = format_html_join("", "<li>{} <b>{}</b></li>", ((g.item.text, g.answer) for g in _given(taken, person)))
    return format_html("<ol>{}</ol>", lines) if lines else ""


def _band(result: Result, person: User) -> str:
    band = _test(result, person).band_of(result.band)
    return band.label if band else ""


def _parts(result: Result, person: User) -> str:
    return "; ".join(wording.parts_in_words(_test(result, person), result.parts))


def _asked_for(invitation: Invitation, person: User) -> str:
    return _known(person, "instrument", invitation.instrument_id).name


def _asked_for_key(invitation: Invitation, person: User) -> str:
    return _known(person, "instrument", invitation.instrument_id).key


def _helper(row: AnswerShare | Invitation, person: User) -> str:
    return str(row.assignment.helper)


_OF_TEST = {"instrument": pgettext_lazy("a column", "Test"), "version": pgettext_lazy("a column", "Version")}
_TAKEN_DATA = {"instrument": _key, "version": _number, "answers": _answers}
_TAKEN_SHOWN = {"instrument": _name, "version": _number_in_words, "answers": _answers_in_words}

TABLES = [
    Table(
        name="test_results",
        model="tests_app.Result",
        person="owner",
        title=_("Results of tests"),
        fields=(
            "instrument",
            "finished_at",
            "score",
            "band",
            "parts",
            "answers",
            "version",
            "language",
            "started_at",
            "hidden",
            "safety_passed_at",
            "public_id",
        ),
        inner=("public_id",),
        hidden={"id": INNER, "owner": INNER},
        joined=(),
        corrected_at={"share_result": ("hidden",)},
        fixed="A result is what was answered on that day: it can be deleted, and the test taken again.",
        words={
            **_OF_TEST,
            "finished_at": pgettext_lazy("a column", "Finished"),
            "parts": pgettext_lazy("a column", "Parts of the test"),
            "language": pgettext_lazy("a column", "Language"),
            "hidden": pgettext_lazy("a column", "Hidden from helpers"),
            "safety_passed_at": pgettext_lazy("a column", "Shown to you"),
        },
        as_data=_TAKEN_DATA,
        shown={**_TAKEN_SHOWN, "band": _band, "parts": _parts},
    ),
    Table(
        name="test_runs",
        model="tests_app.Run",
        person="owner",
        title=_("Tests that you began and did not finish"),
        fields=("instrument", "answers", "version", "started_at", "updated_at", "public_id"),
        inner=("public_id",),
        hidden={"id": INNER, "owner": INNER},
        joined=(),
        corrected_at={"take_test": ("answers",)},
        fixed="It says which test was begun, and when.",
        words=_OF_TEST,
        as_data=_TAKEN_DATA,
        shown=_TAKEN_SHOWN,
    ),
    Table(
        name="taking_style",
        model="tests_app.TakingStyle",
        person="owner",
        title=_("How you like to answer tests"),
        fields=("layout",),
        hidden={"owner": INNER},
        corrected_at={"take_test": ("layout",)},
        words={"layout": pgettext_lazy("a column", "Questions on a page")},
    ),
    Table(
        name="answers_shown",
        model="tests_app.AnswerShare",
        person="result__owner",
        title=_("To whom you show single answers of tests"),
        fields=("result", "assignment", "shared_at"),
        inner=("result",),
        hidden={"id": INNER},
        joined=("result", "assignment__helper"),
        others={"assignment__helper": "a table of its own below"},
        fixed="The page of the result shows the answers to somebody or takes it back; this says since when.",
        words={
            "result": pgettext_lazy("a column", "Result"),
            "assignment": pgettext_lazy("a column", "Helper"),
            "shared_at": pgettext_lazy("a column", "Shown since"),
        },
        as_data={"assignment": _helper},
        shown={"assignment": _helper},
    ),
    Table(
        name="answers_shown_to_you",
        model="tests_app.AnswerShare",
        person="assignment__helper",
        title=_("When single answers of tests were shown to you"),
        fields=("shared_at",),
        hidden={"id": INNER, "result": OTHERS, "assignment": OTHERS},
        fixed="It says when it was.",
        words={"shared_at": pgettext_lazy("a column", "Shown since")},
    ),
    Table(
        name="test_invitations",
        model="tests_app.Invitation",
        person="assignment__user",
        title=_("Tests that you were asked to take"),
        fields=("instrument", "assignment", "due_on", "state", "asked_at", "answered_at", "result", "public_id"),
        inner=("result", "public_id"),
        hidden={"id": INNER},
        joined=("assignment__helper", "result"),
        others={"assignment__helper": "a table of its own below"},
        fixed="The psychologist wrote it; taking the test or declining answers it.",
        words={
            **_OF_TEST,
            "assignment": pgettext_lazy("a column", "Helper"),
            "answered_at": pgettext_lazy("a column", "Answered"),
            "result": pgettext_lazy("a column", "Result"),
        },
        as_data={"instrument": _asked_for_key, "assignment": _helper},
        shown={"instrument": _asked_for, "assignment": _helper},
    ),
    Table(
        name="tests_asked_for",
        model="tests_app.Invitation",
        person="assignment__helper",
        title=_("Tests that you asked others to take"),
        fields=("instrument", "due_on", "state", "asked_at", "answered_at"),
        hidden={**ROW, "assignment": OTHERS, "result": OTHERS},
        joined=(),
        fixed="It was written down when it was asked and answered.",
        words={
            **_OF_TEST,
            "answered_at": pgettext_lazy("a column", "Answered"),
        },
        as_data={"instrument": _asked_for_key},
        shown={"instrument": _asked_for},
    ),
    Table(
        name="safety_plan",
        model="tests_app.SafetyPlan",
        person="owner",
        title=_("Your safety plan"),
        fields=(*STEPS, "created_at", "updated_at"),
        hidden={**ROW, "owner": INNER},
        corrected_at={"edit_safety_plan": STEPS},
        fixed="It says when it was written.",
        words={step.field: step.title for step in plan.STEPS},
    ),
]
