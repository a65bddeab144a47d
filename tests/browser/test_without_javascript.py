import pytest
from playwright.sync_api import expect

from accounts.models import User
from tests.browser import places, steps
from tests.support.cast import PASSWORD
from tracker.models import MoodEntry

pytestmark = pytest.mark.browser


@pytest.fixture
def page(new_context):
    return new_context(java_script_enabled=False).new_page()


@pytest.fixture
def inside(page_of, owner):
    """A page without JavaScript in which the owner is signed in."""
    return page_of(owner, java_script_enabled=False)


def test_signing_up_and_out_and_in(page):
    steps.fill_anonymous_sign_up(page, "Құлын")
    expect(page.locator(".codes code")).to_have_count(10)
    expect(page.locator("[data-module=print]")).to_be_hidden()
    page.locator(".actions a.button").click()
    page.locator(".menu a[href$='/logout/']").click()
    page.locator("main form button").click()
    page.wait_for_url("**/kk/")
    page.goto("/kk/account/login/")
    page.fill("#id_login", "құлын")
    page.fill("#id_password", PASSWORD)
    steps.main_button(page).click()
    page.wait_for_url("**/kk/dashboard/")
    assert User.objects.get().email is None


def test_recording_changing_and_deleting(inside, owner):
    inside.goto("/kk/dashboard/")
    steps.press_mood(inside, 2)
    assert steps.marks(inside) == ["2"]
    inside.locator(".more > summary").click()
    expect(inside.locator("#week table")).to_be_visible()
    inside.locator(".menu a[href$='/mood/']").click()
    inside.locator(".entry__actions a").first.click()
    steps.choose(inside, "level", 5)
    inside.fill("#id_note", places.NOTE)
    steps.main_button(inside).click()
    expect(inside.locator(".entry__note")).to_have_text(places.NOTE, use_inner_text=True)
    inside.locator(".entry__actions a").last.click()
    inside.locator("main .button--danger").click()
    expect(inside.locator(".empty")).to_be_visible()
    assert not MoodEntry.objects.of(owner).exists()


def test_a_form_with_a_mistake_keeps_what_was_typed(inside, owner):
    inside.goto("/kk/mood/record/")
    inside.fill("#id_note", places.NOTE)
    inside.fill("#id_day", "2999-01-01")
    inside.fill("#id_time", "07:45")
    steps.choose(inside, "level", 3)
    steps.main_button(inside).click()
    expect(inside.locator(".error-summary a[href='#id_day']")).to_be_visible()
    expect(inside.locator("#id_note")).to_have_value(places.NOTE)
    expect(inside.locator("#id_day")).to_have_value("2999-01-01")
    expect(inside.locator("#id_time")).to_have_value("07:45")
    expect(inside.locator("input[name=level][value='3']")).to_be_checked()
    assert not MoodEntry.objects.of(owner).exists()


def test_two_quick_presses_are_one_record(inside, owner):
    inside.goto("/kk/dashboard/")
    inside.locator(".press__button--3").dblclick()
    expect(inside.locator("#messages .notice")).to_be_visible()
    assert MoodEntry.objects.of(owner).count() == 1


def test_switching_the_language(inside, owner):
    inside.goto("/kk/profile/")
    steps.switch_language(inside, "ru")
    assert inside.url.endswith("/ru/profile/")
    owner.refresh_from_db()
    assert owner.language == "ru"


def test_leaving_quickly_ends_the_session_and_going_back_shows_nothing(inside, owner, neutral_page):
    inside.goto("/kk/help/")
    inside.goto("/kk/mood/")
    session = steps.session_of(inside)
    inside.locator("#quick-exit").click()
    inside.wait_for_url(neutral_page)
    assert steps.is_over(session)
    inside.go_back()
    inside.wait_for_url("**/login/**")
    expect(inside.locator("#id_password")).to_be_visible()


def test_urgent_help_shows_whom_to_call(page):
    page.goto("/")
    page.locator(".top__urgent a").click()
    page.wait_for_url("**/urgent-help/")
    for number in ("112", "103", "102", "111", "150"):
        expect(page.locator(f"main a[href='tel:{number}']").first).to_be_visible()
