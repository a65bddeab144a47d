"""What goes over the socket of a conversation, as JSON; the page makes the same of it as the server's templates.

From the page, by `do`:
  send       id (a UUID of the page's own), text, reply (a number or nothing)  → sent, or error with the id
  since      number: what came after it                                         → messages
  got, read  number: up to which it came, and was seen
  typing     on (a boolean)
  draft      text: what is being written, while both wish to see it               → an error where they do not
The address may end with ?language=ru, the language of the page; else that of the person counts.
To the page, by `type`:
  open       last (number), got, read (of the other side), here (a boolean), can_write; first, and again whenever
             something may have been missed: the page then asks `since` its own last number
  message    number, mine, text, at (ISO 8601, UTC), reply, edited, deleted, reactions ({what: count}),
             attachment (left out where it carries none): kind (picture, file, voice), name (of a file), description,
             address (below that of the conversation's page), size (bytes), width and height (px, of a picture),
             seconds and waveform (numbers from 0 to 255, of a voice message). Only an HTTP form sends one
             hidden (of one's own: the other side sees it masked), level (for the helper alone: of the risk check)
  messages   messages (a list of the above without `type`), more (a boolean)
  sent       id, number, at
  changed    a message that was changed, as above
  marks      got, read: up to which number it came to the other side, and was seen there
  draft      text: what the other side is writing now; empty: nothing
  typing     on; here: on: what the other side lets one see
  offer      level, kind: what was just written may tell of danger; the page shows help
  over       this socket ends; why: ended, blocked, signed_out. A close follows
  error      code, words (in the language of the page), id (of what was sent, where there is one). Codes: unreadable,
             unknown, too_large, no_such (number), old (a mark before one that is there: nothing to show), words (none
             or too many), not_agreed (no draft is shown any more), closed, other_words (the id was used), slow (wait
             a little), again (try again)
`message` and `sent` of one socket come in the order of their numbers; a page that sees a number left out asks `since`,
and leaves out what it has. Codes with which a socket closes: 4401 signed out, 4403 over, 4404 not theirs, 4408 read too
slowly (come back, then `since`), 4429 too many sockets or too many bad frames, 1011 broke.
"""

from typing import Any

from chat.attachments import showing
from chat.masking.words import masked
from chat.models import Message


def of_message(message: Message, *, by_owner: bool, hides: bool = True) -> dict[str, Any]:
    """Return a stored message as one side sees it; its reactions and its attachment must have been fetched.

    `hides` says whether the two see each other's words masked: chat.masking.access.hides.
    """
    reactions = list(message.reactions.all())
    counted: dict[str, int] = {}
    for reaction in reactions:
        counted[reaction.what] = counted.get(reaction.what, 0) + 1
    mine = message.by_owner == by_owner
    text = "" if message.deleted_at else message.text
    shown = masked(text) if hides else text
    carried = showing.facts(message)
    theirs = showing.covered(carried) if hides else carried
    frame = {
        "number": message.number,
        "mine": mine,
        "text": text if mine else shown,
        "hidden": mine and (shown != text or theirs != carried),
        "level": 0 if by_owner or mine or message.deleted_at else message.risk_level or 0,
        "at": message.written_at.isoformat(),
        "reply": message.reply_to,
        "edited": message.edited_at is not None,
        "deleted": message.deleted_at is not None,
        "reactions": counted,
    }
    return frame | {"attachment": carried if mine else theirs} if carried else frame
