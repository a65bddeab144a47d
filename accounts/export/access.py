"""Who may fetch a download: whose it is, and nobody else."""

import uuid

from django.shortcuts import get_object_or_404

from accounts.models import Export, User


def export_of(user: User) -> Export | None:
    """Return the person's download, if they asked for one."""
    return Export.objects.filter(user=user).first()


def get_export_for(user: User, public_id: uuid.UUID) -> Export:
    """Return the person's own download; anybody else's does not exist for them (404)."""
    return get_object_or_404(Export, user=user, public_id=public_id)
