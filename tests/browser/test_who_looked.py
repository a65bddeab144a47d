"""The owner reads who looked: a psychologist's page and a supporter's leave a line each."""

import pytest

from tests.browser import measures, places
from tests.support.browser import violations

pytestmark = pytest.mark.browser


def test_the_looks_of_psychologist_and_supporter_stand_on_the_owners_page(
    page_of, owner, assigned_psychologist, supporter
):
    places.week_of(owner)
    helper, friend = page_of(assigned_psychologist), page_of(supporter)
    helper.goto(f"/ru/people/{owner.public_id}/")
    for _ in range(2):
        friend.goto(f"/ru/mood/of/{supporter.supporting.get().public_id}/")
    page = page_of(owner, viewport={"width": 320, "height": 640})
    page.goto("/en/profile/who-looked/")
    lines = page.locator("section[aria-labelledby=looks] li").all_inner_texts()
    assert {line.split(",")[0] for line in lines} == {"Assigned-Psychologist", "Supporter"}
    (moods,) = [line for line in lines if line.startswith("Supporter")]
    assert "your moods, 2 times" in moods
    assert violations(page) + measures.too_wide(page) + measures.cut_off(page) + measures.small_targets(page) == []
