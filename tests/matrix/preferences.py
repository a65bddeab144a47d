"""What people are told of and how; links that stop letters are known only from a letter."""

from tests.matrix.words import OWN_FORM, who

NO_SUCH_LINK = who(404), who(404)

ROWS = {
    "notification_preferences": OWN_FORM,
    "stop_letters": NO_SUCH_LINK,
}
