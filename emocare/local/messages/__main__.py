"""Update and compile the catalogues: python -m emocare.local.messages."""

import argparse

from emocare.local.messages import catalogues
from emocare.local.messages.updates import of_libraries, own


def report(*, verbose: bool) -> None:
    """Print how much of each catalogue is translated, and with `verbose` what is not."""
    for path in sorted(catalogues.LOCALE.rglob("*.po")):
        language = path.parent.parent.name
        if language == "en":
            continue
        catalogue = catalogues.read(path, language)
        missing = catalogues.untranslated(catalogue)
        print(f"{path.relative_to(catalogues.ROOT)}: {len(catalogue)} strings, {len(missing)} to translate")
        for message in missing if verbose else ():
            print("   ", " | ".join(catalogues.key(message)[::-1]).strip(" |"))


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m emocare.local.messages", description=__doc__)
    parser.add_argument("--compile", action="store_true", help="only compile what changed")
    parser.add_argument("--missing", action="store_true", help="list the strings that need a translation")
    options = parser.parse_args()
    if not options.compile:
        for path, content in (*own(), *of_libraries()):
            catalogues.write(path, content)
    catalogues.compile_all()
    report(verbose=options.missing)


if __name__ == "__main__":
    main()
