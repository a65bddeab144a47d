"""What happens to what a helper wrote when the helper's account goes."""

from django.utils import timezone

from accounts.models import User
from chat.attachments.letting_go import let_go
from chat.models import Attachment, Message


def blank_answers(*, user: User) -> None:
    """Empty what the person wrote as a helper: numbers and times stay, so that the other side's words keep their place.

    What they wrote in their own conversations goes with these.
    """
    written = Message.objects.filter(author=user, by_owner=False)
    let_go(Attachment.objects.filter(message__in=written))
    written.update(text=b"", risk_level=0, risk_kind="")
    written.filter(deleted_at__isnull=True).update(deleted_at=timezone.now())
