"""Administrators say what the check should have said, and take that out so that it learns."""

import json
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import JournalEntry, User
from emergency.models import Judgement
from tests.support.belongings import judgement_of
from tests.support.cast import make_person
from tests.support.html import page, text_of
from tests.support.journal import actions, looks

pytestmark = pytest.mark.django_db
LIST = "/admin/emergency/judgement/"
FILE = f"{LIST}training-file/"
SENTENCE = "Күлкіден өліп қала жаздадым"
LABEL = {"verdict": "label", "right_level": "0", "right_kind": "none", "right_language": "kk"}


@pytest.fixture
def sender(db) -> User:
    return make_person("qulpynai")


@pytest.fixture
def sent(sender) -> Judgement:
    return judgement_of(sender, text=SENTENCE, meant="Әзіл", level=2, kind="suicide", complaint="false-alarm")


@pytest.fixture
def browser(as_person, admin) -> Client:
    admin.language = "en"
    admin.save(update_fields=["language"])
    return as_person(admin)


def review(client: Client, sent: Judgement, **answers: str) -> HttpResponse:
    place = f"{LIST}{sent.pk}/review/"
    known = page(client.get(place)).select_one("[name=reviewed_before]").get("value", "")
    return client.post(place, {"reviewed_before": known} | LABEL | answers)


def reviewed(person: User, text: str, **label: object) -> Judgement:
    given = {"right_level": 2, "right_kind": "suicide", "right_language": "mixed"} | label
    return judgement_of(person, text=text, verdict="label", reviewed_at=timezone.now(), **given)


def test_the_list_shows_what_waits_first_and_no_words_and_no_name(browser, sender, sent):
    reviewed(sender, "ескі")
    Judgement.objects.exclude(pk=sent.pk).update(sent_at=timezone.now() - timedelta(days=9))
    answer = browser.get(LIST)
    assert str(sent.pk) in page(answer).select_one("#result_list tbody a")["href"]
    assert not [word for word in (SENTENCE, "Әзіл", "Qulpynai", sender.email) if word in answer.content.decode()]
    assert looks(sender) == []


def test_a_list_of_many_costs_no_more_queries(browser, sender):
    counts = []
    for _more in range(2):
        judgement_of(sender)
        judgement_of(make_person(f"sender-{Judgement.objects.count()}"))
        with CaptureQueriesContext(connection) as queries:
            browser.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_words_stand_on_its_page_alone_without_a_name_and_each_look_is_written_down(browser, admin, sender, sent):
    for place in ("change", "review"):
        answer = browser.get(f"{LIST}{sent.pk}/{place}/").content.decode()
        assert SENTENCE in answer
        assert "Qulpynai" not in answer
        assert sender.email not in answer
    assert looks(sender) == [("Admin", "judgement", "administration")] * 2


def test_a_verdict_is_kept_with_who_and_when_and_a_second_one_stands_in_the_history_beside_it(browser, admin, sent):
    assert review(browser, sent).url == f"{LIST}{sent.pk}/change/"
    sent.refresh_from_db()
    assert (sent.verdict, sent.right_level, sent.right_kind, sent.reviewed_by) == ("label", 0, "none", admin)
    assert sent.reviewed_at
    assert review(browser, sent, verdict="unusable").status_code == 302
    sent.refresh_from_db()
    assert (sent.verdict, sent.right_level, sent.right_kind, sent.right_language) == ("unusable", None, "", "")
    history = text_of(page(browser.get(f"{LIST}{sent.pk}/history/")).select_one("#content-main"))
    assert "label none none kk" in history
    assert "unusable" in history


def test_nobody_decides_over_a_review_that_they_have_not_seen(browser, sent):
    review(browser, sent)
    answer = browser.post(f"{LIST}{sent.pk}/review/", LABEL | {"verdict": "unusable", "reviewed_before": ""})
    assert "Somebody else has reviewed it meanwhile" in answer.content.decode()
    sent.refresh_from_db()
    assert sent.verdict == "label"


WRONG = [{"right_level": ""}, {"right_kind": ""}, {"right_level": "2"}, {"right_kind": "abuse"}]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_label_that_contradicts_itself_is_refused(browser, sent, wrong):
    answer = review(browser, sent, **wrong)
    assert answer.status_code == 200
    assert page(answer).select_one(".errorlist")
    sent.refresh_from_db()
    assert sent.waits


def test_the_file_holds_what_can_be_learned_from_and_nothing_of_who_wrote_it(browser, admin, sender, sent):
    first, second = reviewed(sender, "не хочу\nжить"), reviewed(make_person("other-sender"), SENTENCE)
    judgement_of(sender, text="бос", verdict="unusable", reviewed_at=timezone.now())
    assert "2 sentences were reviewed" in browser.get(FILE).content.decode()
    answer = browser.post(FILE)
    assert "reviewed.jsonl" in answer["Content-Disposition"]
    lines = [json.loads(line) for line in answer.content.decode().splitlines()]
    shared = {"language": "mixed", "level": "high", "kind": "suicide", "topic": "reviewed", "file": "kk"}
    expected = sorted([first, second], key=lambda row: row.public_id)
    assert lines == [{"text": row.text, **shared} for row in expected]
    assert [(entry.kind, entry.actor) for entry in actions(sender)] == [("sentence-exported", admin.journal_key)]


def test_what_was_taken_back_is_not_in_the_next_file(as_person, browser, sender):
    kept, gone = reviewed(sender, "қалады"), reviewed(sender, "кетеді")
    as_person(sender).post(f"/en/risk-check/sent/{gone.public_id}/take-back/")
    assert [json.loads(line)["text"] for line in browser.post(FILE).content.splitlines()] == [kept.text]


def test_the_server_writes_the_same_file_for_its_owner_alone(sender, tmp_path, capsys):
    file: Path = tmp_path / "reviewed.jsonl"
    file.write_text("кеше алынған\n", encoding="utf-8")
    reviewed(sender, SENTENCE)
    call_command("export_judgements", str(file))
    assert json.loads(file.read_text(encoding="utf-8"))["text"] == SENTENCE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "1 sentences are in" in capsys.readouterr().out
    assert JournalEntry.objects.get(subject=sender.journal_key).actor_role == "system"
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_judgements", str(tmp_path / "nowhere" / "file"))
