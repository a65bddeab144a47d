"""On which ways news leaves Emocare, and when: the kind, what the person chose, their quiet hours."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from emocare.background import NEWS, SAFETY, later_all
from emocare.notices import How, Kind
from notifications import tasks
from notifications.choices import Channel, State
from notifications.clock import Clock
from notifications.models import Choice, Delivery, Notification, PushSubscription, Rhythm

TASKS = {Channel.EMAIL: tasks.deliver_letter, Channel.PUSH: tasks.deliver_push}


def send_on(kind: Kind, news: Sequence[Notification]) -> None:
    """Store the deliveries of news of one kind and their tasks, in a fixed number of queries.

    What is about safety goes at once on every way that the kind has, whatever was chosen and whatever hour it is.
    """
    people = {row.user_id: row.user for row in news}
    plan = _Plan(kind, people.values(), timezone.now())
    planned = Delivery.objects.bulk_create([delivery for row in news for delivery in plan.ways(row)])
    for channel, made in TASKS.items():
        going = [row for row in planned if row.channel == channel and row.state == State.WAITING]
        # What goes at once has no moment: a clock that is ahead of the database's, or was wrong, would hold it up.
        tasks_of = [(row.due_at if row.due_at > plan.now else None, {"delivery": row.pk}) for row in going]
        # Letters first: a push service that does not answer must not keep them back, however many devices there are.
        priority = (SAFETY if kind.safety else NEWS) - (channel == Channel.PUSH)
        later_all(made, tasks_of, priority=priority)


class _Plan:
    """What decides about the ways of one kind, read for all people at once."""

    def __init__(self, kind: Kind, people: Collection[User], now: datetime):
        self.kind, self.now = kind, now
        self.devices: dict[int, list[PushSubscription]] = {}
        for device in PushSubscription.objects.filter(user__in=people):
            self.devices.setdefault(device.user_id, []).append(device)
        self.chosen: dict[tuple[int, str], str] = {}
        self.rhythms: dict[int, Rhythm] = {}
        if not kind.safety:
            chosen = Choice.objects.filter(user__in=people, kind=kind.key)
            self.chosen = {(row.user_id, row.channel): row.how for row in chosen}
            self.rhythms = {row.user_id: row for row in Rhythm.objects.filter(user__in=people)}

    def ways(self, row: Notification) -> Iterator[Delivery]:
        """Give the deliveries of one piece of news; none that would come when it is of no use any more."""
        due = self._due(row.user)
        if self.kind.is_over(row.made_at, due):
            return
        by_mail = self._how(row.user, Channel.EMAIL, self.kind.email)
        if row.user.email and by_mail != How.OFF:
            state = State.DIGEST if by_mail == How.DIGEST else State.WAITING
            yield Delivery(notification=row, channel=Channel.EMAIL, state=state, due_at=due)
        if self._how(row.user, Channel.PUSH, self.kind.push) != How.OFF:
            for device in self.devices.get(row.user_id, []):
                yield Delivery(notification=row, channel=Channel.PUSH, subscription=device, due_at=due)

    def _how(self, user: User, channel: Channel, usual: How) -> str:
        if self.kind.safety:
            return How.OFF if usual == How.OFF else How.NOW
        return self.chosen.get((user.pk, channel), usual)

    def _due(self, user: User) -> datetime:
        return self.now if self.kind.safety else Clock.of(user, self.rhythms.get(user.pk)).free_from(self.now)
