"""The pages of the rota, as psychologists and administrators use them."""

import pytest
from django.utils import timezone

from emergency.duty import swaps
from emergency.duty.access import on_duty
from emergency.models import Shift, Swap
from tests.support.cast import make_person
from tests.support.duty import at, shift_of
from tests.support.html import errors, page, said, text_of, typed

ROTA, PLAN = "/en/duty/", "/en/duty/plan/"


def rota(client, query: str = "") -> str:
    return text_of(page(client.get(ROTA + query)).main)


def day(client, name: str, query: str = "") -> str:
    """Return what stands below a day of the week."""
    title = next(t for t in page(client.get(ROTA + query)).select("#week ~ h3") if text_of(t).startswith(name))
    return text_of(title.find_next_sibling())


def form(person=None, **more: str) -> dict[str, str]:
    who = {"who": str(person.public_id)} if person else {}
    return who | {"day": "2026-11-24", "start": "22:00", "end": "08:00"} | more


def test_the_page_says_who_is_on_duty_until_when_and_who_is_next(as_person, asel, marat):
    shift_of(asel, at(23, 8))
    shift_of(marat, at(23, 22), 10)
    words = rota(as_person(asel))
    assert "Asel , until 23 November 2026, 16:00" in words
    assert "Marat : Monday, 23 November, 22:00 to 08:00 the next day" in words
    assert "Nobody is on duty: Monday, 23 November, 16:00 to 22:00" in words
    assert "You are on duty now." in words


def test_a_night_stands_below_both_of_its_days_in_words(as_person, asel, marat):
    shift_of(asel, at(24, 22), 10)
    client = as_person(marat)
    assert day(client, "Tuesday") == (
        "Asel : 22:00 to 08:00 the next day"
        " Nobody is on duty: 00:00 to 22:00 Only one person is on duty: 22:00 to 24:00"
    )
    assert day(client, "Wednesday").startswith("Asel : until 08:00, since 22:00 the day before")
    assert day(client, "Monday") == "Nobody is on duty: 10:00 to 24:00"


def test_hours_are_those_of_the_readers_clock(as_person, asel):
    shift_of(asel, at(24, 2), 2)
    assert day(as_person(make_person("far", role="psychologist", time_zone="Europe/Berlin")), "Monday").startswith(
        "Asel : 22:00 to 24:00"
    )


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("2026-12-03", "30 November to 6 December 2026"),
        ("2025-11-17", "17 November to 23 November 2025"),
        ("1999-01-01", "23 November to 29 November 2026"),
        ("0001-01-01", "23 November to 29 November 2026"),
        ("9999-12-31", "23 November to 29 November 2026"),
        ("x", "23 November to 29 November 2026"),
    ],
)
def test_other_weeks_can_be_looked_at(as_person, asel, asked, shown):
    assert text_of(page(as_person(asel).get(f"{ROTA}?week={asked}")).select_one("#week")) == f"Week: {shown}"


def test_a_past_day_without_anybody_says_so_and_nothing_is_missing_on_it_any_more(as_person, asel):
    assert day(as_person(asel), "Tuesday", "?week=2026-11-17") == "Nobody was on duty."


def test_the_rota_of_many_takes_few_questions(as_person, asel, marat, dana, django_assert_max_num_queries):
    client = as_person(asel)
    client.get(ROTA)
    for number in range(20, 40):
        for hour, person in ((0, asel), (8, marat), (16, dana)):
            made = shift_of(person, at(number, hour))
            if number > 30 and person == asel:
                swaps.ask(shift=made, to=marat)
    with django_assert_max_num_queries(13):
        client.get(ROTA)


def test_an_administrator_plans_a_series_over_midnight(as_person, asel, admin):
    client = as_person(admin)
    response = client.post(PLAN, form(asel, weekly_until="2026-12-08"), follow=True)
    assert said(response) == ["success: 3 shifts are on the rota now."]
    assert list(Shift.objects.values_list("starts_at", "ends_at").first()) == [at(24, 22), at(25, 8)]
    assert response.redirect_chain[0][0] == "/en/duty/?week=2026-11-24#week"


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(as_person, asel, admin):
    shift_of(asel, at(25, 5))
    client = as_person(admin)
    response = client.post(PLAN, form(asel))
    assert errors(response, "start") == "Asel already has a shift then: Wednesday, 25 November, 05:00 to 13:00."
    assert typed(response, "day") == "2026-11-24"
    assert errors(client.post(PLAN, form(asel, end="22:00")), "end") == "Beginning and end are the same."
    assert errors(client.post(PLAN, form(asel, day="2026-11-20")), "day") == "This day is over already."
    assert errors(client.post(PLAN, form(asel, day="9999-12-31")), "day") == "Choose a day within the next year."
    assert errors(client.post(PLAN, form(asel, weekly_until="9999-12-31")), "weekly_until")
    assert errors(client.post(PLAN, form(asel, weekly_until="2026-11-01")), "weekly_until")
    assert errors(client.post(PLAN, form(asel, who="x\0")), "who")
    assert errors(client.post(PLAN, form(admin)), "who")
    assert Shift.objects.count() == 1


def test_a_psychologist_takes_hours_of_a_gap_for_nobody_but_themselves(as_person, asel, marat):
    shift_of(marat, at(23, 10), 14)
    client = as_person(asel)
    link = page(client.get(ROTA)).select_one(".panel--danger .entries a")
    begun = client.get(link["href"])
    assert [typed(begun, name) for name in ("day", "start", "end")] == ["2026-11-24", "00:00", "12:00"]
    response = client.post(PLAN, form(marat, start="20:00", weekly_until="2026-12-08"), follow=True)
    assert said(response) == ["success: 1 shift is on the rota now."]
    assert [shift.starts_at for shift in asel.shifts.all()] == [at(24, 20)]
    assert "at most 12 hours" in errors(client.post(PLAN, form(start="08:00", end="21:00", day="2026-11-26")), "end")


@pytest.mark.parametrize("query", ["day=x&start=y&end=z", "day=2026-11-24&start=25:00&end=08:00", "day=2026-11-24"])
def test_a_link_that_names_no_hours_fills_nothing_in(as_person, asel, query):
    assert typed(as_person(asel).get(f"{PLAN}?{query}"), "day") == ""


def test_very_many_hours_are_said_and_not_forbidden(as_person, asel, admin):
    for number in (23, 25, 27):
        shift_of(asel, at(number, 12), 14)
    response = as_person(admin).post(PLAN, form(asel), follow=True)
    assert said(response)[1].startswith("warning: Asel has 52 hours on duty in the week from 23 November.")


def test_an_administrator_changes_and_removes_the_rest_of_a_series(as_person, asel, marat, admin):
    client = as_person(admin)
    client.post(PLAN, form(asel, weekly_until="2026-12-08"))
    second = Shift.objects.order_by("starts_at")[1]
    place = f"/en/duty/shifts/{second.public_id}/"
    assert [typed(client.get(f"{place}change/"), n) for n in ("day", "start", "end")] == [
        "2026-12-01",
        "22:00",
        "08:00",
    ]
    client.post(f"{place}change/", form(marat, day="2026-12-01", start="21:00", rest="rest"))
    assert [s.starts_at for s in marat.shifts.order_by("starts_at")] == [at(31, 21), at(38, 21)]
    client.post(f"{place}remove/", {"rest": "1"})
    assert [s.psychologist for s in Shift.objects.all()] == [asel]
    assert client.post(f"{place}remove/").status_code == 404


def test_three_people_exchange_a_shift(as_person, asel, marat, admin):
    shift = shift_of(asel, at(24, 8))
    ask = f"/en/duty/shifts/{shift.public_id}/ask/"
    hers, his, theirs = as_person(asel), as_person(marat), as_person(admin)
    response = hers.post(ask, {"colleague": str(marat.public_id)}, follow=True)
    assert "You asked Marat to take it. Waits for the colleague." in text_of(page(response).main)
    swap = Swap.objects.get()
    place = f"/en/duty/swaps/{swap.public_id}/"
    assert "Asel asks whether you can take this shift." in rota(his)
    assert "Exchanges to approve" not in rota(theirs)
    his.post(f"{place}answer/", {"answer": "yes"})
    assert "From Asel to Marat. Both agree." in rota(theirs)
    assert "Both are told" in said(theirs.post(f"{place}decide/", {"answer": "yes"}, follow=True))[0]
    assert on_duty(at(24, 9)) == [marat]
    assert hers.post(f"{place}take-back/", follow=True).status_code == 200
    assert hers.get(ask).status_code == 404


def test_strangers_to_a_shift_or_an_exchange_find_nothing(as_person, asel, marat, dana, admin):
    shift = shift_of(asel, at(24, 8))
    swap = swaps.ask(shift=shift, to=marat)
    other = as_person(dana)
    for place in (
        f"shifts/{shift.public_id}/ask/",
        f"shifts/{shift.public_id}/give-up/",
        f"swaps/{swap.public_id}/answer/",
    ):
        assert other.post(f"{ROTA}{place}", {"answer": "yes"}).status_code == 404
        assert as_person(admin).post(f"{ROTA}{place}", {"answer": "yes"}).status_code == 404
    assert as_person(marat).post(f"{ROTA}swaps/{swap.public_id}/decide/", {"answer": "yes"}).status_code == 404
    assert as_person(asel).post(f"{ROTA}swaps/{swap.public_id}/answer/", {"answer": "yes"}).status_code == 404


def test_nobody_free_or_begun_already_leads_to_saying_that_one_cannot_come(as_person, asel, marat):
    begun, coming = shift_of(asel, at(23, 8)), shift_of(asel, at(24, 8))
    shift_of(marat, at(24, 8))
    client = as_person(asel)
    for shift in (begun, coming):
        links = [a["href"] for a in page(client.get(f"{ROTA}shifts/{shift.public_id}/ask/")).select("main .actions a")]
        assert links == [f"{ROTA}shifts/{shift.public_id}/give-up/", ROTA]
    client.post(f"{ROTA}shifts/{begun.public_id}/give-up/")
    assert on_duty(timezone.now()) == []
    assert "Nobody is on duty now." in rota(client)
