"""An installation with a copy of it, made once, and others like it for the tests that change one."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from accounts.models import User
from emocare.backup import keys
from tests.support.backups import NOTE, SERVER, Home, copy_tables, databases, orm, remove, sql
from tracker.models import MoodEntry


@pytest.fixture(scope="session")
def made(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Home]:
    """Make it once: no test changes it."""
    database = SERVER.beside(f"{connection.settings_dict['NAME']}_home")
    copy_tables(SERVER.beside(connection.settings_dict["NAME"]), database)
    root = tmp_path_factory.mktemp("home")
    (root / "media" / "pictures").mkdir(parents=True)
    (root / "media" / "pictures" / "сурет 1.png").write_bytes(os.urandom(700_001))
    (root / "media" / "empty.txt").touch()
    identities = root / "first.txt", root / "second.txt"
    home = Home(database, root / "media", root / "backups", [keys.new_pair(path) for path in identities], *identities)
    with django_db_blocker.unblock(), orm(database):
        person = User(email="drill@example.kz", shown_name="Drill")
        person.save(using="drill")
        MoodEntry(owner=person, level=4, note=NOTE).save(using="drill")
    with override_settings():
        home.use(site)
        call_command("backup", stdout=StringIO())
    yield home
    remove(database.name)


@pytest.fixture
def home(made, settings) -> Home:
    """The installation, for tests that change nothing of it."""
    made.use(settings)
    return made


@pytest.fixture
def copy(home, tmp_path) -> Path:
    """Its copy, to be damaged."""
    shutil.copytree(home.folder, tmp_path / "damaged")
    return tmp_path / "damaged" / home.copy.name


@pytest.fixture
def own(made, settings, tmp_path) -> Iterator[Home]:
    """An installation like it without a copy, to be changed."""
    database = made.database.beside(f"{made.database.name}_own")
    remove(database.name)
    sql(f'CREATE DATABASE "{database.name}" TEMPLATE "{made.database.name}"')
    shutil.copytree(made.media, tmp_path / "media")
    found = replace(made, database=database, media=tmp_path / "media", folder=tmp_path / "backups")
    found.use(settings)
    yield found
    for name in databases():
        if name.startswith(database.name):
            remove(name)
