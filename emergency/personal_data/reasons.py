"""Why columns are not in a download, and why they cannot be corrected; said once for all tables of urgent help."""

ANOTHER = "Another person."
THEIRS = "It is about the other person."
NOTE = "A helper's own words about their work; its person gets them on request, as the law says."
KEY = "It is of the form that was sent."
TIMERS = dict.fromkeys(["climbs_at", "round", "alone_since"], "It is the timer by which Emocare calls more people.")
STEPS = "It says what was done and when."
SENT = "It was sent, and the other side has read it."
