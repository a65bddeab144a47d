"""The list of helpers and the proposals: who is shown, in which order, and why."""

from datetime import date

import pytest
import time_machine

from accounts.choices import Role
from accounts.helping import services
from accounts.models import Assignment, HelperProfile, User, WaitingPlace
from tests.accounts.support import chosen, phrase
from tests.support.cast import make_person
from tests.support.html import page, summary, text_of

pytestmark = pytest.mark.django_db
LIST, MATCH = "/en/helpers/", "/en/helpers/match/"


def names(response) -> list[str]:
    return [text_of(title) for title in page(response).select("main .entries h3")]


@pytest.fixture
def client(owner, as_person):
    return as_person(owner)


@pytest.fixture
def crowd(make_helper) -> dict[str, HelperProfile]:
    return {
        "aigul": make_helper("aigul", topics=["grief"], ways=["text", "voice"]),
        "boris": make_helper("boris", languages=["ru"], topics=["grief", "work"], ways=["text", "sign-ru"]),
        "dana": make_helper("dana", role=Role.PSYCHOLOGIST, languages=["kk", "ru"], ways=["video"]),
    }


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({}, {"Aigul", "Boris", "Dana"}),
        ({"role": "volunteer"}, {"Aigul", "Boris"}),
        ({"language": "ru"}, {"Boris", "Dana"}),
        ({"topic": "grief", "language": "kk"}, {"Aigul"}),
        ({"way": "sign-ru"}, {"Boris"}),
        ({"way": "pictograms"}, set()),
    ],
)
def test_the_list_is_narrowed_to_what_is_asked(client, crowd, answers, found):
    assert set(names(client.post(LIST, answers))) == found


@pytest.mark.parametrize("field", ["role", "language", "topic", "way"])
@pytest.mark.parametrize("value", ["x", "\x00", "7" * 6000])
def test_what_cannot_be_asked_for_is_refused_and_all_are_shown(client, crowd, field, value):
    answer = client.post(LIST, {field: value})
    assert summary(answer)
    assert len(names(answer)) == 3


@time_machine.travel("2026-11-23 14:30 +0000", tick=False)
def test_who_has_time_now_is_known_for_each_zone(owner, as_person, make_helper):
    """It is 19:30 on Monday in Almaty and 15:30 in Berlin."""
    for name, zone, (start, end), fields in [
        ("almaty", "Asia/Almaty", (1140, 1200), {}),
        ("berlin", "Europe/Berlin", (900, 960), {}),
        ("later", "Europe/Berlin", (1140, 1200), {}),
        ("away", "Asia/Almaty", (1140, 1200), {"on_break": True, "break_until": date(2026, 11, 23)}),
    ]:
        profile = make_helper(name, zone=zone, **fields)
        profile.hours.create(weekday=0, start_minute=start, end_minute=end)
    client = as_person(owner)  # at this hour, so that the session did not stand idle since
    assert set(names(client.post(LIST, {"free_now": "on"}))) == {"Almaty", "Berlin"}


def test_the_order_is_language_then_room_then_who_was_asked_longest_ago(client, make_helper, admin):
    make_helper("russian", languages=["ru"], granted_limit=30)
    half = make_helper("half", role=Role.PSYCHOLOGIST, own_limit=10)
    make_helper("asked", role=Role.PSYCHOLOGIST)
    make_helper("fresh")
    for number in range(5):
        services.assign(user=make_person(f"p{number}"), helper=half.user, actor=admin, reason="")
    helper = User.objects.get(shown_name="Asked")
    link = services.assign(user=make_person("p"), helper=helper, actor=admin, reason="")
    services.end(assignment=link, actor=admin, reason="done")
    assert names(client.get(LIST)) == ["Fresh", "Asked", "Half", "Russian"]


def test_who_is_not_ready_or_not_a_helper_is_not_listed(client, make_helper, unrelated_volunteer):
    make_helper("unready", languages=[])
    for name, change in (("closed", {"is_active": False}), ("former", {"role": Role.USER})):
        User.objects.filter(pk=make_helper(name).user_id).update(**change)
    assert names(client.get(LIST)) == []


def test_a_volunteer_is_never_called_a_psychologist(client, crowd):
    shown = page(client.get(f"/en/helpers/{crowd['aigul'].public_id}/")).main
    assert text_of(shown.h1.find_next("p")) == "Volunteer"
    assert "sychologist" not in text_of(shown)


def test_the_list_has_pages_without_javascript(client, make_helper):
    for number in range(12):
        make_helper(f"h{number}", topics=["work"] if number else [])
    first = client.post(LIST, {"topic": "work"})
    assert len(names(first)) == 10
    button = page(first).select_one("button[name=page]")
    second = client.post(LIST, {"topic": "work", "page": button["value"]})
    assert len(names(second)) == 1
    assert len(names(client.post(LIST, {"page": "x\x00"}))) == 10


def test_the_form_of_the_proposals_is_filled_from_the_profile(client, owner):
    owner.profile.disabilities = ["hearing", "unsaid"]
    owner.profile.save()
    asked = client.get(MATCH)
    assert chosen(asked, "ways") == ["text", "sign-kk", "sign-ru"]
    assert chosen(asked, "languages") == ["kk"]


def test_up_to_three_who_fit_are_proposed_best_first_with_reasons(client, crowd, make_helper):
    for number in range(3):
        make_helper(f"h{number}")
    answer = client.post(MATCH, {"languages": ["kk", "ru"], "ways": ["text", "sign-ru"], "topics": ["grief"]})
    assert names(answer)[0] == "Boris"
    assert len(names(answer)) == 3
    reasons = [text_of(line) for line in page(answer).select(".ticks")[0].select("li")]
    assert reasons[:3] == ["Speaks Russian", "Talks in writing", "Knows Russian sign language"]
    assert "Knows about: Loss and grief" in reasons


def test_nobody_is_proposed_who_speaks_no_wished_language_or_way(client, crowd):
    assert names(client.post(MATCH, {"languages": ["en"]})) == []
    assert names(client.post(MATCH, {"ways": ["pictograms"]})) == []
    assert names(client.post(MATCH, {"role": "psychologist"})) == ["Dana"]


def test_who_is_full_away_or_said_no_is_not_proposed(client, owner, admin, make_helper):
    make_helper("away", on_break=True)
    full = make_helper("full", own_limit=1)
    services.assign(user=make_person("p"), helper=full.user, actor=admin, reason="")
    no = services.ask(user=owner, helper=make_helper("no"), languages=[], ways=[])
    services.decline(assignment=no, reason="near")
    make_helper("yes")
    assert names(client.post(MATCH, {})) == ["Yes"]


def test_one_press_asks_whom_emocare_proposed(client, crowd):
    answer = client.post(MATCH, {"ways": ["sign-ru"], "topics": ["grief"]})
    form = page(answer).select_one(".entries form")
    told = {name: [f["value"] for f in form.select(f"[name={name}]")] for name in ("ways", "languages", "how")}
    assert client.post(form["action"], told).url == "/en/helpers/mine/"
    made = Assignment.objects.get()
    assert (made.how, made.ways, made.helper) == ("match", ["sign-ru"], crowd["boris"].user)


def test_nothing_of_what_was_asked_for_stands_in_an_address(client, crowd):
    found = page(client.post(LIST, {"topic": "grief"})).main
    assert [a["href"] for a in found.select("a") if "grief" in a["href"]] == []
    assert [f["action"] for f in found.select("form[action]")] == []


def test_when_nobody_has_room_a_place_in_the_line_is_offered(client, owner):
    answer = client.post(MATCH, {"languages": ["kk"], "topics": ["grief"]})
    assert phrase("Nobody who fits has room now", "en") in text_of(page(answer).main)
    form = page(answer).select_one("form[action$='/helpers/waiting/']")
    assert client.post(form["action"], {f["name"]: f["value"] for f in form.select("[name]")}).status_code == 302
    assert WaitingPlace.objects.get(user=owner).topics == ["grief"]
