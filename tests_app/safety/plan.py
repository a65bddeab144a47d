"""The steps of the safety plan, in our own words.

They follow Stanley and Brown, Safety Planning Intervention, Cognitive and Behavioral Practice 2012;19:256-264. The plan
is a person's own help, no contract; examples name nothing that can hurt.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from emergency import helplines
from tests_app.models import SafetyPlan


@dataclass(frozen=True)
class Step:
    """One step: its address, its column, its title, what to think about, and gentle examples."""

    slug: str
    field: str
    title: Any
    help: Any
    examples: Any


STEPS = (
    Step(
        "signs",
        "warning_signs",
        _("How I notice that a hard time begins"),
        _("Thoughts, feelings, what your body tells you, what you do or stop doing."),
        _("For example: I sleep badly, I do not answer messages, I think that I am a burden to everybody."),
    ),
    Step(
        "alone",
        "own_ways",
        _("What I can do by myself"),
        _("What has helped before, if only a little, without anybody else."),
        _("For example: tea, a warm shower, slow breathing, music, a walk, a prayer, stroking the cat."),
    ),
    Step(
        "distraction",
        "distractions",
        _("Places and people that take my mind off it"),
        _("You need not talk about what is hard there."),
        _("For example: my sister's kitchen, the park, the library, a video call with a friend, a community."),
    ),
    Step(
        "people",
        "people",
        _("People whom I can ask for help"),
        _("To whom can you say that it is very hard now? Write down how to reach them."),
        _("For example: my mother; a friend with whom I can be honest; a neighbour who comes at once."),
    ),
    Step(
        "professionals",
        "professionals",
        _("Professionals and lines"),
        _("Doctor, psychologist, lines that answer. With telephone numbers, so that you need not search."),
        _("For example: my psychologist; the clinic; 112 when there is danger to life."),
    ),
    Step(
        "surroundings",
        "safer_place",
        _("How I make my surroundings safer"),
        _("What should not be near you in a hard hour, and who can keep it for you? You need not name it here."),
        _("For example: my brother keeps it for me; I go where other people are; I do not stay alone in the evening."),
    ),
    Step(
        "reasons",
        "reasons",
        _("What is worth living for"),
        _("People, animals, plans, faith, small things that you look forward to."),
        _("For example: my children; spring in the steppe; the book that I have not finished; my mother's laughter."),
    ),
)
BY_SLUG = {step.slug: step for step in STEPS}


@dataclass(frozen=True)
class Written:
    """A step and what the person wrote there."""

    step: Step
    text: str


def read(plan: SafetyPlan | None) -> list[Written]:
    """Return every step with its words."""
    return [Written(step, getattr(plan, step.field) if plan else "") for step in STEPS]


def after(step: Step) -> Step | None:
    """Return the next step."""
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else None


def with_our_lines(text: str) -> str:
    """Return the text with the lines of Emocare added, those that stand there already left out."""
    lines = [f"{line.number}: {line.calm_purpose}" for line in helplines.to_talk()]
    return "\n".join([*([text.rstrip()] if text.strip() else []), *(line for line in lines if line not in text)])
