"""What happens to hard moments of somebody whose account goes: nobody is called any more for who is not there."""

from accounts.models import User
from emergency.alarms import services as alarms
from emergency.choices import GOES_ON
from emergency.models import FollowUp, HelpRequest
from emergency.requests import services as requests


def end_requests(*, user: User) -> None:
    """End what the person asked for, so that helpers see it before the rows go with the account.

    What the person had taken as a helper waits again: emergency.alarms.left.
    """
    for request in HelpRequest.objects.filter(user=user, state__in=GOES_ON):
        requests.end(request=request, leave=False)
    for follow_up in FollowUp.objects.filter(user=user, state__in=GOES_ON, climbs_at__isnull=False):
        alarms.stop(follow_up)
