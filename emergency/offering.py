"""What is offered to somebody in whose words the risk check found something: lines, and who would read a request."""

from typing import Any

from accounts.kin import age
from accounts.models import User
from emergency import access, helplines
from emergency.choices import Source
from emergency.heeding import Noticed
from emergency.risk.levels import Kind, Level

# Who answers first, by what the words are about; the children's line for children too.
LINES = {
    Kind.ABUSE: ("111", "102", "150"),
    Kind.CHILD: ("111", "102", "150"),
    Kind.THREAT: ("150",),
    Kind.SOMEONE_ELSE: ("150", "103"),
}
TO_TALK = ("150", "111")
DANGER = "112"


def card(user: User, noticed: Noticed) -> dict[str, Any]:
    """Return what templates/emergency/_heeded.html shows."""
    child = not age.is_adult(user)
    known = {line.key: line for line in helplines.to_talk()}
    keys = [*(["111"] if child else []), *LINES.get(noticed.kind, TO_TALK)]
    if noticed.level == Level.HIGH:
        keys.append(DANGER)
    asked = access.current(user, Source.WORDS)
    urgent = noticed.level >= Level.HIGH
    return {
        "noticed": noticed,
        "child": child,
        "danger": known[DANGER] if noticed.level == Level.IMMINENT else None,
        "lines": [known[key] for key in dict.fromkeys(keys) if key in known],
        "in_writing": helplines.in_writing(),
        "asked": asked if asked and asked.to_helpers and asked.level >= noticed.level else None,
        "readers": access.readers_for(user),
        "urgent": urgent,
        "later": noticed.level < Level.IMMINENT,
        "asked_now": access.request_of(user) if urgent else None,
    }
