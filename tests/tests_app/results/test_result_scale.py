"""The drawing of a scale: every score of every test lies in its own part, and the numbers below have room."""

from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from tests_app import library
from tests_app.questionnaire import Questionnaire, read
from tests_app.results import drawing
from tests_app.results.outcomes import Reading
from tests_app.scoring import Figure

SCORED = [content for content in library.shipped() if content["scoring"]["method"] == "sum"]


def readings(questionnaire: Questionnaire) -> list[Reading]:
    """Return each score that has a band, on the scale of the whole."""
    scoring = questionnaire.scoring
    return [
        Reading(Figure(score, band.code), questionnaire.bands, scoring.lowest, scoring.highest)
        for band in questionnaire.bands
        for score in range(band.low, band.high + 1)
    ]


def drawn(reading: Reading) -> BeautifulSoup:
    return BeautifulSoup(drawing.scale(reading), "html.parser")


@pytest.mark.parametrize("content", SCORED, ids=lambda content: content["key"])
def test_the_mark_of_every_score_lies_in_its_part(content):
    for reading in readings(read(content)):
        scale = drawn(reading)
        track = scale.select_one(".scale__track")
        ends = float(track["x"]), float(track["x"]) + float(track["width"])
        borders = [ends[0], *(float(line["x1"]) for line in scale.select(".scale__border")), ends[1]]
        place = reading.bands.index(reading.band)
        assert borders[place] < float(scale.circle["cx"]) < borders[place + 1], reading.score


@pytest.mark.parametrize("content", SCORED, ids=lambda content: content["key"])
def test_nothing_is_cut_off_and_no_number_stands_on_another(content):
    for reading in readings(read(content)):
        scale = drawn(reading)
        assert drawing.MARK_RADIUS <= float(scale.circle["cx"]) <= drawing.WIDTH - drawing.MARK_RADIUS
        names = [float(name["x"]) for name in scale.select(".scale__name")]
        assert all(right - left >= drawing.ROOM_OF_NAME for left, right in pairwise(names))
        assert scale.select_one(".scale__score").get_text() == str(reading.score)


def test_a_course_of_one_height_is_drawn():
    points = [drawing.Point(0, "1.1.26", "0 <b>"), drawing.Point(0, "2.1.26", "0")]
    chart = BeautifulSoup(drawing.course(points, 0, 0, []), "html.parser")
    assert len(chart.select(".chart__mark")) == 2
    assert chart.select_one(".chart__mark")["data-said"] == "0 <b>"
