"""Who may fetch what a message carries: whoever reads the message, and as long."""

import uuid

from django.shortcuts import get_object_or_404

from chat.access import Seat
from chat.models import Attachment


def get_attachment_for(seat: Seat, public_id: uuid.UUID) -> Attachment:
    """Return what a message of this conversation carries; 404 for any other, and for a deleted one."""
    here = Attachment.objects.filter(message__conversation=seat.conversation, message__deleted_at__isnull=True)
    return get_object_or_404(here, public_id=public_id)
