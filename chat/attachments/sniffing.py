"""What a file is, by its content alone; what its name says has to agree with it."""

import io
import re
import zlib
from dataclasses import dataclass
from zipfile import ZIP_STORED, BadZipFile, ZipFile

HEAD = 8 * 1024  # bytes in which the head of a sound file says what is in it
MOST_PARTS = 2000  # of a document
MOST_UNFOLDED = 200 * 1024 * 1024  # bytes to which a document may unfold on the computer of whoever opens it
ODT = "application/vnd.oasis.opendocument.text"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Parts of documents that run by themselves, or are other files.
ACTIVE = ("basic/", "scripts/", "object ", "word/vbaproject.bin", "word/activex/", "word/embeddings/")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")  # which no text holds


@dataclass(frozen=True)
class Type:
    """What a file can be; `endings` are those that its name may have, the first is the one it gets without any."""

    content_type: str
    endings: tuple[str, ...]
    is_active: bool = False  # it holds something that runs by itself


PICTURE = Type("image/webp", ("jpg", "jpeg", "jpe", "jfif", "png", "webp"))
PDF = Type("application/pdf", ("pdf",))
TEXT = Type("text/plain", ("txt", "text", "log", "md", "csv"))
OGG = Type("audio/ogg", ("ogg", "oga", "opus"))
WEBM = Type("audio/webm", ("weba", "webm"))
M4A = Type("audio/mp4", ("m4a", "mp4", "m4b"))
MP3 = Type("audio/mpeg", ("mp3",))
WAV = Type("audio/wav", ("wav",))
FLAC = Type("audio/flac", ("flac",))
VOICES = (WEBM, OGG, M4A)  # that browsers record


def type_of(content: bytes) -> Type | None:
    """Return what the bytes are; nothing when they are not of a kind that can be sent."""
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or _is_riff(content, b"WEBP"):
        return PICTURE
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return _document(content)
    return _sound(content) or (TEXT if _is_text(content) else None)


def _is_riff(content: bytes, kind: bytes) -> bool:
    return content.startswith(b"RIFF") and content[8:12] == kind


def _sound(content: bytes) -> Type | None:
    head = content[:HEAD]
    if head.startswith(b"OggS"):
        return OGG if any(mark in head[:256] for mark in (b"OpusHead", b"\x01vorbis", b"\x7fFLAC")) else None
    if head.startswith(b"\x1aE\xdf\xa3"):
        sounds = b"webm" in head[:64] and (b"A_OPUS" in head or b"A_VORBIS" in head)
        return WEBM if sounds and b"V_VP" not in head and b"V_AV1" not in head else None
    if head[4:8] == b"ftyp":
        return M4A if _tracks(content) == {b"soun"} else None
    if head.startswith(b"ID3") or _is_mpeg_frame(head):
        return MP3
    if head.startswith(b"fLaC"):
        return FLAC
    return WAV if _is_riff(head, b"WAVE") else None


def _tracks(content: bytes) -> set[bytes]:
    """Return which kinds of tracks an MP4 file has."""
    found, mark = set(), b"hdlr" + bytes(8)
    at = content.find(mark)
    while at >= 0:
        found.add(content[at + 12 : at + 16])
        at = content.find(mark, at + 1)
    return found & {b"soun", b"vide", b"text", b"sbtl"}


def _is_mpeg_frame(head: bytes) -> bool:
    """Say whether a file begins with a frame of MPEG sound, layer III."""
    return len(head) > 4 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and 0x10 <= head[2] < 0xF0


def _is_text(content: bytes) -> bool:
    """Say whether it is text: UTF-8, UTF-16 with its mark, or the code page of older computers here."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8", "cp1251"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not CONTROLS.search(text)
    return False


def _document(content: bytes) -> Type | None:
    """Return which kind of document a ZIP is; nothing when it is another ZIP, or one that unfolds to too much."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNFOLDED:
                return None
            names = [part.filename.lower() for part in parts]
            first = parts[0] if parts else None
            is_active = any(name.startswith(ACTIVE) for name in names)
            if {"[content_types].xml", "word/document.xml"} <= set(names):
                return Type(DOCX, ("docx",), is_active)
            if first and first.filename == "mimetype" and first.compress_type == ZIP_STORED and first.file_size < 100:
                is_text = archive.read(first) == ODT.encode() and "content.xml" in names
                return Type(ODT, ("odt",), is_active) if is_text else None
    except (BadZipFile, ValueError, RuntimeError, NotImplementedError, OSError, EOFError, zlib.error):
        return None
    return None
