"""Follow-ups: seen by whom the person agreed to, taken by one, never closed without a note."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import Role
from accounts.helping.choices import EndReason
from accounts.helping.services import end as part
from accounts.helping.steps import Refused
from accounts.models import Assignment, JournalEntry, User
from accounts.retention.services import run as let_go
from emergency import services
from emergency.choices import Level, Source, State
from emergency.models import FollowUp, Message
from tests.accounts.support import at_once
from tests.support.cast import make_person
from tests.support.html import errors, page, said, text_of
from tests.support.news import told, written

pytestmark = pytest.mark.django_db
PAGES, LIST = "/en/follow-ups/", "/en/urgent/"


def opened(user: User, level: Level = Level.HIGH, agreed: bool = True) -> FollowUp:
    return services.open_follow_up(user=user, level=level, source=Source.TEST, agreed=agreed)


def place(follow_up: FollowUp, what: str = "") -> str:
    return f"{PAGES}{follow_up.public_id}/{what}"


@pytest.fixture
def psychologist(db) -> User:
    return make_person("saule", role=Role.PSYCHOLOGIST)


@pytest.fixture
def waiting(owner, psychologist) -> FollowUp:
    return opened(owner)


@pytest.fixture
def taken(waiting, psychologist) -> FollowUp:
    services.take(follow_up=waiting, psychologist=psychologist)
    waiting.refresh_from_db()
    return waiting


def names(client) -> list[str]:
    soup = page(client.get(LIST))
    first = [text_of(title).removeprefix("Next: ") for title in soup.select("#first")]
    return first + [text_of(link) for link in soup.select(".entries h3 a")]


def test_a_second_one_of_the_same_source_raises_the_first(owner):
    first = opened(owner, Level.WATCH, agreed=False)
    second = opened(owner, Level.IMMINENT, agreed=True)
    third = opened(owner, Level.HIGH, agreed=False)
    assert first.pk == second.pk == third.pk
    assert (third.level, third.to_helpers) == (Level.IMMINENT, True)


def test_what_people_see_already_is_raised_only_when_the_person_asks_again(owner, psychologist):
    asked = opened(owner, Level.WATCH)
    graver = opened(owner, Level.IMMINENT, agreed=False)
    assert (graver.pk, graver.level, graver.due_at) == (asked.pk, Level.WATCH, asked.due_at)
    assert opened(owner, Level.IMMINENT).level == FollowUp.objects.get().level == Level.IMMINENT


def test_what_is_more_urgent_is_due_sooner(owner):
    with time_machine.travel(datetime(2026, 11, 22, 15, tzinfo=UTC), tick=False):
        high = opened(owner)
        assert high.due_at - timezone.now() == timedelta(minutes=30)
        assert opened(owner, Level.IMMINENT).due_at - timezone.now() == timedelta(minutes=5)
        alone = opened(make_person("alone"), agreed=False)
        assert alone.due_at == datetime(2026, 11, 22, 23, tzinfo=UTC)  # four in the morning of Almaty


def test_the_most_urgent_stands_first_then_who_has_waited_longest(as_person, psychologist):
    for name, level, minutes in (("a", 1, 90), ("b", 2, 10), ("c", 2, 60), ("d", 3, 0)):
        found = opened(make_person(name), Level(level))
        FollowUp.objects.filter(pk=found.pk).update(asked_at=timezone.now() - timedelta(minutes=minutes))
    assert names(as_person(psychologist)) == ["D", "C", "B", "A"]


def test_only_the_own_psychologist_sees_it_where_there_is_one(
    as_person, owner, assigned_psychologist, unrelated_psychologist
):
    found = opened(owner)
    assert names(as_person(assigned_psychologist)) == ["Owner"]
    assert names(as_person(unrelated_psychologist)) == []
    assert as_person(unrelated_psychologist).get(place(found)).status_code == 404
    part(assignment=Assignment.objects.get(user=owner), actor=owner, reason=EndReason.USER)
    assert names(as_person(unrelated_psychologist)) == ["Owner"]  # so that it is not lost


@pytest.mark.parametrize("who", ["other_user", "assigned_volunteer", "curator", "supporter", "admin"])
def test_nobody_else_sees_it(request, as_person, waiting, who):
    client = as_person(request.getfixturevalue(who))
    assert client.get(LIST).status_code == (200 if who == "admin" else 403)
    assert "Owner" not in client.get(LIST).content.decode()
    for what in ("", "close/"):
        assert client.get(place(waiting, what)).status_code == 404
    for what in ("", "take/", "give-back/", "close/", "ask/", "end/"):
        assert client.post(place(waiting, what)).status_code == 404


@pytest.mark.parametrize(("level", "seen"), [(Level.WATCH, 404), (Level.HIGH, 200), (Level.IMMINENT, 200)])
def test_in_danger_a_consent_that_was_taken_back_keeps_nobody_away(
    as_person, owner, waiting, psychologist, level, seen
):
    FollowUp.objects.update(level=level)
    User.objects.filter(pk=owner.pk).update(agreed_version="")
    assert as_person(psychologist).get(place(waiting)).status_code == seen
    assert as_person(owner).get(place(waiting)).status_code == 200


def test_a_look_is_written_down(as_person, owner, waiting, psychologist):
    as_person(psychologist).get(place(waiting))
    assert JournalEntry.objects.filter(kind="follow-up", subject=owner.journal_key).count() == 1


def test_a_psychologist_takes_it_writes_and_closes_with_a_note_and_the_person_sees_it(
    as_person, owner, waiting, psychologist
):
    theirs, mine = as_person(psychologist), as_person(owner)
    theirs.post(place(waiting, "take/"))
    assert "A psychologist has read it: Saule" in text_of(page(mine.get("/en/dashboard/")).main)
    form = page(theirs.get(place(waiting))).select_one("main [name=form_key]")["value"]
    for _twice in range(2):
        theirs.post(place(waiting), {"words": "Сәлеметсіз бе!", "form_key": form})
    assert Message.objects.count() == 1
    assert "Сәлеметсіз бе!" in text_of(page(mine.get(place(waiting))).main)
    key = page(mine.get(place(waiting))).select_one("main [name=form_key]")["value"]
    mine.post(place(waiting), {"words": "Рахмет", "form_key": key})
    assert "Рахмет" in text_of(page(theirs.get(place(waiting))).main)
    theirs.post(place(waiting, "close/"), {"note": "Құпия түсініктеме"})
    seen = mine.get(place(waiting))
    assert "This is closed since" in text_of(page(seen).main)
    assert "Құпия түсініктеме" not in seen.content.decode()


def test_other_words_in_a_form_that_was_sent_already_are_not_lost(as_person, owner, taken):
    client = as_person(owner)
    key = page(client.get(place(taken))).select_one("main [name=form_key]")["value"]
    for words in ("Рахмет", "Рахмет", "Тағы бір сөз"):
        client.post(place(taken), {"words": words, "form_key": key})
    assert [message.text for message in Message.objects.order_by("pk")] == ["Рахмет", "Тағы бір сөз"]


def test_it_is_not_closed_without_a_note(as_person, taken, psychologist):
    response = as_person(psychologist).post(place(taken, "close/"), {"note": " "})
    assert "never closed without a note" in errors(response, "note")
    assert FollowUp.objects.get().state == State.TAKEN
    taken.state, taken.closed_at = State.CLOSED, timezone.now()
    with pytest.raises(IntegrityError, match="follow_up_closed_with_a_note"), transaction.atomic():
        taken.save()


def test_what_one_has_taken_the_others_see_no_more(as_person, taken, unrelated_psychologist):
    client = as_person(unrelated_psychologist)
    assert names(client) == []
    assert client.get(place(taken)).status_code == 404
    assert said(client.post(place(taken, "take/"), follow=True))[0].startswith("info: Another psychologist")


@pytest.mark.django_db(transaction=True)
def test_of_several_at_once_one_takes_it(owner):
    several = [make_person(name, role=Role.PSYCHOLOGIST) for name in ("saule", "dana", "aliya", "madina")]
    found = opened(owner)

    def take(psychologist: User) -> bool:
        try:
            services.take(follow_up=found, psychologist=psychologist)
        except Refused:
            return False
        return True

    assert sorted(at_once(*(lambda p=p: take(p) for p in several))) == [False, False, False, True]


def test_who_is_no_psychologist_any_more_loses_it_and_it_waits_again(as_person, taken, psychologist, owner):
    User.objects.filter(pk=psychologist.pk).update(role=Role.USER)
    client = as_person(User.objects.get(pk=psychologist.pk))
    assert client.get(place(taken)).status_code == client.post(place(taken, "close/")).status_code == 404
    other = make_person("dana", role=Role.PSYCHOLOGIST)
    assert names(as_person(other)) == ["Owner"]
    as_person(other).post(place(taken, "take/"))
    assert FollowUp.objects.get().taken_by == other


def test_it_can_be_given_back(as_person, taken, psychologist, unrelated_psychologist):
    as_person(psychologist).post(place(taken, "give-back/"))
    assert names(as_person(unrelated_psychologist)) == ["Owner"]


def test_nobody_writes_where_nobody_reads(as_person, owner, waiting, psychologist):
    key = "0b0e6a5e-3c1c-4f3e-9d5c-1f2e3d4c5b6a"
    response = as_person(psychologist).post(place(waiting), {"words": "a", "form_key": key})
    assert response.status_code == 200
    assert not Message.objects.exists()


def test_the_person_ends_it_at_any_time(as_person, owner, taken, psychologist):
    as_person(owner).post(place(taken, "end/"))
    assert FollowUp.objects.get().state == State.CLOSED
    assert "The person ended it" in text_of(page(as_person(psychologist).get(place(taken))).main)


def test_somebody_asks_later_on_their_own_page(as_person, owner, psychologist):
    found = opened(owner, agreed=False)
    client = as_person(owner)
    assert "Nobody but you knows of it" in text_of(page(client.get(place(found))).main)
    client.post(place(found, "ask/"))
    assert names(as_person(psychologist)) == ["Owner"]


AT = "2026-11-23 12:10 +0500"


@time_machine.travel(AT, tick=False)
def test_every_psychologist_is_told_of_each_who_asks_and_gets_one_letter_an_hour(
    owner, other_user, admin, psychologist
):
    asel = make_person("asel", role=Role.PSYCHOLOGIST)
    opened(owner)
    opened(other_user)
    assert told(psychologist) == told(asel) == ["attention opened", "attention_again opened"]
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        opened(admin)
    assert told(asel)[2:] == ["attention opened"]
    assert not [word for word in ("Owner", "Stranger") if word in written()]


@time_machine.travel(AT, tick=False)
def test_danger_right_now_does_not_wait_for_the_hour(owner, other_user, psychologist):
    opened(owner, Level.WATCH)
    opened(other_user, Level.IMMINENT)
    opened(owner, Level.IMMINENT, agreed=False)  # what people see already is raised when the person asks once more
    assert told(psychologist) == ["attention opened"] * 2
    opened(owner, Level.IMMINENT)
    assert told(psychologist)[2:] == ["attention_again opened"]


def test_nobody_is_told_without_agreement(owner, psychologist):
    opened(owner, Level.IMMINENT, agreed=False)
    assert told() == []


def test_own_psychologists_are_told_before_others_and_who_gives_it_back_is_not_told(
    owner, other_user, assigned_psychologist, psychologist
):
    opened(owner)
    assert "attention opened" in told(assigned_psychologist)
    assert told(psychologist) == []
    found = opened(other_user)
    services.take(follow_up=found, psychologist=psychologist)
    services.give_back(follow_up=found, psychologist=psychologist)
    assert told(psychologist) == ["attention opened"]
    assert told(assigned_psychologist)[-2:] == ["attention_again opened"] * 2


def test_both_are_told_of_what_the_other_does(as_person, owner, psychologist, taken):
    as_person(owner).post(place(taken), {"words": "Рақмет", "form_key": uuid.uuid4()})
    as_person(psychologist).post(place(taken), {"words": "Мен осындамын", "form_key": uuid.uuid4()})
    services.close(follow_up=taken, psychologist=psychologist, note="Жақсы")
    assert told(owner) == ["follow_up taken", "follow_up written", "follow_up closed"]
    assert told(psychologist) == ["attention opened", "follow_up written"]
    assert not [word for word in ("Рақмет", "осындамын", "Жақсы") if word in written()]


def test_telling_many_psychologists_costs_no_more_queries_but_the_tasks(owner, other_user, psychologist):
    def cost(person: User) -> int:
        with CaptureQueriesContext(connection) as queries:
            opened(person)
        return len([query for query in queries if "procrastinate" not in query["sql"]])

    cost(make_person("first"))
    before = cost(owner)
    for name in "abcde":
        make_person(name, role=Role.PSYCHOLOGIST)
    cost(make_person("second"))
    assert cost(other_user) == before


def test_the_list_costs_the_same_with_many(as_person, psychologist):
    client, counts = as_person(psychologist), []
    client.get(LIST)  # the look is written down
    for group in ("a", "bcdefgh"):
        for name in group:
            opened(make_person(name))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_closed_ones_are_let_go_after_their_time(owner, waiting):
    services.end(follow_up=waiting)
    for days, left in ((364, 1), (366, 0)):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            let_go()
        assert FollowUp.objects.count() == left
