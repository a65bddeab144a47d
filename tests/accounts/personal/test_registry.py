"""The registry of personal data is complete: whoever adds a table, a column or a file has to say what becomes of it."""

import pytest
from django.apps import apps
from django.db.models import CASCADE, SET_NULL, FileField, Model
from django.utils.functional import Promise

from accounts.export import values
from accounts.models import User
from accounts.personal.registry import Erased, Table, tables
from tests.support.crawl import all_patterns

# Tables without a key to anybody that hold what somebody typed as the name of an account.
BY_NAME = {"accounts.LockOut", "axes.AccessAttempt", "axes.AccessAttemptExpiration", "axes.AccessFailureLog"}
BY_NAME |= {"axes.AccessLog"}
BY_JOURNAL_KEY = {"accounts.JournalEntry"}
NOT_ABOUT_PEOPLE = {
    "accounts.ConsentText",
    "accounts.JournalLink",
    "accounts.RetentionRun",
    "auth.Group",
    "auth.Permission",
    "auth.Group_permissions",
    "contenttypes.ContentType",
    "emergency.ChecklistStep",
    "tests_app.Instrument",
    "tests_app.Version",
}
# Found by the digests in SignIn; by a digest of the address. Ended before the account goes.
ENCODED = {"sessions.Session", "notifications.Letter"}


def leads_to_people(model: type[Model], seen: frozenset = frozenset()) -> bool:
    """Say whether foreign keys lead from a model to a person, over any number of tables."""
    keys = [field.related_model for field in model._meta.concrete_fields if field.is_relation]
    return any(to is User or (to not in seen and leads_to_people(to, seen | {model})) for to in keys)


def models() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def covering(model: type[Model]) -> list[Table]:
    return [table for table in tables() if table.model_class is model]


def test_every_table_that_leads_to_people_is_in_the_registry():
    wanted = {model._meta.label for model in models() if model is User or leads_to_people(model)}
    assert {table.model for table in tables()} == wanted | BY_NAME | BY_JOURNAL_KEY


def test_every_other_table_was_looked_at():
    known = {table.model for table in tables()} | NOT_ABOUT_PEOPLE | ENCODED
    assert {model._meta.label for model in models()} - known == set()


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_every_column_is_downloaded_or_has_a_reason_not_to_be(table):
    columns = {field.name for field in table.model_class._meta.concrete_fields}
    assert sorted([*table.fields, *table.hidden]) == sorted(columns)
    assert all(table.hidden.values())
    assert set(table.inner) <= set(table.fields)


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_every_file_is_named_so_that_it_is_deleted(table):
    files = {field.name for field in table.model_class._meta.concrete_fields if isinstance(field, FileField)}
    assert set(table.files) == files


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_every_key_to_a_person_is_the_way_to_them_or_says_what_becomes_of_it(table):
    keys = {f.name: f for f in table.model_class._meta.concrete_fields if f.related_model is User}
    assert keys.keys() <= {table.person, *table.others}
    assert (table.erased == Erased.BY_NAME) == bool(table.names)
    assert table.erased == Erased.LOSE_THE_PERSON or not table.key
    if own := keys.get(table.person):
        stays = table.erased == Erased.LOSE_THE_PERSON
        assert own.remote_field.on_delete is (SET_NULL if stays else CASCADE)
    ways = {other.person for other in covering(table.model_class)}
    assert all(keys[name].remote_field.on_delete is SET_NULL for name in keys.keys() - ways)


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_every_own_field_can_be_corrected_or_says_why_not(table):
    pages = {name for name, _pattern in all_patterns()}
    assert set(table.corrected_at) <= pages
    corrected = {column for columns in table.corrected_at.values() for column in columns}
    assert corrected <= set(table.fields)
    assert table.fixed or corrected == set(table.fields)


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_every_table_and_column_of_a_download_has_words_that_are_translated(table):
    assert isinstance(table.title, Promise)
    assert all(values.label(table, column) for column in table.fields)


def test_names_of_tables_are_unique():
    names = [table.name for table in tables()]
    assert len(names) == len(set(names))
