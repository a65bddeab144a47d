"""What may be uploaded: the content decides, not the name."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import Document
from accounts.roles import documents
from tests.accounts.roles.conftest import PDF, pdf
from tests.support.html import errors, page

SCRIPT = b"<script>alert(1)</script>"


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", size, "teal").save(drawn, kind, **options)
    return drawn.getvalue()


def upload(content: bytes, name: str = "scan.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_pdf_is_kept_as_it_is_under_a_name_that_tells_nothing():
    checked = documents.clean(pdf("Сәуле диплом.pdf"))
    assert (checked.content.read(), checked.content_type) == (PDF, "application/pdf")
    assert "диплом" not in checked.content.name


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_drawn_anew_without_what_else_it_holds(kind):
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    checked = documents.clean(upload(picture(kind, exif=exif) + SCRIPT))
    content = checked.content.read()
    assert checked.content_type == "image/jpeg"
    assert Image.open(io.BytesIO(content)).size == (60, 40)
    assert b"secret place" not in content
    assert SCRIPT not in content


def test_a_large_photo_is_made_small_enough():
    checked = documents.clean(upload(picture(size=(4200, 2100))))
    assert Image.open(checked.content).size == (3000, 1500)


@pytest.mark.parametrize(
    "content",
    [
        SCRIPT,
        b"MZ\x90\x00 program",
        b"PK\x03\x04 archive",
        b"",
        picture()[:200],
        SCRIPT + PDF,
        PDF.replace(b"%%EOF", b""),
        PDF.replace(b"/Catalog", b"/Catalog /OpenAction <</S /JavaScript /JS (x)>>"),
        PDF.replace(b"/Catalog", b"/Catalog /JS(app.alert)"),
        PDF.replace(b"/Catalog", b"/Catalog /Names <</EmbeddedFiles 3 0 R>> /EmbeddedFile"),
    ],
)
@pytest.mark.parametrize("name", ["diploma.pdf", "photo.jpg"])
def test_disguised_and_damaged_files_are_refused(content, name):
    with pytest.raises(ValidationError):
        documents.clean(upload(content, name))


def test_a_pdf_that_opens_at_its_first_page_is_no_danger(owner):
    report = b"".join([PDF[:-6], b"/OpenAction [3 0 R /FitH null]\nstream\n\x00/JS /AA\xff\nendstream\n", PDF[-6:]])
    assert documents.clean(pdf(content=report)).content_type == "application/pdf"


def test_a_name_that_only_begins_like_a_dangerous_one_is_no_danger():
    assert documents.clean(pdf(content=PDF.replace(b"/Catalog", b"/Catalog /AAPL 1 /JSon 2")))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content", [b"%PDF-1.7" + b"0" * documents.MAX_BYTES, picture(size=(9000, 9000))], ids=["bytes", "pixels"]
)
def test_too_large_a_file_is_refused_beside_the_field(as_person, owner, draft, content):
    application = draft(owner)
    address = f"/kk/helping-others/applications/{application.public_id}/documents/"
    answer = as_person(owner).post(address, {"kind": "other", "file": upload(content)})
    assert errors(answer, "file")
    assert page(answer).select_one("[name=kind] [selected]")["value"] == "other"
    assert Document.objects.count() == 2
