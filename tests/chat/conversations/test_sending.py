"""Writing from the form: once, with what was typed kept where something is wrong."""

import uuid

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from accounts.helping import services as helping
from accounts.helping.choices import EndReason
from chat.models import Conversation, Message
from tests.support.html import errors, page, summary, text_of, typed
from tests.support.talks import fill, talk

pytestmark = pytest.mark.django_db
WORDS = "Бүгін ұйықтай алмадым 🌙"


def kept(answer: HttpResponse) -> str:
    return page(answer).select_one("#send textarea").get_text().removeprefix("\n")


def test_a_form_sent_twice_is_one_message_and_leads_to_it(as_person, conversation, place, owner):
    client = as_person(owner)
    sent = {"text": WORDS, "form_key": typed(client.get(place), "form_key"), "reply_to": ""}
    for _time in range(2):
        assert client.post(f"{place}send/", sent).url == f"{place}#m-1"
    assert (Message.objects.get().text, Message.objects.get().author) == (WORDS, owner)


def test_an_answer_names_the_message_that_it_answers(as_person, assignment, place, assigned_volunteer):
    talk(assignment, (WORDS,))
    client = as_person(assigned_volunteer)
    shown = client.get(place + page(client.get(place)).select_one("#m-1 .message__actions a")["href"])
    assert text_of(page(shown).select_one("#answering q")) == WORDS
    client.post(f"{place}send/", {"text": "Мен осындамын", "reply_to": typed(shown, "reply_to")})
    assert Message.objects.get(number=2).reply_to == 1


@pytest.mark.parametrize("text", ["", " \n ", "а" * 4001])
def test_what_cannot_be_sent_is_said_beside_the_field_and_kept(as_person, conversation, place, owner, text):
    answer = as_person(owner).post(f"{place}send/", {"text": text, "form_key": str(uuid.uuid4())})
    assert answer.status_code == 200
    assert errors(answer, "text") in summary(answer)[0]
    assert kept(answer) == text
    assert not Message.objects.exists()


def test_other_words_in_a_form_that_was_sent_are_kept_and_can_be_sent_anew(as_person, conversation, place, owner):
    client, key = as_person(owner), str(uuid.uuid4())
    client.post(f"{place}send/", {"text": WORDS, "form_key": key})
    refused = client.post(f"{place}send/", {"text": "Басқа", "form_key": key})
    assert (kept(refused), typed(refused, "form_key") != key) == ("Басқа", True)
    assert client.post(f"{place}send/", {"text": "Басқа", "form_key": typed(refused, "form_key")}).status_code == 302
    assert Message.objects.count() == 2


def test_nonsense_in_hidden_fields_does_not_stop_the_words(as_person, conversation, place, owner):
    sent = {"text": "a\x00б\ufffd", "form_key": "x", "reply_to": "9" * 40}
    assert as_person(owner).post(f"{place}send/", sent).status_code == 302
    assert (Message.objects.get().text, Message.objects.get().reply_to) == ("aб", None)


def test_the_person_keeps_all_when_it_is_over_and_the_helper_nothing(
    as_person, assignment, place, owner, assigned_volunteer
):
    talk(assignment)
    helping.end(assignment=assignment, actor=owner, reason=EndReason.USER)
    client = as_person(owner)
    assert not page(client.get(place)).select("#send")
    assert kept(client.post(f"{place}send/", {"text": WORDS})) == WORDS
    assert as_person(assigned_volunteer).post(f"{place}send/", {"text": WORDS}).status_code == 404
    assert Message.objects.count() == 3


def test_words_that_tell_of_danger_are_sent_and_offer_help(as_person, conversation, place, owner):
    client = as_person(owner)
    answer = client.post(f"{place}send/", {"text": "Өлгім келеді, өмір сүргім келмейді"}, follow=True)
    assert Message.objects.count() == 1
    assert page(answer).select("[data-module=heeded]")


def test_the_pages_of_both_lead_to_a_conversation_that_begins_once(as_person, assignment, owner, assigned_volunteer):
    for person, address in (
        (owner, "/kk/helpers/mine/"),
        (assigned_volunteer, "/kk/people/"),
        (assigned_volunteer, f"/kk/people/{owner.public_id}/"),
        (owner, "/kk/chat/"),
    ):
        client = as_person(person)
        form = page(client.get(address)).select_one("form[action*='/chat/with/']")
        if address != "/kk/chat/":
            assert client.post(form["action"]).status_code == 302
        else:
            assert form is None  # it has begun
    assert Conversation.objects.count() == 1


def test_new_messages_are_counted_in_words_and_come_first(as_person, assignment, owner, assigned_psychologist):
    with_volunteer = talk(assignment)
    talk(owner.assignments.get(helper=assigned_psychologist), ("7",))
    soup = page(as_person(owner).get("/kk/chat/"))
    first = soup.select("#begun ~ .entries .entry")[0]
    assert first.a["href"] == f"/kk/chat/{with_volunteer.public_id}/#unread"
    assert "1" in text_of(first.strong)
    fill(with_volunteer, 60)
    assert page(as_person(owner).get("/kk/chat/")).select_one(".entry--new a")["href"].endswith("?around=1#unread")


def test_the_list_costs_the_same_for_one_and_for_many(as_person, assignment, owner, assigned_psychologist):
    client, costs = as_person(owner), []
    talk(assignment)
    for more in (None, owner.assignments.get(helper=assigned_psychologist)):
        if more:
            talk(more)
        with CaptureQueriesContext(connection) as queries:
            client.get("/kk/chat/")
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_whoever_has_nobody_is_told_how_to_get_somebody(as_person, other_user, unrelated_volunteer):
    assert page(as_person(other_user).get("/kk/chat/")).select(".empty a[href='/kk/helpers/match/']")
    assert page(as_person(unrelated_volunteer).get("/kk/chat/")).select(".empty a[href='/kk/people/']")
