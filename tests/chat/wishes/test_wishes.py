"""What the two let each other see: only what both want, and nothing of what one of them wants."""

import pytest
from django.utils import timezone

from accounts.helping import services as helping
from accounts.helping.choices import EndReason
from accounts.models import Assignment
from chat.choices import Wish
from chat.models import Conversation, Side
from chat.wishes.access import chosen_by, shared
from chat.wishes.services import choose
from tests.support.html import page, said, text_of
from tests.support.talking import heard, place, seats_of

pytestmark = pytest.mark.django_db
ALL = set(Wish)


@pytest.fixture
def seats(owner, assigned_volunteer):
    return seats_of(owner, assigned_volunteer)


def test_only_what_both_want_is_shared_and_one_query_says_so(seats, django_assert_num_queries):
    owner, helper = seats
    assert shared(owner.conversation) == set()
    choose(owner, ALL)
    assert shared(owner.conversation) == set()
    choose(helper, {Wish.TYPING, Wish.CONTACTS})
    with django_assert_num_queries(1):
        assert shared(owner.conversation) == {Wish.TYPING, Wish.CONTACTS}
    choose(owner, {Wish.PRESENCE})
    assert shared(owner.conversation) == set()
    assert chosen_by(owner) == {Wish.PRESENCE}


def test_of_now_nothing_is_shared_behind_a_block_after_the_end_or_without_the_other(seats):
    owner, helper = seats
    for seat in seats:
        choose(seat, ALL)
    here = Conversation.objects.filter(pk=owner.conversation.pk)
    here.update(blocked_at=timezone.now())
    assert shared(owner.conversation) == {Wish.CONTACTS}
    here.update(blocked_at=None)
    assert shared(owner.conversation) == ALL
    assignment = Assignment.objects.get(user=owner.person, helper=helper.person)
    helping.end(assignment=assignment, actor=owner.person, reason=EndReason.USER)
    assert shared(owner.conversation) == {Wish.CONTACTS}
    Side.objects.filter(person=helper.person).delete()
    assert shared(owner.conversation) == set()


def test_the_page_saves_ticks_and_open_pages_hear_that_alone(
    as_person, owner, seats, django_capture_on_commit_callbacks
):
    mine, _helper = seats
    browser, wishes = as_person(owner), place(mine, "wishes")
    with heard(mine.conversation, django_capture_on_commit_callbacks) as heard_of:
        for _time in range(2):
            assert browser.post(wishes, {"typing": "on", "presence": "on"}).url == wishes
    assert heard_of == [{"type": "wishes"}]
    assert chosen_by(mine) == {Wish.TYPING, Wish.PRESENCE}
    shown = browser.get(wishes)
    assert {line.partition(":")[0] for line in said(shown)} == {"success"}
    ticked = [box["name"] for box in page(shown).select("main input[type=checkbox]") if box.has_attr("checked")]
    assert ticked == ["typing", "presence"]
    browser.post(wishes, {})
    assert chosen_by(mine) == set()


def test_what_the_other_chose_changes_nothing_on_the_page_until_both_want_it(as_person, owner, seats):
    mine, theirs = seats
    browser, wishes = as_person(owner), place(mine, "wishes")

    def words() -> str:
        return text_of(page(browser.get(wishes)).main)

    before = words()
    choose(theirs, ALL)
    assert words() == before
    choose(mine, {Wish.TYPING})
    both = words()
    choose(theirs, {Wish.TYPING})
    assert words() == both != before


def test_with_a_psychologist_nothing_is_masked_and_so_nothing_is_asked_about_it(
    as_person, owner, assigned_psychologist
):
    mine, _theirs = seats_of(owner, assigned_psychologist)
    choose(mine, ALL)
    browser, wishes = as_person(owner), place(mine, "wishes")
    boxes = [box["name"] for box in page(browser.get(wishes)).select("main input[type=checkbox]")]
    assert boxes == ["typing", "live", "presence"]
    browser.post(wishes, {"typing": "on"})
    assert chosen_by(mine) == {Wish.TYPING, Wish.CONTACTS}
