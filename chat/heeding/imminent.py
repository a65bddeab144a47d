"""What follows when words of a person tell that a life is in danger now, by rules that they were told beforehand.

Their helper hears of it at once. Those on duty are called only where the person agreed to it before, for danger to
their own life; the person sees the request that is opened, and can end it. Nobody else is called by a program.
"""

from django.utils import timezone

from accounts.kin import age
from accounts.models import User
from chat.models import Conversation, Message, Side
from emergency.alarms.services import raise_level
from emergency.choices import Origin
from emergency.requests.services import open_request
from emergency.risk.levels import Kind, Level
from emocare.notices import tell

OWN_LIFE = {Kind.SUICIDE, Kind.SELF_HARM, Kind.ABUSE}
QUARTER = 15 * 60  # seconds in which a helper is told once of the same conversation


def follow(message: Message) -> None:
    """Tell the helper, and call those on duty where that was agreed; with the transaction that keeps the level."""
    conversation = message.conversation
    if _is_own_life(message) and _agreed(conversation):
        _call_duty(conversation)
    together = Conversation.objects.in_force().filter(pk=conversation.pk).exists()
    if together:
        public_id = str(conversation.public_id)
        key = f"{public_id}:{int(timezone.now().timestamp()) // QUARTER}"
        tell(conversation.helper, "chat_danger", "imminent", key=key, public_id=public_id)


def _is_own_life(message: Message) -> bool:
    """Say whether it is the writer who is in danger: a child in danger may be the writer where they are a child."""
    kind = Kind(message.risk_kind)
    return kind in OWN_LIFE or (kind == Kind.CHILD and not age.is_adult(message.conversation.owner))


def _agreed(conversation: Conversation) -> bool:
    return Side.objects.filter(conversation=conversation, person=conversation.owner, alarm=True).exists()


def _call_duty(conversation: Conversation) -> None:
    owner: User = conversation.owner
    request = open_request(user=owner, level=Level.IMMINENT, origin=Origin.CHAT, language=owner.language)
    raise_level(request, Level.IMMINENT)  # where one went on already
    public_id = str(request.public_id)
    tell(owner, "chat_alarm", "called", key=public_id, public_id=public_id)
