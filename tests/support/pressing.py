"""Urgent help as people on both sides of it meet it: duty, the press for help, and the press that takes a request."""

from datetime import timedelta

from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from emergency.models import Shift
from tests.support.cast import make_person
from tests.support.visitor import Answer, Visitor

ASK = "/kk/urgent-help/ask/"
QUEUE = "/kk/urgent/"


def psychologists(name: str, count: int) -> list[User]:
    """Make so many psychologists."""
    return [make_person(f"{name}-{number}", role=Role.PSYCHOLOGIST) for number in range(count)]


def on_duty(*people: User, begins_in: timedelta = timedelta(0)) -> None:
    """Let people be on duty for eight hours, from now or later."""
    begin = timezone.now() + begins_in - timedelta(minutes=1)
    Shift.objects.bulk_create(
        Shift(psychologist=person, starts_at=begin, ends_at=begin + timedelta(hours=8)) for person in people
    )


def press_for_help(visitor: Visitor) -> str:
    """Ask for help as somebody does who writes nothing; return the id of the request."""
    answer = visitor.press(ASK, "[name=form_key]")
    return answer.way.rstrip("/").rpartition("/")[2]


def press_to_take(visitor: Visitor, public_id: str) -> Answer:
    """Take a request from its page; somebody who was quicker changes nothing but the answer."""
    page = f"{QUEUE}{public_id}/"
    token = visitor.get(page).page.select_one("[name=csrfmiddlewaretoken]")["value"]
    return visitor.send(f"{page}take/", {"csrfmiddlewaretoken": token})
