"""The help that is offered after words that tell of danger."""

from tests.matrix.words import ON, OWN_PAGE, OWN_READ_ONLY, signed_in

PRESS = OWN_READ_ONLY, signed_in(ON)

ROWS = {"heeded": OWN_PAGE, "ask_after_words": PRESS, "ask_now_after_words": PRESS, "close_heeded": PRESS}
