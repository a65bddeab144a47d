"""The register of breaches: the deadline, the checklist, closing, and who may open it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.breaches.choices import GUIDES, Step
from accounts.breaches.deadline import due
from accounts.models import Breach, User
from tests.accounts.support import phrase
from tests.support.html import page, text_of

pytestmark = pytest.mark.django_db
ALMATY = ZoneInfo("Asia/Almaty")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ALMATY)
REQUIRED = [step.value for step in Step if GUIDES[step].required]
TEXTS = {
    "what": "Сақтық көшірме ашық тұрды",
    "consequences": "Белгісіз",
    "measures": "Жабылды",
    "contact": "Ана, 87010000000",
}
TOLD = {"authority_notified_at": "2026-11-23T09:30", "authority_reference": "17"}


@pytest.fixture
def browser(as_person, admin):
    """An administrator's browser, on a Monday morning."""
    with time_machine.travel(MONDAY, tick=False):
        yield as_person(admin)


def place(name: str, breach: Breach | None = None) -> str:
    return reverse(f"admin:accounts_breach_{name}", args=[breach.pk] if breach else [])


def answers(**changes: object) -> dict[str, object]:
    return {"detected_at": "2026-11-23T09:00", **TEXTS, **changes}


@pytest.fixture
def breach(browser) -> Breach:
    """An entry that was found at nine this morning."""
    assert browser.post(place("add"), answers()).status_code == 302
    return Breach.objects.get()


def save(browser, breach: Breach, **changes: object):
    """Open the form of an entry, change something and send it with all that the page held."""
    held: dict[str, object] = {}
    for field in page(browser.get(place("change", breach))).select("#breach_form [name]"):
        if field["name"].startswith("_") or (field.get("type") == "checkbox" and not field.has_attr("checked")):
            continue
        value = field.text.removeprefix("\n") if field.name == "textarea" else field.get("value", "")
        held.setdefault(field["name"], []).append(value)
    return browser.post(place("change", breach), held | changes)


def wrong(answer) -> set[str]:
    """Return the names of the fields that have an error, in the order of nothing."""
    return set(answer.context["adminform"].form.errors)


# The deadline


@pytest.mark.parametrize(
    ("found", "day"),
    [
        ((2026, 11, 23, 0, 0), 24),  # Monday
        ((2026, 11, 23, 23, 59), 24),
        ((2026, 11, 26, 12, 0), 27),  # Thursday
        ((2026, 11, 27, 12, 0), 30),  # Friday
        ((2026, 11, 28, 0, 0), 30),
        ((2026, 11, 29, 23, 59), 30),  # Sunday
    ],
)
def test_the_authorised_body_is_to_be_told_by_the_end_of_the_next_business_day(found, day):
    assert due(datetime(*found, tzinfo=ALMATY)) == datetime(2026, 11, day, 23, 59, tzinfo=ALMATY)


def test_the_deadline_goes_by_the_operators_clock_wherever_the_administrator_is(breach):
    with timezone.override("America/New_York"):
        breach.detected_at = datetime(2026, 11, 26, 20, 0, tzinfo=ZoneInfo("UTC"))  # Friday morning in Almaty
        breach.save()
    assert breach.due_at == datetime(2026, 11, 30, 23, 59, tzinfo=ALMATY)


@pytest.mark.parametrize(("hour", "words"), [(23, "Not told yet"), (24, "OVERDUE: tell the authorised body now")])
def test_an_overdue_entry_says_so_in_words_in_the_list_and_on_the_first_page(breach, as_person, admin, hour, words):
    late = hour > 23
    with time_machine.travel(breach.due_at.replace(second=30 if late else 0), tick=False):
        browser = as_person(admin)
        row = page(browser.get(place("changelist"))).select_one("#result_list .field-deadline")
        assert text_of(row) == phrase(words)
        link = page(browser.get("/admin/")).select_one(".errornote a")
        assert link["href"].endswith("?state=overdue" if late else "?state=open")
        assert len(page(browser.get(link["href"])).select("#result_list tbody tr")) == 1


def test_with_nothing_open_the_first_page_says_nothing(browser):
    assert page(browser.get("/admin/")).select(".errornote") == []


# Keeping an entry


def test_what_is_written_is_kept_encrypted_and_the_change_is_logged(browser, breach, admin):
    save(browser, breach, consequences="Екі адамның аты көрінді")
    with connection.cursor() as cursor:
        cursor.execute("SELECT what, consequences, measures, contact FROM accounts_breach")
        raw = b"".join(map(bytes, cursor.fetchone()))
    assert not any(text.encode() in raw for text in TEXTS.values())
    breach.refresh_from_db()
    assert (breach.consequences, breach.opened_by) == ("Екі адамның аты көрінді", admin)
    log = LogEntry.objects.filter(object_id=str(breach.pk)).order_by("pk")
    assert [entry.is_change() for entry in log] == [False, True]
    assert phrase("what can follow, or has followed") in browser.get(place("history", breach)).content.decode()
    assert "адам" not in "".join(entry.change_message + entry.object_repr for entry in log)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"what": ""}, {"what"}),
        ({"what": "a\0b"}, {"what"}),
        ({"detected_at": ""}, {"detected_at"}),
        ({"detected_at": "2026-11-23T11:00"}, {"detected_at"}),
        ({"happened_at": "2026-11-23T09:30"}, {"__all__"}),
        ({"authority_notified_at": "2026-11-22T09:00"}, {"__all__"}),
        ({"people_notified_at": "2026-11-22T09:00"}, {"__all__"}),
        ({"people": "-1"}, {"people"}),
        ({"people": "9" * 30}, {"people"}),
        ({"kinds": ["moods", "x"]}, {"kinds"}),
        ({"steps": ["authority"]}, {"authority_notified_at"}),
        ({"steps": ["people"], "measures": ""}, {"people_notified_at"}),
        ({"authority_reference": "x" * 101}, {"authority_reference"}),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(browser, changes, fields):
    answer = browser.post(place("add"), answers(**changes))
    assert wrong(answer) == fields
    assert not Breach.objects.exists()


def test_a_step_keeps_who_did_it_first_and_can_be_taken_back(browser, breach, admin):
    save(browser, breach, steps=["stop"])
    with time_machine.travel(MONDAY.replace(minute=10)):
        save(browser, breach, steps=["stop", "evidence"])
    first = breach.done()["stop"]
    assert (first.done_at, first.done_by) == (MONDAY, admin)
    save(browser, breach, steps=["evidence"])
    assert breach.done().keys() == {"evidence"}


def test_two_administrators_who_write_at_the_same_time_undo_nothing_of_each_other(browser, breach):
    seen_before = {"initial-steps": [], "initial-measures": "Жабылды", "initial-consequences": "Белгісіз"}
    save(browser, breach, steps=["stop"], measures="Кілттер ауыстырылды")
    save(browser, breach, **seen_before, steps=["evidence"], measures="Жабылды", consequences="Ешкім ашпаған")
    breach.refresh_from_db()
    assert breach.done().keys() == {"stop", "evidence"}
    assert (breach.measures, breach.consequences) == ("Кілттер ауыстырылды", "Ешкім ашпаған")


def test_the_deadline_stays_with_its_moment_when_somebody_with_an_older_page_writes(browser, breach):
    seen_before = {name: ["2026-11-23T09:00"] for name in ("detected_at", "initial-detected_at")}
    save(browser, breach, detected_at="2026-11-20T09:00")
    save(browser, breach, **seen_before, consequences="Ешкім ашпаған")
    breach.refresh_from_db()
    assert (breach.detected_at.date(), breach.due_at) == (
        date(2026, 11, 20),
        datetime(2026, 11, 23, 23, 59, tzinfo=ALMATY),
    )
    assert breach.consequences == "Ешкім ашпаған"


def test_what_contradicts_what_somebody_else_wrote_meanwhile_is_said(browser, breach):
    seen_before = {name: ["2026-11-23T09:00"] for name in ("detected_at", "initial-detected_at")}
    save(browser, breach, detected_at="2026-11-23T09:30")
    assert wrong(save(browser, breach, **seen_before, authority_notified_at="2026-11-23T09:10")) == {"__all__"}
    breach.refresh_from_db()
    assert breach.authority_notified_at is None


# Closing


@pytest.mark.parametrize("missing", REQUIRED)
def test_an_entry_is_not_closed_while_a_required_step_is_missing(browser, breach, missing):
    answer = save(browser, breach, steps=[step for step in REQUIRED if step != missing], closes="on", **TOLD)
    assert wrong(answer) == {"closes"}
    assert phrase(Step(missing).label) in text_of(page(answer).select_one(".field-closes .errorlist"))
    assert not Breach.objects.get().is_closed


@pytest.mark.parametrize("empty", ["consequences", "measures", "contact", "authority_notified_at"])
def test_an_entry_is_not_closed_without_what_has_to_be_documented(browser, breach, empty):
    given = TOLD | {"people_notified_at": "2026-11-23T09:40", empty: ""}
    assert wrong(save(browser, breach, steps=REQUIRED, closes="on", **given)) == {empty}
    assert not Breach.objects.get().is_closed


def test_a_closed_entry_is_only_read_until_it_is_opened_again(browser, breach):
    assert save(browser, breach, steps=REQUIRED, closes="on", **TOLD).status_code == 302
    assert Breach.objects.get().is_closed
    assert browser.get(place("change", breach)).url == place("report", breach)
    assert browser.post(place("change", breach), answers(what="x")).url == place("report", breach)
    assert browser.post(place("open_again", breach)).url == place("change", breach)
    assert not Breach.objects.get().is_closed
    assert Breach.objects.get().what == TEXTS["what"]


def test_nobody_deletes_an_entry(browser, breach, admin):
    assert browser.post(place("delete", breach), {"post": "yes"}).status_code == 403
    browser.post(place("changelist"), {"action": "delete_selected", "_selected_action": [breach.pk], "post": "yes"})
    admin.delete()
    assert Breach.objects.get().opened_by is None


# To print, and for whom


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_to_print_holds_the_entry_and_the_operator_in_each_language(browser, breach, language, settings):
    settings.OPERATOR = {"name": "Жүрек", "contact": "info@example.kz"}
    save(browser, breach, steps=["authority"], kinds=["moods", "children"], **TOLD)
    User.objects.update(language=language, time_zone="America/New_York")
    shown = page(browser.get(place("report", breach)))
    assert shown.html["lang"] == language
    text = text_of(shown.select_one("#content"))
    for words in (*TEXTS.values(), "Жүрек", "info@example.kz", phrase("Moods, journal and notes", language), "09:30"):
        assert words in text
    assert phrase("Told in time", language) in text


@pytest.mark.parametrize("name", ["changelist", "add"])
@pytest.mark.parametrize("person", ["owner", "assigned_psychologist", "curator"])
def test_nobody_but_administrators_sees_the_register(request, as_person, person, name):
    answer = as_person(request.getfixturevalue(person)).get(place(name))
    assert answer.url.startswith("/admin/login/")


@pytest.mark.parametrize("name", ["change", "report", "open_again"])
def test_an_entry_is_closed_to_others_and_to_administrators_without_a_second_factor(
    breach, as_person, admin, curator, name
):
    for browser in (as_person(None), as_person(curator), as_person(admin, verified=False)):
        for answer in (browser.get(place(name, breach)), browser.post(place(name, breach))):
            assert answer.status_code == 302
            assert TEXTS["what"] not in answer.content.decode()


def test_the_list_takes_as_many_queries_for_twelve_as_for_two(browser, django_assert_max_num_queries):
    Breach.objects.bulk_create(Breach(due_at=MONDAY, detected_at=MONDAY) for _i in range(2))
    with django_assert_max_num_queries(15) as few:
        browser.get(place("changelist"))
    Breach.objects.bulk_create(Breach(due_at=MONDAY, detected_at=MONDAY) for _i in range(10))
    with django_assert_max_num_queries(len(few)):
        browser.get(place("changelist"))
