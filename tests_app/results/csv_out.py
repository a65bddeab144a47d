"""A person's own results as a CSV file: a row for each, the answers in words in one cell and as numbers in another.

Tests have different questions, so columns for answers would be as many as all tests have questions, and mostly empty.
"""

import csv
import io

from django.utils import timezone

from accounts.models import User
from emocare.sheets import BOM, defused, joined, zone_of
from tests_app import access
from tests_app.models import Result
from tests_app.questionnaire import of
from tests_app.results import wording

COLUMNS = (
    "date",
    "time",
    "zone",
    "test",
    "test_code",
    "version",
    "score",
    "lowest_score",
    "highest_score",
    "band",
    "band_code",
    "parts",
    "answers",
    "answer_codes",
    "answered_in",
    "id",
)
AT_ONCE = 500  # results


def export(owner: User) -> bytes:
    """Return the file, oldest result first: UTF-8 with a BOM, lines as in RFC 4180, in the active language."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow(COLUMNS)
    results = access.results_for_files(owner).iterator(chunk_size=AT_ONCE)
    writer.writerows([defused(cell) for cell in _row(result)] for result in results)
    return (BOM + sheet.getvalue()).encode()


def _row(result: Result) -> list[str]:
    questionnaire, moment = of(result.version), timezone.localtime(result.finished_at)
    given = wording.given(questionnaire, access.answers_in(result))
    band, scoring = questionnaire.band_of(result.band), questionnaire.scoring
    scored = result.score is not None
    return [
        f"{moment:%Y-%m-%d}",
        f"{moment:%H:%M}",
        zone_of(moment),
        questionnaire.name,
        questionnaire.key,
        str(questionnaire.number),
        str(result.score) if scored else "",
        str(scoring.lowest) if scored else "",
        str(scoring.highest) if scored else "",
        band.label if band else "",
        result.band,
        joined(wording.parts_in_words(questionnaire, result.parts)),
        joined(f"{one.item.text} {one.answer}" for one in given),
        joined(f"{one.item.id}: {'' if one.value is None else one.value}".rstrip() for one in given),
        result.language,
        str(result.public_id),
    ]
