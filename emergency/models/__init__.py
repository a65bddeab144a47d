"""The tables of urgent help, one file a topic; import them from here."""

from emergency.models.alarms import Alarm, Climbing
from emergency.models.duty import Shift, Swap
from emergency.models.follow_ups import FollowUp
from emergency.models.judgements import Judgement
from emergency.models.messages import Message
from emergency.models.requests import HelpRequest
from emergency.models.timeline import Step
from emergency.models.workspace import Check, ChecklistStep, Claim, RequestNote

__all__ = [
    "Alarm",
    "Check",
    "ChecklistStep",
    "Claim",
    "Climbing",
    "FollowUp",
    "HelpRequest",
    "Judgement",
    "Message",
    "RequestNote",
    "Shift",
    "Step",
    "Swap",
]
