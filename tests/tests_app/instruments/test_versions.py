"""Versions of a test: a draft is kept once, one is published at a time, and what was published stays as it was."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError

from tests.support.instruments import published
from tests.support.written import content, words
from tests_app import library, services
from tests_app.choices import State
from tests_app.models import Instrument, Result, Run, Version
from tests_app.questionnaire import of
from tests_app.versions.services import Refused, digest_of, import_content, publish, retire

pytestmark = pytest.mark.django_db


def imported(**changes: object) -> Version:
    version, _new = import_content(content=content(**changes))
    return version


def states() -> list[tuple[int, str]]:
    return list(Version.objects.filter(instrument__key="calm").order_by("number").values_list("number", "state"))


def test_a_new_text_is_a_draft_and_the_same_text_is_kept_once():
    version, new = import_content(content=content())
    assert (version.state, version.number, new) == (State.DRAFT, 1, True)
    again, new = import_content(content=dict(reversed(content().items())))
    assert (again, new) == (version, False)


def test_a_draft_is_replaced_by_a_better_one_of_the_same_number():
    first = imported()
    better = imported(name=words("Better"))
    assert better.pk == first.pk
    assert of(better).content["name"]["en"] == "Better in English"
    assert Version.objects.count() == 1


def test_a_draft_that_is_replaced_while_somebody_looks_is_read_as_one_of_the_two():
    imported(name=words("Rare"))
    looked_at = Version.objects.defer("content").get()
    imported(name=words("Better"))
    assert of(looked_at).content["name"]["en"] == "Better in English"
    first = imported(name=words("Rare"))  # the administrator thinks better of it
    assert of(Version.objects.defer("content").get(pk=first.pk)).content["name"]["en"] == "Rare in English"


def test_the_number_only_grows():
    publish(version=imported(version=3))
    for number in (1, 3):
        with pytest.raises(Refused, match="3"):
            imported(version=number, name=words("Other"))
    assert states() == [(3, State.PUBLISHED)]
    imported(version=4)
    assert states() == [(3, State.PUBLISHED), (4, State.DRAFT)]


def test_what_is_wrong_is_not_kept():
    with pytest.raises(Refused):
        import_content(content=content(minutes=0))
    assert (Version.objects.count(), Instrument.objects.count()) == (0, 0)


def test_publishing_retires_the_one_before_and_can_be_taken_back():
    first = publish(version=imported())
    second = publish(version=imported(version=2))
    assert states() == [(1, State.RETIRED), (2, State.PUBLISHED)]
    again = publish(version=first)
    assert states() == [(1, State.PUBLISHED), (2, State.RETIRED)]
    assert (again.published_at, again.retired_at) == (first.published_at, None)
    assert second.published_at >= first.published_at


def test_publishing_and_retiring_twice_is_doing_it_once():
    version = imported()
    assert publish(version=version).published_at == publish(version=version).published_at
    assert retire(version=version).state == State.RETIRED
    gone_at = Version.objects.get().retired_at
    retire(version=version)
    assert Version.objects.get().retired_at == gone_at
    draft = imported(version=2)
    assert retire(version=draft).state == State.DRAFT


def test_a_draft_that_offers_what_is_gone_is_not_published():
    offering = content(key="offering")
    offering["bands"][1]["offer"] = "calm"
    imported()
    draft, _new = import_content(content=offering)
    Version.objects.filter(instrument__key="calm").delete()
    Instrument.objects.filter(key="calm").delete()
    with pytest.raises(Refused, match="calm"):
        publish(version=draft)
    assert Version.objects.get().state == State.DRAFT


def test_a_run_ends_with_the_version_that_it_began_with(owner):
    first = published(content())
    run = services.begin(owner=owner, version=first)
    services.answer(run=run, answers={"a": 1})
    second = published(content(version=2, name=words("New")))
    assert services.begin(owner=owner, version=second) == run
    services.answer(run=run, answers={"b": 2, "c": 3})
    retire(version=second)
    result = services.finish(run=run)
    assert (result.version_id, result.score, result.band) == (first.pk, 6, "high")


# The database


@pytest.mark.parametrize("end", [publish, lambda version: retire(version=publish(version=version))])
@pytest.mark.parametrize(
    "change",
    [
        "content = jsonb_set(content, '{minutes}', '9')",
        "digest = ''",
        "number = 9",
        "instrument_id = (SELECT id FROM tests_app_instrument WHERE key = 'other')",
        "state = 'draft'",
        "published_at = now() + interval '1 day'",
        "published_at = NULL",
        "shipped = true",
        "public_id = gen_random_uuid()",
    ],
)
def test_nobody_changes_a_version_that_was_published(end, change):
    import_content(content=content(key="other"))
    version = end(version=imported())
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE tests_app_version SET {change} WHERE id = %s", [version.pk])  # noqa: S608 -- from above


@pytest.mark.parametrize("statement", ["DELETE FROM tests_app_version", "TRUNCATE tests_app_version CASCADE"])
def test_nobody_deletes_a_version_that_was_published(statement):
    retire(version=publish(version=imported()))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
            cursor.execute(statement)
    with pytest.raises(ProtectedError):
        Instrument.objects.all().delete()
    assert Version.objects.count() == 1


def test_a_draft_can_be_changed_and_deleted_and_an_instrument_keeps_its_key():
    draft = imported()
    Version.objects.filter(pk=draft.pk).update(number=2)
    with pytest.raises(IntegrityError, match="keeps its key"), transaction.atomic():
        Instrument.objects.update(key="else")
    draft.delete()
    Instrument.objects.all().delete()
    assert Version.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["publish", "import"])
def test_two_administrators_at_once_are_one_after_the_other(step):
    drafts = [imported(version=number) for number in (1, 2)]

    def do(number: int) -> None:
        try:
            if step == "publish":
                publish(version=drafts[number])
            else:
                import_content(content=content(key="new"))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(do, (0, 1)))
    if step == "publish":
        assert sorted(state for _number, state in states()) == [State.PUBLISHED, State.RETIRED]
    else:
        assert Version.objects.filter(instrument__key="new").count() == 1


# What comes with Emocare


@pytest.fixture
def ship(monkeypatch) -> Callable[..., list[Version]]:
    """Return a function that loads as if these contents came with Emocare."""

    def load(*contents: dict) -> list[Version]:
        monkeypatch.setattr(library, "shipped", lambda: contents)
        return library.load()

    return load


def test_loading_publishes_all_and_again_changes_nothing():
    assert {version.state for version in library.load()} == {State.PUBLISHED}
    assert Version.objects.count() == len(library.shipped())
    assert library.load() == []


def test_a_new_shipped_text_takes_the_place_of_the_one_before(ship):
    ship(content())
    assert [version.number for version in ship(content(version=2))] == [2]
    assert states() == [(1, State.RETIRED), (2, State.PUBLISHED)]


def test_what_administrators_retired_is_not_published_again(ship):
    (version,) = ship(content())
    retire(version=version)
    assert ship(content()) == []
    ship(content(version=2))
    assert states() == [(1, State.RETIRED), (2, State.DRAFT)]


def test_a_text_of_their_own_stays_until_they_publish_the_shipped_one(ship):
    ship(content())
    publish(version=imported(version=2, name=words("Own")))
    ship(content(version=3))
    assert states() == [(1, State.RETIRED), (2, State.PUBLISHED), (3, State.DRAFT)]


def test_a_shipped_text_whose_number_is_used_is_left_out_and_logged(ship, caplog):
    publish(version=imported(version=2, name=words("Own")))
    with caplog.at_level(logging.WARNING, logger="tests_app.library"):
        assert ship(content(version=2)) == []
    assert "calm 2 is not loaded" in caplog.text
    assert states() == [(2, State.PUBLISHED)]


# Answers


@pytest.fixture
def run(owner) -> Run:
    items = content()["items"]
    items[1]["may_skip"] = False
    return services.begin(owner=owner, version=publish(version=imported(items=items)))


NOT_ANSWERS = [
    {"a": 4},
    {"a": -1},
    {"a": 10**400},
    {"a": True},
    {"a": 1.0},
    {"a": float("nan")},
    {"a": "1"},
    {"a": [1]},
    {"a": {"value": 1}},
    {"b": None},
    {"z": 1},
    {"": 1},
    {"a\0": 1},
    {"9": 1},
    {"a": 1, "z": 1},
    {"a": 1, "b": 9},
]


@pytest.mark.parametrize("answers", NOT_ANSWERS, ids=str)
def test_what_is_no_answer_is_refused_and_nothing_is_stored(run, answers):
    services.answer(run=run, answers={"c": 2})
    with pytest.raises(services.Refused) as refused:
        services.answer(run=run, answers=answers)
    assert refused.value.errors.keys() <= answers.keys()
    run.refresh_from_db()
    assert run.answers == '{"c": 2}'
    assert Result.objects.count() == 0


def test_a_test_with_open_questions_is_not_finished(run):
    services.answer(run=run, answers={"a": 1, "c": None})
    with pytest.raises(services.Refused) as refused:
        services.finish(run=run)
    assert list(refused.value.errors) == ["b"]
    assert (Result.objects.count(), Run.objects.count()) == (0, 1)


def test_the_digest_does_not_depend_on_the_order_of_names():
    assert digest_of({"a": 1, "b": [1, 2]}) == digest_of({"b": [1, 2], "a": 1})
    assert digest_of({"b": [1, 2]}) != digest_of({"b": [2, 1]})
