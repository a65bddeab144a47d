"""What two people write to each other."""

from chat.models.attachments import Attachment
from chat.models.conversations import Conversation, ConversationQuerySet, Side
from chat.models.messages import Message, Reaction
from chat.models.phrases import OwnPhrase

__all__ = ["Attachment", "Conversation", "ConversationQuerySet", "Message", "OwnPhrase", "Reaction", "Side"]
