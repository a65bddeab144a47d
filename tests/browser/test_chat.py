"""A conversation in real browsers: both ways, over a network that breaks, in two tabs, by keys alone, on a phone."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.helping import services as helping
from accounts.helping.choices import EndReason
from accounts.models import Assignment
from chat import live
from chat.models import Side
from emocare.dates import written
from tests.browser import measures, steps
from tests.emergency.heeding.test_heeding_places import HARD
from tests.support import chat
from tests.support.browser import violations
from tests.support.waiting import until

pytestmark = pytest.mark.browser
HELLO, ANSWER = "Сәлеметсіз бе? Ұйқым қашты 🌙", "Мен осындамын. Не мазалайды? 🤝🏽"


def said_of_the_list(page: Page) -> tuple[dict[str, str], list[str]]:
    """Return what Chromium tells a screen reader of the list: how it is live, and its pieces of text in their order."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    (log,) = (node for node in nodes.values() if node["role"]["value"] == "log")
    pieces, waiting = [], [log]
    while waiting:
        node = waiting.pop()
        waiting += [nodes[key] for key in reversed(node.get("childIds", [])) if key in nodes]
        if node["role"]["value"] == "StaticText":
            pieces.append(node["name"]["value"])
    properties = {one["name"]: one["value"]["value"] for one in log["properties"]}
    return {name: properties.get(name) for name in ("live", "atomic", "relevant")} | {
        "name": log["name"]["value"]
    }, pieces


def test_two_write_in_kazakh_with_emoji_and_each_sees_how_far_it_came(page_of, owner, assigned_volunteer):
    conversation = chat.conversation_of(owner, assigned_volunteer)
    mine, theirs = (chat.opened(page_of(person), conversation) for person in (owner, assigned_volunteer))
    theirs.locator("#id_text").press_sequentially("Мен")
    theirs.keyboard.press("ArrowLeft")
    chat.write(mine, HELLO)
    expect(chat.texts(theirs)).to_have_text([HELLO])
    expect(theirs.locator("#id_text")).to_be_focused()
    assert theirs.evaluate("document.activeElement.selectionStart") == 2
    until(lambda: chat.states(mine) == ["read"])
    chat.write(theirs, ANSWER)
    expect(chat.texts(mine)).to_have_text([HELLO, ANSWER])
    until(lambda: chat.states(theirs) == ["read"])
    expect(mine.locator("#id_text")).to_have_value("")
    assert chat.stored(conversation) == [HELLO, ANSWER]
    log, pieces = said_of_the_list(mine)
    assert log["name"]
    assert (log["live"], log["atomic"], log["relevant"]) == ("polite", False, "additions text")
    assert pieces.index(ANSWER) - pieces.index(str(assigned_volunteer)) == 2  # the sender, the time, the words
    announced = "e => e.closest('[aria-live], [role=log], [role=status]').ariaLive !== 'off'"
    assert [chat.texts(mine).nth(at).evaluate(announced) for at in (0, 1)] == [False, True]
    expect(mine.locator("#chat [role=status]:not(:empty)")).to_have_count(0)
    expect(mine.locator("#chat .day")).to_have_text(written(timezone.localdate()))


def test_each_sees_what_the_other_writes_while_it_is_written_if_both_wish_it(page_of, owner, assigned_volunteer):
    conversation = chat.conversation_of(owner, assigned_volunteer)
    Side.objects.filter(conversation=conversation).update(live=True)
    mine, theirs = (chat.opened(page_of(person), conversation) for person in (owner, assigned_volunteer))
    expect(mine.locator("#draft-seen")).to_be_visible()
    mine.locator("#id_text").press_sequentially("Мен 🌙")
    expect(theirs.locator("#draft [data-part=draft]")).to_have_text("Мен 🌙")
    assert violations(theirs) == []
    assert theirs.locator("#draft").evaluate("e => e.closest('[aria-live], [role=log], [role=status]')") is None
    mine.keyboard.press("Control+Enter")
    expect(chat.texts(theirs)).to_have_text(["Мен 🌙"])
    expect(theirs.locator("#draft")).to_be_hidden()
    mine.locator("#id_text").press_sequentially("жаңа")
    expect(theirs.locator("#draft")).to_be_visible()
    Side.objects.filter(conversation=conversation, person=assigned_volunteer).update(live=False)
    live.say(conversation, {"type": "wishes"})
    expect(theirs.locator("#draft")).to_be_hidden()
    mine.keyboard.type("да")
    expect(mine.locator("#draft-seen")).to_be_hidden()


def test_hard_words_bring_help_to_their_writer_and_their_level_and_an_answer_in_one_press(
    page_of, owner, assigned_volunteer
):
    conversation = chat.conversation_of(owner, assigned_volunteer)
    mine, theirs = (chat.opened(page_of(person), conversation) for person in (owner, assigned_volunteer))
    chat.write(mine, HARD["kk"])
    expect(mine.locator("#heeded")).to_be_visible()
    expect(mine.locator("#id_text")).to_be_focused()
    expect(theirs.locator("#chat [data-part=level]")).not_to_be_empty()
    expect(theirs.locator("#heeded")).not_to_be_attached()
    theirs.locator("#chat .message__actions summary").click()
    thanks, support = (theirs.locator(f"#chat [data-what={what}]") for what in ("thanks", "support"))
    seen = [one.locator("#chat .message [data-part=support]") for one in (mine, theirs)]
    for button, pressed, count in ((thanks, True, 0), (support, True, 1), (support, False, 0)):
        button.focus()
        theirs.keyboard.press("Enter")
        expect(button).to_have_attribute("aria-pressed", str(pressed).lower())
        expect(button).to_be_focused()
        for part in seen:  # over the socket: until then the button is not where it will be
            expect(part).to_have_text("1" if count else "")
    assert violations(mine) + violations(theirs) == []


def test_what_is_written_without_a_network_waits_and_comes_in_order_and_once(page_of, owner, assigned_volunteer):
    conversation = chat.conversation_of(owner, assigned_volunteer)
    theirs, mine = chat.opened(page_of(assigned_volunteer), conversation), page_of(owner)
    network = chat.Network(mine)
    chat.opened(mine, conversation)
    network.lose_answers = True
    chat.write(mine, "1")
    expect(chat.texts(theirs)).to_have_text(["1"])
    network.cut()
    expect(mine.locator("#chat")).not_to_have_attribute("data-live", "yes")
    expect(mine.locator("#connection")).not_to_be_empty()
    for words in ("2", "3"):
        chat.write(mine, words)
    assert chat.states(mine) == ["waiting"] * 3
    chat.write(theirs, ANSWER)
    mine.locator("#id_text").press_sequentially("4")
    network.back()
    expect(chat.texts(theirs)).to_have_text(["1", ANSWER, "2", "3"])
    expect(chat.texts(mine)).to_have_text(["1", ANSWER, "2", "3"])
    until(lambda: chat.states(mine) == ["read"] * 3)
    assert chat.stored(conversation) == ["1", ANSWER, "2", "3"]
    expect(mine.locator("#id_text")).to_have_value("4")
    expect(mine.locator("#id_text")).to_be_focused()
    mine.reload()
    expect(mine.locator("#id_text")).to_have_value("4")


def test_two_tabs_show_the_same_and_one_of_them_sends(page_of, owner, assigned_volunteer):
    conversation = chat.conversation_of(owner, assigned_volunteer)
    first = page_of(owner)
    network = chat.Network(first)
    chat.opened(first, conversation)
    second = chat.opened(first.context.new_page(), conversation)
    network.cut()
    for page, words in ((first, "1"), (second, "2"), (first, "3")):
        chat.write(page, words)
        for tab in (first, second):
            expect(chat.texts(tab).last).to_have_text(words)
    assert chat.states(first) == chat.states(second) == ["waiting"] * 3
    network.back()
    for tab in (first, second):
        until(lambda tab=tab: chat.states(tab) == ["sent"] * 3)
        expect(chat.texts(tab)).to_have_text(["1", "2", "3"])
    assert chat.stored(conversation) == ["1", "2", "3"]


def test_where_no_socket_can_be_made_pages_and_the_form_carry_both_ways(page_of, owner, assigned_volunteer):
    conversation = chat.conversation_of(owner, assigned_volunteer)
    theirs, mine = chat.opened(page_of(assigned_volunteer), conversation), page_of(owner)
    mine.clock.install()
    network = chat.Network(mine)
    network.is_away = True
    steps.ready(mine.goto(f"/en/chat/{conversation.public_id}/") and mine)
    chat.write(mine, HARD["kk"])
    chat.write(theirs, ANSWER)
    expect(chat.texts(theirs)).to_have_text([ANSWER])
    with mine.expect_response("**/send/"):
        mine.clock.run_for(5000)
    expect(chat.texts(theirs)).to_have_text([ANSWER, HARD["kk"]])
    expect(chat.texts(mine)).to_have_text([ANSWER, HARD["kk"]])
    assert chat.stored(conversation) == [ANSWER, HARD["kk"]]
    expect(mine.locator("#heeded")).to_be_attached()  # its words call for help, which is there at once
    expect(mine.locator("#id_text")).to_be_focused()
    assert Side.objects.get(conversation=conversation, person=owner).read == 0  # a script has looked, and nobody else


def test_by_keys_alone_one_walks_the_list_hears_what_is_new_and_sends(page_of, owner, assigned_volunteer):
    conversation = chat.conversation_of(owner, assigned_volunteer)
    mine, theirs = (chat.opened(page_of(person), conversation, "en") for person in (owner, assigned_volunteer))
    for words in ("one", "two", "three"):
        chat.write(theirs, words)
    expect(chat.texts(mine)).to_have_text(["one", "two", "three"])
    mine.focus("#id_text")
    mine.keyboard.press("Alt+KeyN")
    name = str(assigned_volunteer)
    expect(mine.locator("#reader")).to_have_text(f"{name}: one {name}: two {name}: three")
    mine.keyboard.press("Alt+KeyN")
    expect(mine.locator("#reader")).to_have_text("Nothing new has come.")
    mine.focus("[role=log]")
    for key, at in (("ArrowUp", 2), ("ArrowUp", 1), ("Home", 0), ("ArrowUp", 0), ("End", 2), ("ArrowDown", 2)):
        mine.keyboard.press(key)
        expect(mine.locator("#chat .message").nth(at)).to_be_focused()
    assert measures.settled_focus(mine)
    chat.write(theirs, "four")
    expect(chat.texts(mine).last).to_have_text("four")
    expect(mine.locator("#chat .message").nth(2)).to_be_focused()
    mine.keyboard.press("Alt+KeyN")
    expect(mine.locator("#reader")).to_have_text(f"{name}: four")
    mine.keyboard.press("Escape")
    mine.keyboard.type("a")
    mine.keyboard.press("Enter")
    mine.keyboard.type("b")
    mine.keyboard.press("Control+Enter")
    expect(chat.texts(theirs).last).to_have_text("a\nb", use_inner_text=True)
    chat.write(mine, "x" * 4001)
    expect(mine.locator("#send-wrong")).to_contain_text("too long")
    expect(mine.locator("#id_text")).to_have_value("x" * 4001)
    expect(mine.locator("#id_text")).to_have_accessible_description(re.compile("too long"))
    helping.end(assignment=Assignment.objects.get(user=owner), actor=owner, reason=EndReason.USER)
    for page in (mine, theirs):
        expect(page.locator("#connection")).to_contain_text("cannot write to each other now")
        expect(page.locator("#send .actions button")).to_be_disabled()
    expect(mine.locator("#id_text")).to_have_value("x" * 4001)


def test_on_a_phone_everything_fits_and_older_messages_stay_where_they_are_read(page_of, owner, assigned_volunteer):
    conversation = chat.conversation_of(owner, assigned_volunteer)
    theirs = chat.opened(page_of(assigned_volunteer), conversation)
    for number in range(12):
        chat.write(theirs, f"{number} {HELLO}")
    until(lambda: chat.states(theirs) == ["sent"] * 12)
    mine = chat.opened(page_of(owner, viewport={"width": 320, "height": 640}), conversation)
    mine.locator("#chat .message").first.scroll_into_view_if_needed()
    before = mine.locator("#chat .message").first.bounding_box()
    chat.write(theirs, ANSWER)
    expect(mine.locator("#newest")).to_contain_text("1")
    assert mine.locator("#chat .message").first.bounding_box() == before
    steps.open_everything(mine)
    assert violations(mine) + measures.small_targets(mine) + measures.too_wide(mine) + measures.cut_off(mine) == []
    mine.locator("#newest").click()
    expect(mine.locator("#chat .message").last).to_be_in_viewport()
    expect(mine.locator("#newest")).to_be_hidden()
    until(lambda: chat.states(theirs)[-1] == "read")
