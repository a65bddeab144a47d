"""Whether a content is an instrument that Emocare can ask, score and show; and what is wrong, in words for a person.

`read` makes a content of a file's bytes, `check` says what is wrong with a content. Both hold for the files that come
with Emocare and for those that administrators bring.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from tests_app.checking import form, rules, texts
from tests_app.checking.places import Problem, Unreadable
from tests_app.checking.reading import read
from tests_app.questionnaire import read as read_content

__all__ = ["Problem", "Unreadable", "check", "read"]
MOST = 50  # problems that are told at once


def check(content: Any, known: Iterable[str] = ()) -> list[Problem]:
    """Return what is wrong with a content, by its place; nothing when it can be published.

    `known` are the keys of the other instruments, which bands may offer.
    """
    problems = _first(texts.problems(content)) or _first(form.problems(content))
    if not problems:
        problems = _first(rules.problems(read_content(content), {*known}))
    if len(problems) > MOST:
        problems[MOST:] = [Problem("", _("There is more that is wrong; mend this first."))]
    return problems


def _first(problems: Iterable[Problem]) -> list[Problem]:
    return list(islice(_unlike(problems), MOST + 1))


def _unlike(problems: Iterable[Problem]) -> Iterator[Problem]:
    told: set[Problem] = set()
    for problem in problems:
        if problem not in told:
            told.add(problem)
            yield problem
