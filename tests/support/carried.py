"""Files that somebody sends in a conversation, honest ones and others."""

import io
import uuid
import wave
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.http import HttpResponse
from django.test import Client

from tests.accounts.pictures import drawn, upload
from tests.support.talking import place

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
SCRIPT = "<img src=x onerror=alert(1)>.txt"
ODT = b"application/vnd.oasis.opendocument.text"


def send(client: Client, seat: Any, content: bytes, name: str = "a.png", **fields: str) -> HttpResponse:
    """Send a file as the form does."""
    sent = {"file": upload(content, name), "form_key": str(uuid.uuid4()), "description": "7", "words": ""} | fields
    return client.post(place(seat, "attach"), sent)


def picture(form: str = "PNG", size: tuple[int, int] = (80, 60), **options: object) -> bytes:
    return drawn(form, size, **options)


def archive(parts: dict[str, bytes], stored: str = "") -> bytes:
    """Return a ZIP with these parts; one of them as it is, the others packed."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as whole:
        for name, content in parts.items():
            whole.writestr(name, content, ZIP_STORED if name == stored else ZIP_DEFLATED)
    return made.getvalue()


def docx(**more: bytes) -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"} | more)


def odt() -> bytes:
    return archive({"mimetype": ODT, "content.xml": b"<office/>"}, stored="mimetype")


def wav(seconds: float = 0.1) -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * int(8000 * seconds))
    return made.getvalue()


def webm(codec: bytes = b"A_OPUS") -> bytes:
    """Return the beginning of what a browser records."""
    return b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + b"\x16T\xaek\xae\x86\x86" + codec + bytes(200)


def _element(identity: str, content: bytes) -> bytes:
    return bytes.fromhex(identity) + (1 << 28 | len(content)).to_bytes(4) + content


def recorded(seconds: float = 7) -> bytes:
    """Return a voice message as Chromium and Firefox write it: nothing says its length, a cluster has none either."""
    endless = b"\x01" + b"\xff" * 7
    tracks = _element("1654ae6b", _element("ae", _element("86", b"A_OPUS")))
    head = _element("1a45dfa3", _element("4282", b"webm"))
    made = head + bytes.fromhex("18538067") + endless + _element("1549a966", _element("2ad7b1", (10**6).to_bytes(3)))
    made += tracks
    for at in range(0, round(seconds * 1000) + 1, 500):
        made += bytes.fromhex("1f43b675") + endless + _element("e7", at.to_bytes(4))
        made += _element("a3", b"\x81\0\0\x80" + bytes(9))
    return made


def ogg(seconds: float) -> bytes:
    """Return OGG with Opus; 312 of its samples come before the sound."""
    first = b"OggS\0\x02" + bytes(21) + b"\x13OpusHead\x01\x01" + (312).to_bytes(2, "little") + bytes(7)
    return first + b"OggS\0\4" + (312 + round(seconds * 48_000)).to_bytes(8, "little") + bytes(60)


def _box(kind: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4) + kind + content


def m4a(seconds: int, *, is_in_parts: bool = False) -> bytes:
    """Return MP4 with a track of sound, whole as phones write it or in parts as Safari records it."""
    said = (0 if is_in_parts else seconds * 1000).to_bytes(4)
    clock = bytes(12) + (1000).to_bytes(4)
    track = _box(b"mdia", _box(b"mdhd", clock + bytes(8)) + _box(b"hdlr", bytes(8) + b"soun" + bytes(13)))
    made = _box(b"ftyp", b"M4A \0\0\0\0") + _box(b"moov", _box(b"mvhd", clock + said) + _box(b"trak", track))
    for _second in range(seconds if is_in_parts else 0):
        usual = _box(b"tfhd", b"\0\0\0\x08" + bytes(4) + (250).to_bytes(4))
        given = _box(b"trun", b"\0\0\3\1" + (2).to_bytes(4) + bytes(4) + ((250).to_bytes(4) + bytes(4)) * 2)
        made += _box(b"moof", _box(b"traf", usual + _box(b"trun", b"\0\0\0\0" + (2).to_bytes(4)) + given))
    return made
