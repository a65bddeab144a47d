"""The sentences that the model is trained on, and those that are held out of it."""

import json
from dataclasses import dataclass
from pathlib import Path

from emergency.risk.levels import Kind, Level

FOLDER = Path(__file__).parent
LANGUAGES = ("kk", "ru", "en")  # one file each; a mixture is in the file of the one who writes it
PLAIN = FOLDER / "plain.jsonl"  # what Emocare's own pages and everyday messages say, far from any danger
REVIEWED = FOLDER / "reviewed.jsonl"  # people's own words, of `manage.py export_judgements`; never in the repository
HELD_OUT = FOLDER / "held_out.jsonl"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence or a few, and what the check should say of it. Near misses of each other share a `pair`."""

    text: str
    language: str
    level: Level
    kind: Kind
    topic: str
    pair: str | None

    @property
    def at_risk(self) -> bool:
        return self.level > Level.NONE


def read(path: Path) -> list[Example]:
    """Return the examples of a file, one a line; raise ValueError with the number of a line that is wrong."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            found.append(_example(json.loads(line), path.stem))
        except (KeyError, ValueError) as error:
            raise ValueError(f"{path.name}:{number}: {error!r}") from error
    return found


def _example(fields: dict[str, str], language: str) -> Example:
    level, kind = Level.named(fields["level"]), Kind(fields["kind"])
    if (level is Level.NONE) != (kind is Kind.NONE):
        raise ValueError("only a sentence of no risk has no kind")
    if not fields["text"].strip():
        raise ValueError("no text")
    spoken = fields.get("file") or language
    return Example(fields["text"], spoken, level, kind, fields["topic"], fields.get("pair"))


def files() -> list[Path]:
    """Return the files of the training set; sentences that were reviewed only where an operator put them."""
    own = [FOLDER / f"{language}.jsonl" for language in LANGUAGES]
    return [*own, REVIEWED] if REVIEWED.exists() else own


def training_set() -> list[Example]:
    """Return all examples of the three languages, in the order of the files."""
    return [example for path in files() for example in read(path)]


def held_out() -> list[Example]:
    """Return the examples of topics that the model is never trained on."""
    return read(HELD_OUT)


def plain(*, measured: bool) -> list[tuple[str, str]]:
    """Return language and text of the plain sentences: every fourth is measured with, the others are learned from."""
    lines = [json.loads(line) for line in PLAIN.read_text(encoding="utf-8").splitlines()]
    return [(line["language"], line["text"]) for place, line in enumerate(lines) if (place % 4 == 3) is measured]


def groups(examples: list[Example]) -> list[int]:
    """Return a number for each example, the same for those of one pair or one topic of a language."""
    leader = list(range(len(examples)))

    def first(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    seen: dict[tuple[str, ...], int] = {}
    for place, example in enumerate(examples):
        keys = [("topic", example.language, example.topic)]
        keys += [("pair", example.pair)] if example.pair else []
        for key in keys:
            other = seen.setdefault(key, place)
            leader[first(place)] = first(other)
    return [first(place) for place in range(len(examples))]
