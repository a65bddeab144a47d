"""What Emocare tells people of itself, and the way there: apps of every layer say `tell`, `notifications` does it.

An app lists the kinds of news that it has in its module `notices`, as KINDS.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.conf import settings
from django.db.models import Model, TextChoices
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

NEWS = _("There is something new for you in Emocare")


class How(TextChoices):
    """How a kind of news reaches a person over one channel."""

    NOW = "now", _("At once")
    DIGEST = "digest", _("Once a day, together")
    OFF = "off", _("Not at all")


class Audience(Enum):
    """Who gets a kind of news, and so finds it among the preferences."""

    EVERYBODY = "everybody"
    HELPERS = "helpers"
    PSYCHOLOGISTS = "psychologists"
    CALLED = "called"  # to somebody who needs help now: psychologists, in the end administrators
    ADMINISTRATORS = "administrators"


@dataclass(frozen=True)
class News:
    """One sentence of the inbox and the page it leads to; `arguments` names what of the data the address takes."""

    text: Any
    page: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of news that people can turn on and off.

    `label` says in the preferences what it is; `news` holds its sentences by what happened (`data["what"]`); `outside`
    is all that a letter or a locked screen shows. `safety` means that it is about danger: it cannot be turned off, and
    waits for no morning. `lasts` is after which time it is of no use any more, where it is not kept like the others.
    """

    key: str
    label: Any
    news: Mapping[str, News]
    outside: Any = NEWS
    audience: Audience = Audience.EVERYBODY
    safety: bool = False
    email: How = How.NOW
    push: How = How.NOW
    lasts: timedelta | None = None

    def is_over(self, made_at: datetime, moment: datetime) -> bool:
        """Say whether news of then are of no use any more at a moment."""
        return self.lasts is not None and moment > made_at + self.lasts


def tell(user: Model, kind: str, what: str, *, key: str = "", **data: Any) -> None:
    """Tell somebody that something happened, with the transaction in which it did; `key` names what is told only once.

    `data` are ids that the page's address takes, nothing that anybody wrote.
    """
    import_string(settings.NOTIFY)(user, kind, {"what": what, **data}, key=key)
