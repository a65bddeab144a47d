import pytest

from tests.browser import measures, steps

pytestmark = pytest.mark.browser
PATHS = ("dashboard/", "mood/record/", "profile/", "urgent-help/", "grounding/", "staff/components/")


def test_nothing_moves_on_a_device_that_asks_for_less_motion(page_of, admin):
    page = page_of(admin, reduced_motion="reduce")
    for path in PATHS:
        page.goto(f"/kk/{path}")
        steps.open_everything(page)
        assert measures.moving(page) == []


def test_nothing_moves_for_who_chose_less_motion(page_of, admin):
    page = page_of(admin)
    page.goto("/kk/dashboard/")
    steps.open_panel(page)
    steps.set_display(page, motion="less")
    steps.save_display(page)
    for path in PATHS:
        page.goto(f"/kk/{path}")
        steps.open_everything(page)
        assert measures.moving(page) == []
