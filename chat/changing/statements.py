"""The statement that moves the marks of a side: one, because it runs nearly as often as messages are written."""

from typing import Any

# Only forward, never past the newest message; whoever has read something has got it.
_MARK = """
UPDATE chat_side s
SET delivered = greatest(s.delivered, least(%(got)s, c.last_number)),
    read = greatest(s.read, least(%(read)s, c.last_number))
FROM chat_conversation c
WHERE c.id = s.conversation_id AND s.conversation_id = %(conversation)s AND s.person_id = %(person)s
    AND (s.delivered < least(%(got)s, c.last_number) OR s.read < least(%(read)s, c.last_number))
RETURNING s.delivered, s.read
"""


def mark(conversation_id: int, person_id: int, number: int, *, read: bool) -> tuple[str, dict[str, Any]]:
    """Return the statement that says up to which number somebody got messages, or read them too, and what it takes.

    It returns the two marks as they are then, and no row when they were there already.
    """
    up_to = {"got": number, "read": number if read else 0}
    return _MARK, up_to | {"conversation": conversation_id, "person": person_id}
