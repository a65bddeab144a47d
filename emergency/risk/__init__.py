"""The risk check: whether what somebody writes, in Kazakh, Russian, English or between them, tells of danger.

It runs on this machine alone and knows neither the database nor who writes.
"""

from emergency.risk.assessing import assess, warm
from emergency.risk.levels import Assessment, Kind, Level, Span

__all__ = ["Assessment", "Kind", "Level", "Span", "assess", "warm"]
