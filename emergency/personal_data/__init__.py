"""What urgent help keeps of people: follow-ups, urgent requests, the duty rota, sentences about the risk check.

`accounts.personal.registry` says how to read it. A request without an account is nobody's here: whoever holds its code
sees it, and it goes with its time.
"""

from emergency.personal_data import alarms, duty, follow_ups, judgements, requests
from emergency.personal_data.endings import end_requests

TABLES = [*follow_ups.TABLES, *requests.TABLES, *alarms.TABLES, *duty.TABLES, *judgements.TABLES]
ENDINGS = [end_requests]
