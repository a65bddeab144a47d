"""Pictures and files with messages: what comes in, who gets it out, and how long it stays."""

import io
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from accounts.helping import services as helping
from accounts.helping.choices import EndReason
from accounts.models import Assignment
from chat.changing import services as changing
from chat.conversations import copying
from chat.conversations.search import search
from chat.frames import of_message
from chat.heeding import services as heeding
from chat.models import Attachment, Message
from emocare.crypto import CannotDecrypt
from tests.accounts.pictures import photo_with_place, upload
from tests.emergency.heeding.test_heeding_places import HARD
from tests.support import carried
from tests.support.html import page, text_of, typed
from tests.support.talking import heard, place, seats_of

pytestmark = pytest.mark.django_db
SEEN = "Терезе алдында мысық отыр 🐈"


def files() -> list[Path]:
    return [path for path in (Path(settings.MEDIA_ROOT) / "attachments").glob("*") if path.is_file()]


def fetch(client, seat, **headers):
    return client.get(place(seat, "attachments", Attachment.objects.get().public_id), headers=headers)


def test_a_picture_comes_drawn_anew_without_what_its_file_told_and_lies_encrypted(as_person, seats, owner):
    client, theirs = as_person(owner), as_person(seats[1].person)
    shown = client.get(place(seats[0]))
    fields = {"description": SEEN, "words": "Қара!", "form_key": typed(shown, "form_key")}
    assert carried.send(client, seats[0], photo_with_place(), "IMG_7.jpg", **fields).url == f"{place(seats[0])}#m-1"
    (file,) = files()
    assert b"WEBP" not in file.read_bytes()
    answer = fetch(theirs, seats[1])
    picture = Image.open(io.BytesIO(answer.content))
    assert (picture.format, picture.size) == ("WEBP", (300, 400))
    for secret in (b"Secret-Maker", b"secret-comment", b"EXIF", b"Exif"):
        assert secret not in answer.content
    assert answer["Content-Type"] == "image/webp"
    assert answer["Content-Disposition"] == 'inline; filename="emocare-picture.webp"'
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    item = page(theirs.get(place(seats[1]))).select_one("#m-1")
    assert item.img["src"] == place(seats[1], "attachments", Attachment.objects.get().public_id)
    assert (item.img["width"], item.img["height"]) == ("300", "400")
    assert SEEN in text_of(item)
    assert "Қара!" in text_of(item)


def test_a_large_picture_is_made_smaller(as_person, seats, owner):
    carried.send(as_person(owner), seats[0], carried.picture("JPEG", (5000, 2500)), "a.jpg")
    assert (Attachment.objects.get().width, Attachment.objects.get().height) == (2000, 1000)


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (carried.PDF, "Анықтама.pdf", "application/pdf"),
        ("Сәлем\r\n".encode(), "хат.txt", "text/plain"),
        ("Привет".encode("cp1251"), "old.txt", "text/plain"),
        (carried.docx(), "a.DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (carried.odt(), "a.odt", carried.ODT.decode()),
        (carried.wav(), "a.wav", "audio/wav"),
        (b"ID3\x04" + bytes(40), "a.mp3", "audio/mpeg"),
        (carried.webm(), "a.weba", "audio/webm"),
    ],
)
def test_a_file_goes_as_it_is_under_its_name_and_is_only_downloaded(as_person, seats, owner, content, name, kind):
    assert carried.send(as_person(owner), seats[0], content, name).status_code == 302
    answer = fetch(as_person(seats[1].person), seats[1])
    assert (answer.content, answer["Content-Type"]) == (content, kind)
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert Attachment.objects.get().name.lower() == name.lower()


def test_words_alone_in_the_message_are_not_needed_and_what_came_stands_for_them(as_person, seats, owner):
    client = as_person(owner)
    carried.send(client, seats[0], carried.PDF, "Анықтама.pdf")
    assert Message.objects.get().text == ""
    answering = page(as_person(seats[1].person).get(f"{place(seats[1])}?answer=1"))
    assert "Анықтама.pdf" in text_of(answering.select_one("#answering q"))
    copy = b"".join(copying.copy(seats[0])).decode()
    assert "Анықтама.pdf" in copy
    assert [hit.message.number for hit in search(seats[0], "анықтам").hits] == [1]


def test_the_same_form_twice_is_one_message_and_another_file_under_its_key_is_refused(as_person, seats, owner):
    client, key = as_person(owner), str(uuid.uuid4())
    for _time in range(2):
        assert carried.send(client, seats[0], carried.PDF, "a.pdf", form_key=key).status_code == 302
    other = carried.send(client, seats[0], carried.PDF + b"\n", "a.pdf", form_key=key)
    assert other.status_code == 200
    assert page(other).select(".error-summary li")
    assert typed(other, "form_key") != key
    assert (Message.objects.count(), len(files())) == (1, 1)


def test_a_script_gets_its_answer_as_data(as_person, seats, owner):
    client = as_person(owner)
    client.defaults["HTTP_ACCEPT"] = "application/json"
    assert carried.send(client, seats[0], carried.PDF, "a.pdf").json() == {"number": 1}
    refused = carried.send(client, seats[0], b"", "a.pdf")
    assert (refused.status_code, list(refused.json()["wrong"])) == (400, ["file"])


def test_open_pages_hear_of_it_and_read_it_from_the_database(
    as_person, seats, owner, django_capture_on_commit_callbacks
):
    with heard(seats[0].conversation, django_capture_on_commit_callbacks) as said:
        carried.send(as_person(owner), seats[0], carried.picture(), description=SEEN)
    key = seats[0].conversation.pk
    assert {"type": "message", "number": 1, "carries": True, "key": key} in said
    frame = of_message(Message.objects.get(), by_owner=False)["attachment"]
    address = f"attachments/{Attachment.objects.get().public_id}/"
    assert (frame["kind"], frame["description"], frame["address"]) == ("picture", SEEN, address)


def test_numbers_in_name_and_description_are_masked_for_the_other_side(as_person, seats, owner):
    number = "+7 701 234 56 78"
    client = as_person(owner)
    carried.send(client, seats[0], carried.PDF, f"{number}.pdf", description=f"Нөмірім {number}")
    mine, theirs = (page(one.get(place(seats[0]))).select_one("#m-1") for one in (client, as_person(seats[1].person)))
    assert text_of(mine).count(number) == 2
    assert mine.select_one("[data-part=hidden]:not([hidden])")
    assert number not in str(theirs)
    for by_owner in (True, False):
        assert (number in str(of_message(Message.objects.get(), by_owner=by_owner))) is by_owner


def test_a_description_that_tells_of_danger_is_read_by_the_risk_check(as_person, seats, owner):
    answer = as_person(owner).post(
        place(seats[0], "attach"),
        {"file": upload(carried.picture()), "description": HARD["kk"], "form_key": uuid.uuid4()},
        follow=True,
    )
    assert page(answer).select("#heeded")
    assert Message.objects.get().risk_level > 0
    Message.objects.update(risk_level=None)
    heeding.look(Message.objects.get().public_id)
    assert Message.objects.get().risk_level > 0


def test_strangers_and_a_helper_of_the_past_get_nothing(as_person, seats, owner, unrelated_volunteer, other_user):
    client = as_person(owner)
    carried.send(client, seats[0], carried.picture())
    for person in (unrelated_volunteer, other_user):
        assert fetch(as_person(person), seats[0]).status_code == 404
        assert carried.send(as_person(person), seats[0], carried.picture()).status_code == 404
    helping.end(
        assignment=Assignment.objects.get(user=owner, helper=seats[1].person), actor=owner, reason=EndReason.USER
    )
    assert fetch(as_person(seats[1].person), seats[1]).status_code == 404
    assert fetch(client, seats[0]).status_code == 200
    refused = carried.send(client, seats[0], carried.picture())
    assert (refused.status_code, Message.objects.count(), len(files())) == (200, 1, 1)


def test_what_belongs_to_another_conversation_is_not_found_in_ones_own(
    as_person, seats, owner, assigned_psychologist, other_user
):
    carried.send(as_person(owner), seats[0], carried.picture())
    others = seats_of(owner, assigned_psychologist)[1]
    assert fetch(as_person(assigned_psychologist), others).status_code == 404


def test_with_the_message_its_bytes_go_for_both(as_person, seats, owner, django_capture_on_commit_callbacks):
    client = as_person(owner)
    carried.send(client, seats[0], carried.picture(), description=SEEN)
    address = place(seats[0], "attachments", Attachment.objects.get().public_id)
    assert SEEN in text_of(page(client.get(place(seats[0], 1, "delete"))).main)
    with django_capture_on_commit_callbacks(execute=True):
        changing.delete(seats[0], 1)
    assert (client.get(address).status_code, files(), Attachment.objects.count()) == (404, [], 0)
    assert "attachment" not in of_message(Message.objects.get(), by_owner=True)


def test_bytes_that_were_changed_or_moved_open_for_nobody(as_person, seats, owner):
    carried.send(as_person(owner), seats[0], carried.picture())
    (file,) = files()
    file.write_bytes(file.read_bytes()[:-1] + b"\0")
    with pytest.raises(CannotDecrypt):
        Attachment.objects.get().content()
    assert fetch(as_person(owner), seats[0]).status_code == 404


def test_a_page_costs_the_same_with_many_of_them(as_person, seats, owner):
    client, costs = as_person(owner), []
    for _time in range(2):
        carried.send(client, seats[0], carried.picture())
        with CaptureQueriesContext(connection) as queries:
            client.get(place(seats[0]))
        costs.append(len(queries))
    assert costs[0] == costs[1]
