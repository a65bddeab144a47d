"""Find the strings that the installed libraries ship, and those they leave untranslated."""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo

from emocare.local.messages.catalogues import entries, is_translated, key
from emocare.local.messages.extraction import extract_all, walk

DOMAINS = ("django", "djangojs")

# What a package holds that nobody meets here. The folders of an app that gets installed must leave this list.
PACKAGES: dict[str, tuple[str, ...]] = {
    "django": (
        "conf/app_template",
        "conf/project_template",
        "contrib/admindocs",
        "contrib/flatpages",
        "contrib/gis",
        "contrib/humanize",
        "contrib/redirects",
        "contrib/sitemaps",
        "contrib/sites",
        "contrib/syndication",
        "test",
    ),
    "allauth": (
        "headless",
        "idp",
        "mfa",
        "socialaccount",
        "templates/idp",
        "templates/mfa",
        "templates/openid",
        "templates/socialaccount",
        "templates/usersessions",
        "usersessions",
    ),
    "axes": (),
    "django_otp": ("plugins/otp_hotp",),
    # Its errors go to our own scripts, which have words of their own; its models have no pages.
    "django_otp_webauthn": ("admin.py", "apps.py", "exceptions.py", "models.py", "templates", "views.py"),
}
# Where a package keeps scripts with strings; the vendored ones among them have none.
SCRIPTS: dict[str, str] = {"django": "contrib/admin/static/admin/js"}
SKIPPED_SCRIPTS = {"vendor"}


def package_folder(name: str) -> Path:
    """Return the folder that a package is installed in."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{name} is not installed")
    return Path(spec.origin).parent


@cache
def shipped(domain: str = "django") -> Catalog:
    """Return every string that the installed libraries can show, as a template catalogue."""
    found = Catalog()
    for name, unused in PACKAGES.items():
        folder = package_folder(name)
        if domain == "djangojs":
            paths = _scripts(folder / SCRIPTS[name]) if name in SCRIPTS else ()
        else:
            left_out = {folder / path for path in unused}
            paths = walk(folder, skipped=left_out.__contains__)
        for message in entries(extract_all(paths, base=folder.parent)):
            found.add(message.id, None, message.locations, auto_comments=message.auto_comments, context=message.context)
    return found


def translated_by_libraries(language: str, domain: str = "django") -> set[tuple[str, str]]:
    """Return the keys of what the libraries' own compiled catalogues translate."""
    known: set[tuple[str, str]] = set()
    for name in PACKAGES:
        for path in package_folder(name).rglob(f"locale/{language}/LC_MESSAGES/{domain}.mo"):
            with path.open("rb") as compiled:
                known |= {_compiled_key(message) for message in entries(read_mo(compiled)) if is_translated(message)}
    return known


def wanted(ours: Catalog, language: str, domain: str = "django") -> list[Message]:
    """Return what our catalogue of the libraries' strings must hold: what they lack, and what we worded better."""
    theirs = translated_by_libraries(language, domain)
    corrected = {key(message) for message in entries(ours)}
    return [m for m in entries(shipped(domain)) if key(m) not in theirs or key(m) in corrected]


def _compiled_key(message: Message) -> tuple[str, str]:
    # Babel leaves the context of a compiled message undecoded.
    context, text = key(message)
    return (context.decode() if isinstance(context, bytes) else context), text


def _scripts(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*.js")):
        if not SKIPPED_SCRIPTS.intersection(path.relative_to(folder).parts):
            yield path
