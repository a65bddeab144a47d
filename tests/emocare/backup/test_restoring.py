"""The drill: everything is copied while people write, destroyed and put back; what is there is not overwritten."""

import shutil

import pytest
from django.core.management import CommandError

from emocare.backup import container, keys, server
from tests.support import backups
from tests.support.backups import (
    NOTE,
    databases,
    files,
    make,
    notes,
    refused,
    remove,
    repacked,
    restore,
    sql,
    unchanged,
)

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("backup")]


def test_all_of_one_moment_comes_back_though_people_wrote_meanwhile(own, settings):
    settings.BACKUP_FACTS = {name: f"tests.support.backups.{name}" for name in ("checksums", "overtaken")}
    before = files()
    with backups.writing(own.database, own.media):
        make()
    remove(own.database.name)
    sql(f'CREATE DATABASE "{own.database.name}"')
    shutil.rmtree(own.media)
    said = restore(own.copy, own.identity)
    with own.copy.open("rb") as file:
        manifest = container.verify(file, keys.identities(own.identity))
    assert f"{len(manifest.counts)} tables, {sum(manifest.counts.values())} rows" in said
    with own.database.connected() as restored:
        assert server.counts(restored) == manifest.counts
        assert backups.checksums(restored) == manifest.facts["checksums"]
    # Of every pair of rows both are there, and none of those that came after the moment.
    assert manifest.counts["public.django_session"] == manifest.facts["overtaken"]
    assert manifest.facts["overtaken"] % 2 == 0
    assert before.items() <= files().items()
    assert notes(own.database) == [NOTE]


def test_what_is_there_is_not_overwritten_unless_one_says_so_and_is_kept_then(home, own, copy):
    own_files = files()
    sql("DELETE FROM tracker_moodentry", own.database)
    (own.media / "later.png").touch()
    with unchanged(), own.database.connected():
        target = ("--into", own.database.name, "--media", str(own.media))
        assert "is not empty. With --replace" in refused(home.copy, home.identity, *target)
        assert "in use by 1 connections" in refused(home.copy, home.identity, "--replace")
    said = restore(repacked(copy, home.identity, facts={"journal head": "7:ab"}), home.identity, "--replace")
    assert said.endswith("end_sessions --all\n  manage.py erase_again\n  manage.py verify_journal --restored 7:ab\n")
    assert notes(own.database) == [NOTE]
    former = next(name for name in databases() if name.startswith(f"{own.database.name}_before"))
    assert former in said
    assert notes(own.database.beside(former)) == []
    [kept] = own.media.glob(".before-*")
    assert (kept / "later.png").exists()
    shutil.rmtree(kept)
    assert files() == own_files


def test_a_drill_goes_into_another_database_and_folder(home, tmp_path):
    other = home.database.beside(f"{home.database.name}_own_other")
    with pytest.raises(CommandError, match="belong together"):
        restore(home.copy, home.identity, "--into", other.name)
    try:
        said = restore(home.copy, home.identity, "--into", other.name, "--media", str(tmp_path / "other"))
        assert "manage.py" not in said  # nothing of it is for the live site
        assert notes(other) == [NOTE]
    finally:
        remove(other.name)
    assert (tmp_path / "other" / "pictures" / "сурет 1.png").exists()
