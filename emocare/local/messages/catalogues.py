"""Read, merge, write and compile the catalogues under locale/."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

# Babel is imported where it is used: a start that finds every catalogue compiled does not need it.
if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).resolve().parents[3]
LOCALE = ROOT / "locale"
LIBRARIES = LOCALE / "libraries"

LANGUAGES = ("kk", "ru", "en")
LIBRARY_LANGUAGES = ("kk", "ru")  # libraries are written in English

# Django keeps catalogues of different plural forms apart, so ours need not repeat its four Russian forms, of which
# whole numbers never use the fourth.
PLURAL_FORMS = {
    "kk": "nplurals=2; plural=(n!=1);",
    "ru": ("nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"),
    "en": "nplurals=2; plural=(n != 1);",
}
COMMENTS = {
    "kk": "Emocare in Kazakh.",
    "ru": "Emocare in Russian.",
    "en": "The strings in the code are English already: fill an entry in only to word it differently from the code.",
    "libraries": "What Django and the other libraries leave untranslated or translate badly.",
}
HEADER = """\
# {comment}
msgid ""
msgstr ""
"Project-Id-Version: Emocare\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def own_path(language: str, locale: Path = LOCALE) -> Path:
    """Return the catalogue of the project's own strings."""
    return locale / language / "LC_MESSAGES" / "django.po"


def library_path(language: str, domain: str = "django", locale: Path = LIBRARIES) -> Path:
    """Return the catalogue of the libraries' strings; the domain is django or djangojs."""
    return locale / language / "LC_MESSAGES" / f"{domain}.po"


def header(language: str, comment: str) -> str:
    """Return the first entry of a catalogue: no dates and no tool's name, so it never changes by itself."""
    return HEADER.format(comment=comment, language=language, plural_forms=PLURAL_FORMS[language])


def read(path: Path, language: str) -> "Catalog":
    """Read a catalogue; a missing file is an empty one."""
    return _parse(path.read_bytes()) if path.exists() else empty(language)


def empty(language: str) -> "Catalog":
    """Return a catalogue without messages, with the plural forms of its language."""
    return _parse(header(language, "").encode())


def _parse(content: bytes) -> "Catalog":
    from babel.messages.pofile import read_po

    return read_po(BytesIO(content), ignore_obsolete=True, abort_invalid=True)


def entries(catalogue: "Catalog") -> list["Message"]:
    """Return the messages without the header."""
    return [message for message in catalogue if message.id]


def key(message: "Message") -> tuple[str, str]:
    """Return what gettext looks a message up by: context and singular."""
    return message.context or "", message.id[0] if message.pluralizable else message.id


def texts(message: "Message") -> list[str]:
    """Return the translation's forms, one for a message without plural."""
    return list(message.string) if message.pluralizable else [message.string or ""]


def is_translated(message: "Message") -> bool:
    """Tell whether every form is filled in and nobody marked it as doubtful."""
    return not message.fuzzy and all(texts(message))


def untranslated(catalogue: "Catalog") -> list["Message"]:
    """Return the messages that still need a translator."""
    return [message for message in entries(catalogue) if not is_translated(message)]


def merged(found: Iterable["Message"], old: "Catalog", language: str) -> "Catalog":
    """Return a catalogue of the found messages with the old translations, guessing nothing for the rest."""
    new = empty(language)
    for message in sorted(found, key=_order):
        known = old.get(message.id[0] if message.pluralizable else message.id, message.context)
        # A message that gained or lost its plural is another sentence now.
        keeps = known is not None and known.pluralizable == message.pluralizable
        new.add(
            message.id,
            known.string if keeps else ("",) * new.num_plurals if message.pluralizable else "",
            locations=[(name, None) for name in _files(message)],
            flags=known.flags if keeps else (),
            auto_comments=message.auto_comments,
            user_comments=known.user_comments if keeps else (),
            context=message.context,
        )
    return new


def rendered(catalogue: "Catalog", language: str, comment: str) -> bytes:
    """Return the text of a catalogue's file."""
    from babel.messages.pofile import write_po

    body = BytesIO()
    write_po(body, catalogue, width=100, omit_header=True, include_lineno=False, ignore_obsolete=True)
    return (header(language, comment).encode() + body.getvalue()).rstrip() + b"\n"


def write(path: Path, content: bytes) -> bool:
    """Write a file unless it says the same already; tell whether it changed."""
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def compile_all(locale: Path = LOCALE) -> list[Path]:
    """Compile each catalogue that changed since it was compiled; return the files written."""
    return [_compile(source) for source in sorted(locale.rglob("*.po")) if _is_stale(source)]


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns <= source.stat().st_mtime_ns


def _compile(source: Path) -> Path:
    from babel.messages.mofile import write_mo

    catalogue = read(source, source.parent.parent.name)
    # An entry without its translation would hide the library's own translation of the same words.
    for message in untranslated(catalogue):
        catalogue.delete(message.id, message.context)
    target = source.with_suffix(".mo")
    # A server that starts meanwhile must never read half a file.
    with NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".mo", delete=False) as temporary:
        write_mo(temporary, catalogue)
    written = Path(temporary.name)
    written.chmod(0o644)
    return written.replace(target)


def _files(message: "Message") -> list[str]:
    return sorted({name for name, _ in message.locations})


def _order(message: "Message") -> tuple[str, str, str]:
    # By file, so that a translator sees a page's words together; then by text, so that moving a line moves nothing.
    return (_files(message) or [""])[0], *reversed(key(message))
