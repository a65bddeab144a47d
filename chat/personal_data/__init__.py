"""What conversations keep of people: `accounts.personal.registry` says how to read it.

The words belong to the person, whole: they go with the account, the helper's answers too. Of a helper whose account
goes the messages stay as numbers, without words.
"""

from chat.personal_data import attachments, conversations, messages, phrases
from chat.personal_data.endings import blank_answers

TABLES = [*conversations.TABLES, *messages.TABLES, *attachments.TABLES, *phrases.TABLES]
ENDINGS = [blank_answers]
