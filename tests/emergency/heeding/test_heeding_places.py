"""Wherever somebody writes: it is saved, and the page that comes next offers help where the words tell of danger."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import Role
from accounts.kin.choices import Right
from accounts.models import Application, Assignment, HelperProfile, JournalEntry
from emergency import services
from emergency.choices import Level, Source
from emergency.models import FollowUp, Judgement, Message
from tests.support.cast import make_person, make_support
from tests.support.html import page
from tests.support.judgements import send
from tests.support.news import told
from tests_app.models import SafetyPlan
from tracker.models import Draft, MoodEntry

pytestmark = pytest.mark.django_db
HARD = {
    "kk": "Мен өлгім келеді, енді шыдай алмаймын.",
    "ru": "Я больше не хочу жить, хочу умереть.",
    "en": "I want to kill myself tonight.",
}
FINE = {"kk": "Бүгін күн жылы болды.", "ru": "Сегодня гуляли в парке.", "en": "We walked in the park today."}


@pytest.fixture
def owners(as_person, owner):
    return as_person(owner)


@pytest.fixture
def psychologist(db):
    return make_person("saule", role=Role.PSYCHOLOGIST)


# Each writes in one place, and returns the page that comes next and what is stored then.


def mood(request, words):
    client = request.getfixturevalue("owners")
    shown = client.post("/en/mood/record/", {"level": "1", "note": words}, follow=True)
    return shown, lambda: MoodEntry.objects.get().note


def own_word(request, words):
    client = request.getfixturevalue("owners")
    shown = client.post("/en/mood/record/", {"level": "1", "own_feelings": words.strip(".")}, follow=True)
    return shown, lambda: f"{', '.join(word.word for word in MoodEntry.objects.get().owner.mood_words.all())}."


def edit(request, words):
    client, owner = request.getfixturevalue("owners"), request.getfixturevalue("owner")
    entry = MoodEntry.objects.create(owner=owner, level=1, note="x")
    day = timezone.localtime(entry.felt_at)
    sent = {"level": "1", "note": words, "day": f"{day:%Y-%m-%d}", "time": f"{day:%H:%M}"}
    shown = client.post(f"/en/mood/{entry.public_id}/", sent, follow=True)
    return shown, lambda: MoodEntry.objects.get().note


def journal(request, words):
    client = request.getfixturevalue("owners")
    shown = client.post("/en/mood/journal/write/", {"note": words, "form_key": uuid.uuid4()}, follow=True)
    return shown, lambda: MoodEntry.objects.get().note


def draft(request, words):
    client = request.getfixturevalue("owners")
    sent = {"note": words, "form_key": uuid.uuid4(), "draft": "1"}
    return client.post("/en/mood/journal/write/", sent, follow=True), lambda: Draft.objects.get().text


def supporter(request, words):
    owner, friend = request.getfixturevalue("owner"), request.getfixturevalue("other_user")
    support = make_support(owner, friend, Right.RECORD_MOOD)
    client = request.getfixturevalue("as_person")(friend)
    sent = {"level": "1", "note": words}
    shown = client.post(f"/en/mood/of/{support.public_id}/record/", sent, follow=True)
    return shown, lambda: MoodEntry.objects.get().note


def file(request, words):
    client = request.getfixturevalue("owners")
    lines = f"date,time,mood,note\r\n{timezone.localdate():%Y-%m-%d},00:00,1,{words}\r\n"
    sent = {"file": SimpleUploadedFile("moods.csv", lines.encode(), "text/csv")}
    return client.post("/en/mood/files/", sent), lambda: MoodEntry.objects.get().note


def plan(request, words):
    client = request.getfixturevalue("owners")
    shown = client.post("/en/tests/safety-plan/signs/", {"words": words}, follow=True)
    return shown, lambda: SafetyPlan.objects.get().warning_signs


def follow_up(request, words):
    owner, psychologist = request.getfixturevalue("owner"), request.getfixturevalue("psychologist")
    found = services.open_follow_up(user=owner, level=Level.HIGH, source=Source.TEST, agreed=True)
    services.take(follow_up=found, psychologist=psychologist)
    sent = {"words": words, "form_key": uuid.uuid4()}
    shown = request.getfixturevalue("owners").post(f"/en/follow-ups/{found.public_id}/", sent, follow=True)
    return shown, lambda: Message.objects.get().text


def application(request, words):
    client = request.getfixturevalue("owners")
    sent = {"legal_name": "7", "about": "7", "motive": words, "adult": "on"}
    return client.post("/en/helping-others/volunteer/", sent, follow=True), lambda: Application.objects.get().motive


def profile(request, words):
    client = request.getfixturevalue("as_person")(request.getfixturevalue("assigned_volunteer"))
    sent = {"languages": ["kk"], "ways": ["text"], "about": words}
    return client.post("/en/people/profile/", sent, follow=True), lambda: HelperProfile.objects.get().about


def parting(request, words):
    helper = request.getfixturevalue("assigned_volunteer")
    link = Assignment.objects.get()
    client = request.getfixturevalue("as_person")(helper)
    sent = {"reason": "done", "note": words}
    shown = client.post(f"/en/helping/{link.public_id}/end/", sent, follow=True)
    return shown, lambda: Assignment.objects.get().note


def judgement(request, words):
    client = request.getfixturevalue("owners")
    send(client, sentence=words)
    return client.get("/en/dashboard/"), lambda: Judgement.objects.get().text


PLACES = [mood, own_word, edit, journal, draft, supporter, file, plan, follow_up, application, profile, parting]
PLACES += [judgement]
everywhere = pytest.mark.parametrize("write", PLACES, ids=lambda write: write.__name__)


def heard() -> tuple[list[str], list[str], int]:
    """Return what anybody was told, what was written down about anybody, and how many follow-ups there are."""
    return told(), list(JournalEntry.objects.values_list("kind", flat=True)), FollowUp.objects.count()


@everywhere
def test_it_is_saved_and_in_danger_help_stands_on_top_of_the_next_page_and_nobody_hears_of_it(request, write):
    for fixture in ("owners", "other_user", "psychologist", "assigned_volunteer"):
        request.getfixturevalue(fixture)
    with transaction.atomic():
        shown, stored = write(request, FINE["en"])
        assert stored() == FINE["en"]
        assert page(shown).select_one("#heeded") is None
        assert "heeded" not in shown.client.session
        usual = heard()
        transaction.set_rollback(True)
    shown, stored = write(request, HARD["en"])
    assert stored() == HARD["en"]
    assert page(shown).select_one("main .page").find(True)["id"] == "heeded"
    assert page(shown).select_one("#heeded-title").has_attr("autofocus")
    assert heard() == usual
    assert {"level", "kind"} <= shown.client.session["heeded"].keys()
    assert "kill" not in str(dict(shown.client.session))


@everywhere
def test_when_the_check_fails_nothing_is_lost(request, write, monkeypatch, caplog):
    def broken(text, **hints):
        raise ValueError(text)

    monkeypatch.setattr("emergency.heeding.assess", broken)
    shown, stored = write(request, HARD["en"])
    assert (shown.status_code, stored()) == (200, HARD["en"])
    assert "ValueError" in caplog.text
    assert "kill" not in caplog.text


@pytest.mark.parametrize("language", HARD)
def test_it_is_read_in_every_language(owners, language):
    for words, seen in ((FINE[language], 0), (HARD[language], 1)):
        sent = {"note": words, "form_key": uuid.uuid4()}
        shown = owners.post(f"/{language}/mood/journal/write/", sent, follow=True)
        assert len(page(shown).select("#heeded")) == seen


def test_words_that_stood_there_before_are_not_read_again(owners, owner):
    entry = MoodEntry.objects.create(owner=owner, level=1, note=HARD["en"])
    shown = owners.post(f"/en/mood/{entry.public_id}/", {"level": "2", "note": HARD["en"]}, follow=True)
    assert MoodEntry.objects.get().level == 2
    assert page(shown).select_one("#heeded") is None


def test_a_browser_that_stays_on_its_page_is_told_where_help_is(owners):
    sent = {"level": "1", "note": HARD["ru"], "form_key": uuid.uuid4(), "age": "7200"}
    answer = owners.post("/ru/mood/record/", sent, headers={"accept": "application/json"}).json()
    card = owners.get(answer["help"])
    assert page(card).select_one("#heeded [role=status]")["data-words"]
    assert not page(card).select_one("#heeded-title").has_attr("autofocus")
    owners.post("/ru/noticed/close/")
    fine = {"level": "4", "note": FINE["ru"]}
    assert "help" not in owners.post("/ru/mood/record/", fine, headers={"accept": "application/json"}).json()


def test_a_draft_kept_while_somebody_types_is_not_read(owners):
    sent = {"note": HARD["en"], "form_key": uuid.uuid4(), "draft": "1"}
    answer = owners.post("/en/mood/journal/write/", sent, headers={"accept": "application/json"})
    assert answer.json().keys() == {"said"}
    assert "heeded" not in owners.session


def test_an_old_diary_in_a_file_does_not_tell_of_now(owners):
    long_ago = timezone.localdate() - timedelta(days=90)
    lines = f"date,time,mood,note\r\n{long_ago:%Y-%m-%d},00:00,1,{HARD['en']}\r\n"
    owners.post("/en/mood/files/", {"file": SimpleUploadedFile("moods.csv", lines.encode(), "text/csv")})
    assert MoodEntry.objects.count() == 1
    assert "heeded" not in owners.session


def test_pages_without_it_cost_no_query_more(owners):
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            owners.get("/en/mood/record/")
        return len(counted)

    before = queries()
    owners.post("/en/mood/record/", {"level": "1", "note": HARD["en"]}, follow=True)
    assert queries() > before
    owners.post("/en/noticed/close/")
    assert queries() == before <= 4
