"""Who may see an application: whoever sent it, and verified administrators in their own site."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from accounts.models import Application, Document, User


def applications_of(user: User) -> QuerySet[Application]:
    """Return the person's own applications, newest first."""
    return user.applications.order_by("-pk")


def get_application_for(user: User, public_id: UUID) -> Application:
    """Return the person's own application; 404 for anybody else's."""
    try:
        return user.applications.get(public_id=public_id)
    except Application.DoesNotExist as error:
        raise Http404 from error


def get_document_for(user: User, application_id: UUID, document_id: UUID) -> Document:
    """Return a document of the person's own application, to take it away again."""
    try:
        return Document.objects.select_related("application").get(
            public_id=document_id, application__public_id=application_id, application__user=user
        )
    except Document.DoesNotExist as error:
        raise Http404 from error
