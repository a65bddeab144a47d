"""Bring the catalogues up to date with the sources and with the installed libraries."""

from collections.abc import Iterator
from pathlib import Path

from emocare.local.messages import catalogues, libraries
from emocare.local.messages.extraction import own_strings


def own() -> Iterator[tuple[Path, bytes]]:
    """Yield each of the project's own catalogues as its sources want it."""
    found = catalogues.entries(own_strings())
    for language in catalogues.LANGUAGES:
        path = catalogues.own_path(language)
        new = catalogues.merged(found, catalogues.read(path, language), language)
        yield path, catalogues.rendered(new, language, catalogues.COMMENTS[language])


def of_libraries() -> Iterator[tuple[Path, bytes]]:
    """Yield each catalogue of the libraries' strings as the installed versions want it."""
    for domain in libraries.DOMAINS:
        for language in catalogues.LIBRARY_LANGUAGES:
            path = catalogues.library_path(language, domain)
            old = catalogues.read(path, language)
            wanted = libraries.wanted(old, language, domain)
            if wanted or path.exists():
                new = catalogues.merged(wanted, old, language)
                yield path, catalogues.rendered(new, language, catalogues.COMMENTS["libraries"])
