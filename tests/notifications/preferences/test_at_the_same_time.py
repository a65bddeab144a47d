"""Two at the same moment: two runs of the daily letter, two windows that save the preferences."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from emocare.notices import tell
from notifications import daily_letter
from notifications.models import Choice, Delivery, Rhythm, WayOut
from notifications.preferences import services
from tests.accounts.support import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def together(do: Callable[[], object]) -> list[object]:
    return at_once(*[do] * 4)


def test_a_letter_is_written_once_and_choices_are_kept_once(owner):
    yesterday = timezone.now() - timedelta(days=1, hours=1)
    tell(owner, "trial_daily", "came")
    Delivery.objects.update(due_at=yesterday)
    assert sum(together(daily_letter.send_due)) == 1
    assert Rhythm.objects.get().digest_on == timezone.localdate()
    chosen = {("trial_news", "email"): "digest", ("trial_short", "push"): "off"}
    together(lambda: services.save_choices(user=owner, choices=chosen))
    assert Choice.objects.count() == 2
    way = WayOut.objects.create(user=owner, kind="trial_news")
    together(lambda: services.stop(way=way))
    way.refresh_from_db()
    assert way.before == {"trial_news": "digest"}
