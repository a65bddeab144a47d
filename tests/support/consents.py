"""Consents as they stand after something that takes days: to an older text, to none."""

from accounts.choices import Purpose
from accounts.consents import services
from accounts.models import Assignment, User

OLD = "2026-01-01"


def agreed_long_ago(person: User) -> None:
    """Let a person have agreed to an older text than the current one."""
    person.consents.filter(withdrawn_at=None).update(version=OLD)
    User.objects.filter(pk=person.pk).update(agreed_version=OLD)


def never_agreed(person: User) -> None:
    """Let a person be one whom an administrator made."""
    person.consents.all().delete()
    User.objects.filter(pk=person.pk).update(agreed_version="")


def show_to(psychologist: User, owner: User, *purposes: Purpose) -> Assignment:
    """Let the owner show this to a psychologist who helps her."""
    assignment = Assignment.objects.get(user=owner, helper=psychologist)
    services.share(assignment=assignment, purposes=set(purposes), language="kk")
    return assignment
