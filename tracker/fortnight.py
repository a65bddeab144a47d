"""The report on two weeks: what the mood did, in plain words, and what may help; offered once in two weeks."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from tracker import access
from tracker.choices import Cause, Feeling
from tracker.dynamics import Dynamics
from tracker.periods import FORTNIGHT
from tracker.sentences import NOTICEABLE
from tracker.week import Week

DAYS_NEEDED = 5  # with a mood, of the last 14
SINCE = 10  # days, that the first of them must lie back
LOW = 2.5  # a mean level that calls for more than small steps


def is_offered(user: User, week: Week, today: date) -> bool:
    """Say whether to offer the report: enough is recorded, and it was not offered in the last two weeks."""
    days = week.recorded_lately
    if len(days) < DAYS_NEEDED or (today - days[0]).days < SINCE:
        return False
    offer = access.report_offer_of(user)
    return offer is None or timezone.now() - offer.closed_at > timedelta(days=FORTNIGHT)


def is_hard(dynamics: Dynamics) -> bool:
    """Say whether the two weeks were so low that a person should hear of people who help."""
    return bool(dynamics.summary) and dynamics.summary.mean <= LOW


def what_may_help(dynamics: Dynamics) -> list[str]:
    """Return a few small things to try, those that fit what the person recorded first."""
    lower, higher = _words(dynamics, below=True), _words(dynamics, below=False)
    fitting = {
        Cause.SLEEP: _("Sleep: go to bed and get up at the same hour for a week; put the phone away a little before."),
        Cause.PAIN: _("Pain: tell your doctor how it changes your mood. You can print this page and take it with you."),
        Cause.CARE: _("Caring for someone: ask somebody to replace you for an hour this week. Your rest is care too."),
        Cause.NEWS: _("News: choose one time of day for them, and leave the evening free."),
        Cause.PEOPLE: _("People: you may keep a distance for a while, and choose one person with whom it is calm."),
        Feeling.LONELINESS: _("Loneliness: write or call one person today, even with one sentence."),
        Feeling.ANXIETY: _(
            "Anxiety: breathe out longer than you breathe in, ten times. Then name five things you see."
        ),
        Feeling.TIREDNESS: _("Tiredness: put down one task that can wait, and rest before you are worn out."),
        Feeling.STRESS: _(
            "Stress: write down what presses on you, mark what is in your hands, begin with the smallest."
        ),
    }
    tips = [tip for code, tip in fitting.items() if code in lower]
    if higher:
        tips.append(
            _("On better days there is: %(words)s. Can you have a little more of it?")
            % {"words": ", ".join(higher.values())}
        )
    tips += [
        _("Move a little in the way that suits you: a walk, a stretch, a song."),
        _("Do one small thing each day that you used to like, without waiting for the wish."),
    ]
    return tips[:5]


def _words(dynamics: Dynamics, *, below: bool) -> dict[str, str]:
    found = [*dynamics.causes, *dynamics.feelings]
    return {
        item.word.code: str(item.word.label)
        for item in found
        if (item.effect.difference <= -NOTICEABLE if below else item.effect.difference >= NOTICEABLE)
    }
