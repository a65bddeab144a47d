"""The workspace: words, steps, notes, colleagues, the police or an ambulance, closing."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from emergency.choices import Happened, Outcome, Part, Rung, Source, State
from emergency.models import Check, ChecklistStep, Claim, FollowUp, HelpRequest, RequestNote
from emergency.requests.services import end, undo
from emergency.services import close as close_follow_up
from emergency.workspace import services
from tests.support.cast import make_person
from tests.support.html import errors, page, said, text_of, typed
from tests.support.news import told
from tests.support.urgent_help import asks, called_up_to, shipped_steps

pytestmark = pytest.mark.django_db
QUEUE = "/en/urgent/"
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def place(request: HelpRequest, what: str = "") -> str:
    return f"{QUEUE}{request.public_id}/{what}"


def shown(client, request: HelpRequest) -> str:
    return text_of(page(client.get(place(request))).main)


@pytest.fixture
def saule(db) -> User:
    return make_person("saule", role=Role.PSYCHOLOGIST)


@pytest.fixture
def dana(db) -> User:
    return make_person("dana", role=Role.PSYCHOLOGIST)


@pytest.fixture
def held(owner, saule) -> HelpRequest:
    shipped_steps()
    request = asks(owner, words="Құпия сөзім")
    services.take(request=request, helper=saule)
    request.refresh_from_db()
    return request


# Words


def test_the_helper_writes_and_the_same_form_twice_is_one_message(as_person, saule, held):
    client = as_person(saule)
    key = page(client.get(place(held))).select_one("main [name=form_key]")["value"]
    for _twice in range(2):
        answer = client.post(place(held), {"words": "Сәлеметсіз бе!", "form_key": key}, follow=True)
    assert said(answer) == ["success: Your words are sent."]
    assert [message.text for message in held.messages.all()] == ["Сәлеметсіз бе!"]
    assert "Сәлеметсіз бе!" in shown(client, held)


@pytest.mark.parametrize("bad", ["a\0b", "x" * 1_000_000])
def test_what_cannot_be_kept_is_said_beside_the_field_and_stays_typed(as_person, saule, held, bad):
    client = as_person(saule)
    for what, name in (("", "words"), ("note/", "note"), ("give-back/", "next_words"), ("close/", "note")):
        answer = client.post(place(held, what), {name: bad, "form_key": "x", "outcome": "calmer"})
        assert answer.status_code == 200
        assert errors(answer, name)
        assert typed(answer, name).startswith(bad[:1])


def test_forged_choices_are_refused(as_person, saule, held):
    client, check = as_person(saule), held.checks.first()
    forged = {"colleague": str(held.user.public_id), "outcome": "undone", "whom": "x", "done": "x", "next_words": "a"}
    for what, name in (
        ("hand-over/", "colleague"),
        ("second/", "colleague"),
        ("called/", "whom"),
        ("close/", "outcome"),
    ):
        assert errors(client.post(place(held, what), forged), name)
    assert errors(client.post(place(held, f"steps/{check.public_id}/"), forged), "done")
    assert client.post(place(held, f"steps/{uuid.uuid4()}/"), {"done": "yes"}).status_code == 404
    assert client.post(place(held, "ask-no-more/"), {"part": "main\0"}).status_code == 302
    assert HelpRequest.objects.get().holder == saule


# The checklist


@time_machine.travel(AT, tick=False)
def test_steps_are_copied_when_it_is_first_taken_and_stay_as_they_were(owner, saule, dana):
    shipped_steps()
    request = asks(owner)
    with time_machine.travel(AT + timedelta(minutes=2), tick=False):
        services.take(request=request, helper=saule)
    assert request.checks.count() == ChecklistStep.objects.filter(for_whom="all").count()
    assert request.checks.order_by("step__place").first().due_at == AT + timedelta(minutes=7)
    ChecklistStep.objects.update(is_used=False, minutes=1)
    services.give_back(request=request, helper=saule, words="")
    services.take(request=request, helper=dana)
    assert request.checks.order_by("step__place").first().due_at == AT + timedelta(minutes=7)
    later = asks(make_person("later"))
    services.take(request=later, helper=dana)
    assert not later.checks.exists()


@pytest.mark.parametrize("user", [True, False])
def test_of_a_child_and_of_whoever_is_unknown_steps_for_minors_stand_there(owner, saule, user):
    shipped_steps()
    owner.sixteen_from = timezone.localdate().replace(day=1)
    owner.save()
    request = asks(owner if user else None)
    services.take(request=request, helper=saule)
    assert request.checks.filter(step__for_whom="minor").exists()


def test_a_step_is_done_with_words_or_not_needed_with_the_reason(as_person, saule, held):
    client = as_person(saule)
    first, second = held.checks.order_by("step__place")[:2]
    client.post(place(held, f"steps/{first.public_id}/"), {"done": "yes", "what": "Әпкесі, 12:10"})
    assert "Әпкесі, 12:10" in shown(client, held)
    refused = client.post(place(held, f"steps/{second.public_id}/"), {"done": "no-need"})
    assert errors(refused, "what") == "Write in a few words why it is not needed."
    client.post(place(held, f"steps/{second.public_id}/"), {"done": "no-need", "what": "Ересек"})
    kept = [(c.done, c.done_by, c.words) for c in held.checks.order_by("step__place")[:3]]
    assert kept == [("yes", saule, "Әпкесі, 12:10"), ("no-need", saule, "Ересек"), ("", None, "")]
    client.post(place(held, f"steps/{first.public_id}/"), {"done": "no"})
    assert Check.objects.get(pk=first.pk).done_at is None


def test_what_is_overdue_is_said_in_words(as_person, saule, held):
    client = as_person(saule)
    assert "Overdue" not in shown(client, held)
    with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False):
        assert shown(client, held).count("Overdue: it should have been done by") == 1


# Notes


def test_notes_are_read_by_nobody_else(as_person, saule, dana, admin, owner, held):
    as_person(saule).post(place(held, "note/"), {"note": "Менің жазбам"})
    as_person(saule).post(place(held, "note/"), {"note": "Менің жазбам"})
    assert RequestNote.objects.count() == 1
    assert "Менің жазбам" in shown(as_person(saule), held)
    services.invite(request=held, helper=saule, colleague=dana)
    services.join(request=held, helper=dana)
    for person in (dana, admin):
        assert "Менің жазбам" not in as_person(person).get(place(held)).content.decode()
    row = connection.cursor()
    row.execute("SELECT text FROM emergency_requestnote")
    assert "Менің".encode() not in bytes(row.fetchone()[0])


# Colleagues


def choose(client, request: HelpRequest, what: str, person: User, **more):
    return client.post(place(request, what), {"colleague": str(person.public_id)} | more, follow=True)


def test_handed_over_it_stays_with_the_giver_until_the_colleague_takes_it(as_person, saule, dana, held):
    called_up_to(held, Rung.DUTY)
    giver, colleague = as_person(saule), as_person(dana)
    assert colleague.get(place(held)).status_code == 404
    choose(giver, held, "hand-over/", dana, next_words="Інісі жанында")
    assert HelpRequest.objects.get().holder == saule
    assert told(dana)[-1] == "urgent_colleague over"
    asked = colleague.get(place(held)).content.decode()
    assert "Інісі жанында" in asked
    assert "Құпия сөзім" not in asked
    for _twice in range(2):
        colleague.post(place(held, "take/"))
    assert "Құпия сөзім" in shown(colleague, held)
    assert "Інісі жанында" in shown(colleague, held)
    assert giver.get(place(held)).status_code == 404
    assert held.steps.last().what == Happened.HANDED
    assert told(held.user) == ["help_request taken", "help_request handed"]


def test_a_colleague_says_no_and_another_is_asked(as_person, saule, dana, unrelated_psychologist, held):
    giver = as_person(saule)
    choose(giver, held, "hand-over/", dana, next_words="a")
    again = choose(giver, held, "hand-over/", unrelated_psychologist, next_words="a")
    assert "Dana is asked already" in text_of(page(again).main)
    as_person(dana).post(place(held, "leave/"))
    assert told(saule)[-1] == "urgent_colleague declined"
    assert as_person(dana).post(place(held, "take/"), follow=True).status_code == 200
    assert HelpRequest.objects.get().holder == saule
    choose(giver, held, "hand-over/", unrelated_psychologist, next_words="a")
    giver.post(place(held, "ask-no-more/"), {"part": "over"})
    assert not Claim.objects.filter(part=Part.OVER, ended_at=None).exists()


def test_the_persons_own_volunteer_comes_as_the_second_and_leaves(as_person, saule, assigned_volunteer, held):
    client = as_person(assigned_volunteer)
    assert client.get(place(held)).status_code == 404
    choose(as_person(saule), held, "second/", assigned_volunteer)
    assert "Құпия сөзім" not in client.get(place(held)).content.decode()
    client.post(place(held, "join/"))
    assert "Құпия сөзім" in shown(client, held)
    client.post(place(held, f"steps/{held.checks.first().public_id}/"), {"done": "yes"})
    assert held.checks.get(done="yes").done_by == assigned_volunteer
    assert client.get(place(held, "close/")).status_code == client.post(place(held, "take/")).status_code == 404
    client.post(place(held, "leave/"))
    assert client.get(place(held)).status_code == 404
    assert list(held.steps.values_list("what", flat=True))[-2:] == [Happened.SECOND, Happened.SECOND_LEFT]


def test_the_second_stays_when_the_first_gives_it_back_and_may_take_it(as_person, saule, dana, held):
    services.invite(request=held, helper=saule, colleague=dana)
    services.join(request=held, helper=dana)
    services.give_back(request=held, helper=saule, words="")
    called_up_to(held, Rung.DUTY)
    assert "Құпия сөзім" in shown(as_person(dana), held)
    as_person(dana).post(place(held, "take/"))
    assert [(c.helper, c.part) for c in held.claims.filter(ended_at=None)] == [(dana, Part.MAIN)]


# The police or an ambulance

CALL = {"whom": "ambulance", "reason": "Есін жоғалтты"}


def test_the_form_begins_with_the_person_being_told(as_person, saule, held):
    chosen = page(as_person(saule).get(place(held, "called/"))).select("[name=told][checked]")
    assert [radio["value"] for radio in chosen] == ["yes"]
    as_person(saule).post(place(held, "called/"), CALL | {"told": "yes"})
    assert held.steps.last().what == Happened.CALLED


def test_nobody_is_called_secretly_without_a_reason_and_the_person_learns_of_it_at_the_end(as_person, saule, held):
    client = as_person(saule)
    assert errors(client.post(place(held, "called/"), CALL | {"told": "no"}), "untold_reason")
    assert HelpRequest.objects.get().called == ""
    client.post(place(held, "called/"), CALL | {"told": "no", "untold_reason": "Қасында қауіпті адам бар"})
    assert not held.steps.filter(what=Happened.CALLED).exists()
    end(request=held)
    called = held.steps.get(what=Happened.CALLED)
    assert called.at == HelpRequest.objects.get().called_at


# Closing


@time_machine.travel(AT, tick=False)
def test_closing_leaves_a_follow_up_with_an_owner_and_a_time(as_person, saule, held, owner):
    client = as_person(saule)
    assert errors(client.post(place(held, "close/"), {"outcome": "calmer", "note": " "}), "note")
    answer = client.post(place(held, "close/"), {"outcome": "calmer", "note": "Сөйлестік"}, follow=True)
    assert said(answer) == ["success: It is closed. Thank you."]
    assert "And how are you?" in text_of(page(answer).main)
    left = FollowUp.objects.get()
    noon = datetime(2026, 11, 24, 7, tzinfo=UTC)  # of the next day in Almaty
    assert (left.user, left.request, left.taken_by, left.source, left.due_at, left.climbs_at) == (
        owner,
        held,
        saule,
        Source.REQUEST,
        noon,
        noon,
    )
    assert client.get(f"/en/follow-ups/{left.public_id}/").status_code == 200
    assert "Was due on" not in text_of(page(client.get(QUEUE)).main)
    with time_machine.travel(noon + timedelta(minutes=1), tick=False):
        assert "Was due on" in text_of(page(as_person(saule).get(QUEUE)).main)
    assert said(as_person(saule).post(place(held, "take/"), follow=True)) == ["info: This is closed already."]


def test_after_closing_it_is_read_until_a_week_after_the_follow_up_by_who_was_there(as_person, saule, dana, held):
    services.invite(request=held, helper=saule, colleague=dana)
    services.join(request=held, helper=dana)
    services.close(request=held, helper=saule, outcome=Outcome.CALMER, text="Жақсы")
    stranger = make_person("aliya", role=Role.PSYCHOLOGIST)
    seen = {who.shown_name: as_person(who).get(place(held)).status_code for who in (saule, dana, stranger)}
    assert seen == {"Saule": 200, "Dana": 200, "Aliya": 404}
    close_follow_up(follow_up=FollowUp.objects.get(), psychologist=saule, note="Жақсы")
    for days, status in ((6, 200), (8, 404)):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            assert as_person(dana).get(place(held)).status_code == status


def test_what_its_person_ends_leaves_a_follow_up_only_when_somebody_had_it(owner, saule, held, other_user):
    end(request=held)
    assert FollowUp.objects.get().taken_by == saule
    end(request=asks(other_user))
    undo(request=asks(other_user))
    assert FollowUp.objects.count() == 1


def test_pressed_by_mistake_leaves_nothing_and_an_administrators_one_waits_for_all(owner, saule, admin, held):
    assert services.close(request=held, helper=saule, outcome=Outcome.MISTAKE, text="Қате") is None
    again = asks(owner, rung=4)
    services.take(request=again, helper=admin)
    left = services.close(request=again, helper=admin, outcome=Outcome.CALMER, text="Жақсы")
    assert (left.state, left.taken_by) == (State.OPEN, None)


def test_a_page_of_a_request_costs_the_same_with_much_in_it(as_person, saule, held):
    client, counts = as_person(saule), []
    client.get(place(held))  # the look is written down
    for number in (1, 8):
        for i in range(number):
            services.write_note(request=held, author=saule, text=f"{number} {i}")
            client.post(place(held), {"words": "a", "form_key": uuid.uuid4()})
        with CaptureQueriesContext(connection) as queries:
            assert client.get(place(held)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_titles_of_the_pages_name_what_they_are_for(as_person, saule, held):
    client, check = as_person(saule), held.checks.first()
    whats = ("", "give-back/", "hand-over/", "second/", "note/", "called/", "close/", f"steps/{check.public_id}/")
    titles = [re.sub(r"\s+", " ", page(client.get(place(held, what))).title.get_text()) for what in whats]
    assert len(set(titles)) == len(whats)
