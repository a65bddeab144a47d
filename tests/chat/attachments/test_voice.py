"""Voice messages: what is one, how long it is, who hears it, and what stands for it where it cannot be heard."""

import pytest

from chat.attachments import lengths, sniffing
from chat.conversations import copying
from chat.frames import of_message
from chat.models import Attachment, Message
from tests.chat.attachments.test_sending_files import fetch
from tests.support import carried
from tests.support.html import page, text_of
from tests.support.talking import place

pytestmark = pytest.mark.django_db
MADE = [carried.recorded(3), carried.ogg(3), carried.m4a(3), carried.m4a(3, is_in_parts=True)]
SAID = "Сәлем, мен үйдемін"


@pytest.mark.parametrize(
    ("content", "name", "seconds"),
    [
        (carried.recorded(7), "voice.weba", 7),
        (carried.recorded(0), "voice.webm", None),
        (carried.recorded(180), "voice.weba", 180),
        (carried.recorded(190), "long.weba", None),
        (carried.ogg(7.2), "voice.ogg", 7),
        (carried.m4a(60), "voice.m4a", 60),
        (carried.m4a(9, is_in_parts=True), "voice.m4a", 9),
        (carried.m4a(0), "voice.mp4", None),
        (carried.wav(), "a.wav", None),
    ],
)
def test_sound_up_to_three_minutes_is_a_voice_message(as_person, seats, owner, content, name, seconds):
    assert carried.send(as_person(owner), seats[0], content, name, waveform="00ff80").status_code == 302
    found = Attachment.objects.get()
    is_voice = seconds is not None
    assert (found.kind, found.seconds) == ("voice" if is_voice else "file", seconds)
    assert (found.name, found.waveform) == (("", "00ff80") if is_voice else (name, ""))


@pytest.mark.parametrize("kind", sniffing.VOICES)
@pytest.mark.parametrize("made", MADE)
def test_a_sound_that_is_cut_off_anywhere_has_a_length_or_none(kind, made):
    for at in range(len(made)):
        found = lengths.seconds_of(kind, made[:at])
        assert found is None or found > 0
        lengths.seconds_of(kind, made[:at] + bytes([255 - made[at]]) + made[at + 1 :])


@pytest.mark.parametrize("drawn", ["<svg>", "0", "ff" * 65, "ZZ"])
def test_a_waveform_that_is_none_is_left_out(as_person, seats, owner, drawn):
    assert carried.send(as_person(owner), seats[0], carried.recorded(), "a.weba", waveform=drawn).status_code == 302
    assert Attachment.objects.get().waveform == ""


def test_it_is_shown_with_its_length_and_its_text_or_that_there_is_none(as_person, seats, owner):
    client = as_person(owner)
    for description in (SAID, ""):
        carried.send(client, seats[0], carried.recorded(), "a.weba", description=description, waveform="00ff")
    with_text, without = page(as_person(seats[1].person).get(place(seats[1]))).select(".message[data-number]")
    assert "0:07" in text_of(with_text)
    assert SAID in text_of(with_text)
    without = without.select_one("[data-part=description]")
    assert text_of(without) == without["data-none"]
    assert with_text.audio["src"] == place(seats[1], "attachments", Attachment.objects.earliest("pk").public_id)
    assert with_text.audio.has_attr("controls")
    assert with_text.path["d"] == "M64.0 15.0v2.0M192.0 0.0v32.0"
    assert f"0:07. {SAID}" in b"".join(copying.copy(seats[0])).decode()
    frame = of_message(Message.objects.earliest("pk"), by_owner=False)["attachment"]
    assert (frame["kind"], frame["seconds"], frame["waveform"], frame["name"]) == ("voice", 7, [0, 255], "")


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-1", 206, slice(0, 2)),
        ("bytes=5-", 206, slice(5, None)),
        ("bytes=0-999999", 206, slice(None)),
        ("bytes=999999-", 416, slice(0, 0)),
        ("bytes=9-2", 416, slice(0, 0)),
        ("bytes=-5", 200, slice(None)),
        ("lines=1-2", 200, slice(None)),
    ],
)
def test_players_get_the_part_that_they_ask_for(as_person, seats, owner, asked, status, part):
    whole = carried.recorded()
    carried.send(as_person(owner), seats[0], whole, "a.weba")
    answer = fetch(as_person(seats[1].person), seats[1], Range=asked)
    assert (answer.status_code, answer.content) == (status, whole[part])
    assert answer["Content-Type"] == "audio/webm"
    assert answer["Content-Disposition"] == 'inline; filename="emocare-voice.weba"'
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("private, no-store", "nosniff")


def test_only_the_page_of_a_conversation_may_ask_for_the_microphone(as_person, seats, owner):
    client = as_person(owner)
    talk, other = client.get(place(seats[0])), client.get("/kk/dashboard/")
    assert "microphone=(self)" in talk["Permissions-Policy"].split(", ")
    assert "microphone=()" in other["Permissions-Policy"].split(", ")
    assert "camera=()" in talk["Permissions-Policy"]
    assert "media-src 'self' blob:;" in talk["Content-Security-Policy"] + ";"
    assert "media-src" not in other["Content-Security-Policy"]
