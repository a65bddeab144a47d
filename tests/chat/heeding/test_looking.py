"""The risk check of messages: what is kept, who hears of it, and the rules at danger to life."""

from datetime import timedelta

import pytest
import time_machine
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.choices import Role
from accounts.helping import services as helping
from accounts.helping.choices import EndReason
from accounts.models import Assignment
from chat.heeding import alarm, services
from chat.models import Message
from chat.tasks import look_again
from emergency.choices import Origin
from emergency.models import HelpRequest
from emergency.risk.levels import Assessment, Kind, Level
from tests.chat.heeding.support import CALM, IMMINENT, agree, say
from tests.support.cast import make_person
from tests.support.html import page, text_of
from tests.support.news import told, written
from tests.support.talking import heard

pytestmark = pytest.mark.django_db
HIGH, WATCH = "Өлгім келеді", "Жизнь потеряла смысл"


def looked(message: Message) -> Message:
    services.look(message.public_id)
    message.refresh_from_db()
    return message


@pytest.mark.parametrize(
    ("text", "level", "kind"),
    [
        (CALM, Level.NONE, Kind.NONE),
        (WATCH, Level.WATCH, Kind.SUICIDE),
        (HIGH, Level.HIGH, Kind.SUICIDE),
        (IMMINENT, Level.IMMINENT, Kind.SUICIDE),
    ],
)
def test_the_writer_is_offered_help_and_only_the_helper_sees_a_level(
    seats,
    text,
    level,
    kind,
    django_capture_on_commit_callbacks,
):
    owner, helper = seats
    for seat in seats:
        message = say(seat, text)
        with heard(seat.conversation, django_capture_on_commit_callbacks) as frames:
            looked(message)
        message.refresh_from_db()
        assert (message.risk_level, message.risk_kind) == (level, kind if level else "")
        offer = {"type": "offer", "to_owner": seat.by_owner, "level": level, "kind": kind}
        changed = {"type": "changed", "number": message.number}
        assert frames == ([offer] + [changed] * seat.by_owner if level else [])
        shown = [render_to_string("chat/heeding/_level.html", {"message": message, "seat": s}) for s in seats]
        assert [bool(piece.strip()) for piece in shown] == [False, bool(level) and seat is owner]
    assert told(owner.person) == []
    assert told(helper.person) == (["chat_danger imminent"] if level == Level.IMMINENT else [])
    assert not HelpRequest.objects.exists()


def test_at_danger_to_life_those_on_duty_are_called_where_it_was_agreed_and_all_see_it(seats):
    owner, helper = seats
    psychologist = make_person("saule", role=Role.PSYCHOLOGIST)
    agree(owner)
    looked(say(owner, IMMINENT))
    looked(say(owner, IMMINENT))
    request = HelpRequest.objects.get()
    assert (request.user, request.level, request.origin, request.words) == (owner.person, 3, Origin.CHAT, "")
    assert told(owner.person) == ["chat_alarm called"]
    assert told(helper.person) == ["chat_danger imminent"]
    assert told(psychologist) == ["urgent opened"]
    assert "таблет" not in written()


@pytest.mark.parametrize("text", ["Мой брат стоит на крыше и хочет прыгнуть", "Ребёнка сейчас избивают за стеной"])
def test_danger_to_somebody_else_calls_nobody_by_itself(seats, text):
    owner, helper = seats
    agree(owner)
    assert looked(say(owner, text)).risk_level == Level.IMMINENT
    assert not HelpRequest.objects.exists()
    assert told(helper.person) == ["chat_danger imminent"]


def test_a_helpers_words_alarm_nobody_and_one_who_helps_no_more_hears_nothing(seats):
    owner, helper = seats
    agree(owner)
    agree(helper)
    looked(say(helper, IMMINENT))
    assert told() == []
    late = say(owner, IMMINENT)
    assignment = Assignment.objects.get(user=owner.person)
    helping.end(assignment=assignment, actor=owner.person, reason=EndReason.USER)
    looked(late)
    assert "chat_danger imminent" not in told(helper.person)
    assert HelpRequest.objects.get().user == owner.person


def test_what_was_missed_or_failed_is_looked_at_by_the_sweep(seats, settings, caplog):
    owner, _helper = seats
    message = say(owner, HIGH)
    settings.RISK_CAUTION = None  # with which the check breaks
    assert looked(message).risk_level is None
    assert "TypeError" in caplog.text
    assert HIGH not in caplog.text
    settings.RISK_CAUTION = 0
    look_again(0)  # not yet
    assert looked_at() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        look_again(0)
    assert looked_at() == 1


def looked_at() -> int:
    return Message.objects.filter(risk_level__isnull=False).count()


def test_a_message_that_was_changed_meanwhile_is_looked_at_anew(seats):
    owner, _helper = seats
    message = say(owner, CALM)
    message.text, message.edited_at = HIGH, timezone.now()
    message.save(update_fields=["text", "edited_at"])
    services.note_all([(message.public_id, Assessment())])  # of the words before
    assert looked_at() == 0
    assert looked(message).risk_level == Level.HIGH


# On pages


def test_the_card_comes_to_the_page_that_is_open_and_says_that_it_was_a_chat(seats, as_person):
    owner, _helper = seats
    make_person("saule", role=Role.PSYCHOLOGIST)
    looked(say(owner, HIGH))
    client = as_person(owner.person)
    place = f"/en/chat/{owner.conversation.public_id}/help/"
    assert page(client.get(place)).select_one("#heeded form[action$='/ask-now/']")
    client.post("/en/noticed/ask-now/")
    assert client.session["help_from"]["origin"] == Origin.CHAT
    assert not page(as_person(make_person("dana")).get("/en/noticed/")).select_one("#heeded")


def test_the_question_is_answered_with_one_press_and_changed_later(seats, as_person):
    owner, helper = seats
    place = f"/en/chat/{owner.conversation.public_id}/alarm/"
    client = as_person(owner.person)
    assert not page(client.get(place)).select("input[name=alarm][checked]")
    assert "choose one" in text_of(page(client.post(place)).main)
    assert alarm.answer_of(owner) is None
    for answer, kept in (("yes", True), ("no", False)):
        assert client.post(place, {"alarm": answer})["Location"] == f"/en/chat/{owner.conversation.public_id}/"
        assert alarm.answer_of(owner) is kept
        assert page(client.get(place)).select_one("input[name=alarm][checked]")["value"] == answer
    assert as_person(helper.person).get(place).status_code == 404
