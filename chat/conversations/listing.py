"""The list of somebody's conversations: what is new in each, and whom one could write to for the first time."""

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Assignment, User
from chat.access import conversations_of
from chat.conversations.reading import SHOWN, name_of
from chat.models import Conversation, Message, Side


def listed(user: User) -> QuerySet[Conversation]:
    """Return the conversations of a person, those with something new first; each knows how much of it is new."""
    own = Side.objects.filter(conversation=OuterRef("pk"), person=user)
    new = Message.objects.filter(conversation=OuterRef("pk"), number__gt=OuterRef("read"), deleted_at__isnull=True)
    new = new.exclude(author=user).order_by().values("conversation").annotate(count=Count("pk"))
    open_ones = Conversation.objects.in_force().filter(pk=OuterRef("pk"), blocked_at__isnull=True)
    found = conversations_of(user).annotate(
        read=Coalesce(Subquery(own.values("read")), F("last_number")), can_write=Exists(open_ones)
    )
    found = found.annotate(unread=Coalesce(Subquery(new.values("count")), 0), has_new=Q(unread__gt=0))
    return found.order_by("-has_new", F("written_at").desc(nulls_last=True), "-started_at")


def not_begun(user: User) -> list[Assignment]:
    """Return what the person has with those to whom neither has looked for a conversation yet."""
    begun = Conversation.objects.filter(owner=OuterRef("user"), helper=OuterRef("helper"))
    together = Assignment.objects.in_force().filter(Q(user=user) | Q(helper=user)).exclude(Exists(begun))
    found = list(together.select_related("user", "helper").order_by("-started_at", "-pk"))
    for one in found:
        one.name = str(one.helper if one.user_id == user.pk else one.user)
    return found


def in_words(conversations: list[Conversation], user: User) -> list[Conversation]:
    """Give each of them the name of the other, and the address in it at which to read on."""
    for one in conversations:
        one.name = name_of(one.helper if one.owner_id == user.pk else one.owner)
        if one.unread:
            far = one.last_number - one.read >= SHOWN
            one.read_on = f"?around={one.read + 1}#unread" if far else "#unread"
        else:
            one.read_on = f"#m-{one.last_number}" if one.last_number else ""
    return conversations
