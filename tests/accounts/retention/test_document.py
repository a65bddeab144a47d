"""What everybody can read about how long what is kept: the table on a page, and docs/data-protection.md."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import capfirst

from accounts.retention.table import context, table
from tests.support.html import text_of

DOCUMENT = (Path(settings.BASE_DIR) / "docs" / "data-protection.md").read_text(encoding="utf-8")


def test_every_table_is_in_the_data_map():
    assert [m._meta.label for m in apps.get_models() if f"`{m._meta.label}`" not in DOCUMENT] == []


def test_the_periods_of_the_document_are_those_of_the_code():
    rows = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", DOCUMENT, re.MULTILINE))
    assert {key: int(days) for key, days in rows.items()} == {p.key: p.keep.days for p in table()}


@pytest.mark.parametrize(("language", "year"), [("kk", "1 жыл"), ("ru", "1 год"), ("en", "1 year")])
def test_a_table_says_each_kind_and_how_long_in_each_language(language, year):
    with translation.override(language):
        shown = BeautifulSoup(render_to_string("pages/_periods.html", context()), "html.parser")
        rows = [[text_of(cell) for cell in row.find_all(["th", "td"])] for row in shown.select("tbody tr")]
        assert rows == [[str(p.title), p.length, capfirst(str(p.since))] for p in table()]
    assert rows[1][1] == year
