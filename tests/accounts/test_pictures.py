"""A person's own picture: drawn anew, or refused; nothing of the file remains."""

import io
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import HealthCheck, given, settings, strategies
from PIL import Image, ImageOps

from accounts import avatars
from accounts.models import Profile
from tests.accounts import pictures
from tests.accounts.pictures import drawn, upload
from tests.accounts.support import chosen
from tests.support.html import errors, page, typed

pytestmark = pytest.mark.django_db
PAGE, PICTURE = "/kk/profile/", "/kk/profile/picture/"
ANSWERS = {"shown_name": "Әсем", "language": "kk", "time_zone": "UTC", "avatar": "sun", "region": "abai"}


@pytest.fixture
def client(owner, as_person) -> Client:
    return as_person(owner)


@pytest.fixture
def files(settings):
    """Return the files of all uploaded pictures."""
    return lambda: [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.fixture
def replace(client, django_capture_on_commit_callbacks):
    """Return a function that saves the profile, and does what is to be done once that is kept."""

    def save(**more):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(PAGE, ANSWERS | more)

    return save


def shown(client: Client) -> Image.Image:
    return Image.open(io.BytesIO(client.get(PICTURE).getvalue()))


@pytest.mark.parametrize(
    "content",
    [
        drawn("JPEG"),
        drawn("JPEG", mode="CMYK"),
        drawn("JPEG", mode="L"),
        drawn("PNG"),
        drawn("PNG", mode="RGBA"),
        drawn("PNG", mode="P"),
        drawn("PNG", mode="1"),
        drawn("PNG", mode="I;16"),
        drawn("WEBP"),
        drawn("PNG", (1, 1)),
        drawn("PNG", (3000, 2)),
        pictures.animated("WEBP"),
        pictures.animated("PNG"),
    ],
)
def test_a_picture_becomes_a_square_webp_that_only_its_owner_sees(client, other_user, as_person, files, content):
    assert client.post(PAGE, ANSWERS | {"upload": upload(content)}).status_code == 302
    answer = client.get(PICTURE)
    assert answer["Content-Type"] == "image/webp"
    assert "no-store" in answer["Cache-Control"]
    image = Image.open(io.BytesIO(answer.getvalue()))
    assert (image.format, image.size, getattr(image, "n_frames", 1)) == ("WEBP", (256, 256), 1)
    assert len(files()) == 1
    assert page(client.get(PAGE)).select_one("img.avatar")["src"] == PICTURE
    assert as_person(other_user).get(PICTURE).status_code == 404


def test_place_and_maker_are_gone_and_the_picture_stands_upright(client, files):
    client.post(PAGE, ANSWERS | {"upload": upload(pictures.photo_with_place(), "IMG.JPG", "image/jpeg")})
    image = shown(client).convert("RGB")
    assert not image.getexif()
    assert not {"exif", "icc_profile", "xmp"} & set(image.info)
    stored = files()[0].read_bytes()
    assert b"Secret" not in stored
    assert b"secret" not in stored
    top, bottom = image.getpixel((128, 20)), image.getpixel((128, 235))
    assert top[0] > 200 > bottom[0]
    assert bottom[2] > 200 > top[2]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda: b"\xff\xd8\xff" + b"\0" * 20_000_000, id="20 MB"),
        pytest.param(lambda: pictures.SVG, id="SVG with script named .png"),
        pytest.param(lambda: pictures.bomb(50_000, 50_000), id="bomb of 2.5 billion points"),
        pytest.param(lambda: pictures.bomb(8_000, 6_000), id="bomb of 48 million points"),
        pytest.param(pictures.text_bomb, id="bomb in a comment"),
        pytest.param(lambda: drawn("JPEG")[:700], id="cut JPEG"),
        pytest.param(lambda: drawn("PNG")[:-40], id="cut PNG"),
        pytest.param(lambda: drawn("WEBP")[:-40], id="cut WebP"),
        pytest.param(lambda: b"only words", id="text"),
        pytest.param(lambda: b"", id="empty"),
        pytest.param(lambda: pictures.animated("GIF"), id="animated GIF"),
        pytest.param(lambda: drawn("BMP"), id="BMP"),
        pytest.param(lambda: drawn("TIFF"), id="TIFF"),
        pytest.param(lambda: drawn("PDF"), id="PDF"),
        pytest.param(lambda: b"GIF89a" + drawn("PNG")[6:], id="PNG that says GIF"),
    ],
)
def test_anything_else_is_refused_beside_the_field_and_nothing_is_lost_or_stored(client, owner, files, content):
    answer = client.post(PAGE, ANSWERS | {"upload": upload(content()), "cares_for": ["child"]})
    assert errors(answer, "upload")
    assert typed(answer, "shown_name") == "Әсем"
    assert [chosen(answer, name) for name in ("avatar", "time_zone", "region", "cares_for")] == [
        ["sun"],
        ["UTC"],
        ["abai"],
        ["child"],
    ]
    assert files() == []
    stored = Profile.objects.get(user=owner)
    assert (stored.picture.name, stored.avatar, stored.region) == ("", "tulip", "")
    assert client.get(PICTURE).status_code == 404


@pytest.mark.parametrize("side", [7_000, 10_000, 50_000])  # ours to refuse, Pillow's to warn of, Pillow's to refuse
def test_a_bomb_is_refused_before_it_unfolds(side):
    content = pictures.bomb(side, side)
    assert len(content) < avatars.MAX_BYTES
    with pytest.raises(ValidationError):
        avatars.clean(upload(content))


def test_a_mistake_elsewhere_stores_no_picture(client, files):
    answer = client.post(PAGE, ANSWERS | {"upload": upload(drawn("PNG")), "region": "x"})
    assert errors(answer, "region")
    assert files() == []


@pytest.mark.parametrize("name", ["../../../etc/passwd", "a" * 300 + ".png", "x.php", "\u202egnp.exe", "a\0.png", ""])
def test_the_name_of_the_file_is_never_used(client, owner, files, name):
    client.post(PAGE, ANSWERS | {"upload": upload(drawn("PNG"), name or "x")})
    (file,) = files()
    assert file.parent.name == "avatars"
    assert len(file.stem) == 32
    assert file.suffix == ".webp"


def test_a_replaced_and_a_removed_picture_disappear_from_the_disk(replace, client, files):
    replace(upload=upload(drawn("PNG")))
    (first,) = files()
    replace(upload=upload(drawn("JPEG")))
    (second,) = files()
    assert first != second
    replace()
    assert files() == [second]
    replace(remove_picture="on")
    assert files() == []
    assert client.get(PICTURE).status_code == 404
    assert page(client.get(PAGE)).select_one("img.avatar")["src"].startswith("/static/avatars/sun")


def test_a_new_picture_wins_over_the_wish_to_remove_the_old_one(replace, files):
    replace(upload=upload(drawn("PNG")))
    replace(upload=upload(drawn("JPEG")), remove_picture="on")
    assert len(files()) == 1


def test_the_old_picture_stays_when_the_new_one_is_refused(replace, client, files):
    replace(upload=upload(drawn("PNG")))
    before = files()
    assert errors(replace(upload=upload(b"only words"), remove_picture="on"), "upload")
    assert files() == before
    assert client.get(PICTURE).status_code == 200


def test_a_picture_whose_file_is_gone_is_not_found(replace, client, files):
    replace(upload=upload(drawn("PNG")))
    files()[0].unlink()
    assert client.get(PICTURE).status_code == 404
    assert client.get(PAGE).status_code == 200
    assert replace(remove_picture="on").status_code == 302


def test_a_stranger_is_sent_to_sign_in(owner):
    assert Client().get(PICTURE).url == f"/kk/account/login/?next={PICTURE}"


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=strategies.data())
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_damaged_file_is_a_picture_or_refused_and_never_an_accident(data):
    originals = [
        pictures.photo_with_place(),
        drawn("PNG", (64, 64)),
        drawn("WEBP", (64, 64)),
        pictures.animated("WEBP"),
    ]
    content = bytearray(data.draw(strategies.sampled_from(originals)))
    for _ in range(data.draw(strategies.integers(1, 6))):
        place = data.draw(strategies.integers(0, min(len(content), 300) - 1))
        content[place] = data.draw(strategies.integers(0, 255))
    with suppress(ValidationError):
        assert avatars.clean(upload(bytes(content))).size


def test_a_photo_with_damaged_metadata_is_still_a_photo(client):
    damaged = pictures.photo_with_place().replace(b"\x01\x0f\x00\x02", b"\x01\x0f\x00\x05")  # the maker as a fraction
    assert client.post(PAGE, ANSWERS | {"upload": upload(damaged)}).status_code == 302
    assert shown(client).size == (256, 256)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_however_the_camera_was_held(client, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = drawn("JPEG", (256, 256), exif=exif)
    client.post(PAGE, ANSWERS | {"upload": upload(photo)})
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(photo)))
    for place in ((10, 128), (245, 128), (128, 10), (128, 245)):
        assert shown(client).getpixel(place) == pytest.approx(upright.getpixel(place), abs=20)
