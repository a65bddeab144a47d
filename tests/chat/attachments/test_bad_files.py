"""Files that lie, unfold, run or are nothing: refused in words beside the field, and nothing is kept."""

import pytest

from chat.attachments.checking import plain_name
from chat.attachments.choices import MAX_BYTES
from chat.models import Attachment, Message
from emocare.uploads import MOST, InMemory
from tests.accounts.pictures import SVG, bomb
from tests.chat.attachments.test_sending_files import files
from tests.support import carried
from tests.support.html import errors, page, summary, text_of, typed
from tests.support.talking import place

pytestmark = pytest.mark.django_db
LOUD_PDF = carried.PDF.replace(b"<<>>", b"<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>", 1)
MACROS = carried.docx(**{"word/vbaProject.bin": b"7"})
TOO_WIDE = carried.archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": bytes(201 * 1024 * 1024)})


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.png"),
        (bytes(MAX_BYTES + 1), "a.png"),
        (b"MZ\x90\0" + bytes(60), "photo.jpg"),
        (b"MZ\x90\0" + bytes(60), "a.exe"),
        (carried.picture(), "a.pdf"),
        (carried.PDF, "a.png"),
        (carried.PDF[:20], "a.pdf"),
        (b"<script>alert(1)</script>", "a.html"),
        (b"<script>alert(1)</script>", "a.pdf"),
        (SVG, "a.svg"),
        (SVG, "a.png"),
        (bomb(30_000, 30_000), "a.png"),
        (carried.picture()[:60], "a.png"),
        (LOUD_PDF, "a.pdf"),
        (MACROS, "a.docx"),
        (carried.docx(), "a.odt"),
        (carried.archive({"a.txt": b"7"}), "a.docx"),
        (carried.docx()[:40], "a.docx"),
        (TOO_WIDE, "a.docx"),
        (carried.webm(b"V_VP8"), "a.weba"),
        (b"\0\0\0\x18ftypmp42" + b"hdlr" + bytes(8) + b"vide" + b"hdlr" + bytes(8) + b"soun", "a.m4a"),
    ],
    ids=range(21),
)
def test_what_cannot_be_sent_is_said_beside_the_field(as_person, seats, owner, content, name):
    answer = carried.send(as_person(owner), seats[0], content, name, description="Мысық", words="Қара")
    assert answer.status_code == 200
    assert errors(answer, "file") in summary(answer)[0]
    shown = page(answer)
    assert [text_of(field).strip() for field in shown.select("textarea")] == ["Мысық", "Қара"]
    assert (Message.objects.count(), Attachment.objects.count(), files()) == (0, 0, [])


def test_without_a_file_nothing_is_sent(as_person, seats, owner):
    answer = as_person(owner).post(place(seats[0], "attach"), {"file": "a.png", "words": "Қара"})
    assert errors(answer, "file")
    assert not Message.objects.exists()


def test_a_script_in_a_name_is_shown_as_text_and_in_one_direction(as_person, seats, owner):
    client = as_person(owner)
    assert carried.send(client, seats[0], b"7", carried.SCRIPT).status_code == 302
    soup = page(client.get(place(seats[0])))
    assert text_of(soup.select_one("#m-1 [data-part=name]")) == carried.SCRIPT
    assert not soup.select("#m-1 img")
    answer = client.get(place(seats[0], "attachments", Attachment.objects.get().public_id))
    assert "\n" not in answer["Content-Disposition"]
    assert plain_name("a\u202efdp.exe\0\n", "txt") == "afdp.exe"
    assert plain_name("", "txt") == "file.txt"
    assert len(plain_name("а" * 999 + ".pdf", "pdf")) == 120


def test_a_picture_needs_a_description_and_the_words_stay(as_person, seats, owner):
    answer = carried.send(as_person(owner), seats[0], carried.picture(), description=" ", words="Қара")
    assert errors(answer, "description") in summary(answer)[0]
    assert typed(answer, "words") == "Қара"
    assert (Message.objects.count(), files()) == (0, [])


def test_words_that_are_too_long_are_kept_and_said(as_person, seats, owner):
    answer = carried.send(as_person(owner), seats[0], carried.picture(), description="а" * 4001)
    assert errors(answer, "description")
    assert "а" * 4001 in answer.content.decode()


def test_of_an_upload_without_end_no_more_than_a_form_takes_is_kept():
    handler = InMemory()
    handler.new_file("file", "a.png", "image/png", None)
    for at in range(0, 3 * MOST, MOST // 4):
        handler.receive_data_chunk(bytes(MOST // 4), at)
    done = handler.file_complete(3 * MOST)
    assert (done.size, len(done.read())) == (3 * MOST, MOST)
