import pytest

from tests.support.results import first_answers, phq9, take
from tests_app import library
from tests_app.models import Version

pytestmark = pytest.mark.browser


def test_shots(page_of, owner):
    library.load()
    r = [take(owner, phq9(s), days_ago=20 * (8 - i)) for i, s in enumerate((9, 14, 20, 17, 11, 6, 12, 9))]
    w = take(owner, first_answers(Version.objects.get(instrument__key="wgss")), key="wgss")
    h = take(owner, first_answers(Version.objects.get(instrument__key="who5")), key="who5")
    page = page_of(owner)
    for lang, path, n in (
        ("en", f"tests/result/{r[2].public_id}/", "res"),
        ("ru", f"tests/result/{w.public_id}/", "wg"),
        ("en", f"tests/result/{h.public_id}/", "who"),
        ("kk", "tests/history/", "hist"),
        ("en", "tests/history/phq9/", "course"),
    ):
        page.goto(f"/{lang}/{path}")
        page.screenshot(path=f"/tmp/h/tryp/{n}.png", full_page=True)
    page.set_viewport_size({"width": 320, "height": 800})
    for lang, path, n in (("en", f"tests/result/{r[2].public_id}/", "res"), ("en", "tests/history/phq9/", "course")):
        page.goto(f"/{lang}/{path}")
        page.screenshot(path=f"/tmp/h/tryp/{n}320.png", full_page=True)
