"""The duty rota by keyboard: an administrator plans every week, on a small phone a psychologist asks a colleague."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.choices import Role
from emergency.models import Shift, Swap
from tests.browser import keyboard, measures, steps
from tests.support.browser import violations
from tests.support.cast import make_person

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 320, "height": 640}}


def press(page, selector: str) -> None:
    keyboard.tab_to(page, selector)
    page.keyboard.press("Enter")


def test_a_weekly_night_is_planned_and_given_to_a_colleague_by_keyboard(page_of, admin):
    asel, marat = (make_person(name, role=Role.PSYCHOLOGIST) for name in ("asel", "marat"))
    tomorrow = timezone.localdate() + timedelta(days=1)
    theirs, hers, his = page_of(admin), page_of(asel, **PHONE), page_of(marat, java_script_enabled=False)
    theirs.goto("/kk/duty/")
    press(theirs, "main a.button[href$='/plan/']")
    steps.ready(theirs)
    keyboard.tab_to(theirs, "#id_who")
    theirs.keyboard.type("Asel")
    for field, value in (("day", tomorrow), ("start", "22:00"), ("end", "08:00")):
        theirs.fill(f"#id_{field}", str(value))  # how dates are typed is the browser's own
    theirs.fill("#id_weekly_until", str(tomorrow + timedelta(days=7)))
    press(theirs, "main .form .actions button")
    expect(steps.notice(theirs, "success")).to_be_visible()
    assert Shift.objects.filter(psychologist=asel).count() == 2

    hers.goto("/ru/duty/")
    steps.open_everything(hers)
    assert violations(hers) + measures.too_wide(hers) == []
    press(hers, "main a[href$='/ask/']")
    steps.ready(hers)
    keyboard.tab_to(hers, "#id_colleague")
    hers.keyboard.type("Marat")
    press(hers, "main .form .actions button")
    expect(steps.notice(hers, "success")).to_be_visible()

    his.goto("/en/duty/")
    his.get_by_role("button", name="I can take it").click()
    expect(steps.notice(his, "success")).to_be_visible()
    theirs.goto("/kk/duty/")
    press(theirs, "main form[action$='/decide/'] [value=yes]")
    expect(steps.notice(theirs, "success")).to_be_visible()
    assert Swap.objects.get().state == "approved"
    assert Shift.objects.order_by("starts_at").first().psychologist == marat
