"""Signs of danger, and of none, in a text: what the rules found, seen together with what stands around it."""

from bisect import bisect_right
from dataclasses import dataclass, replace

from emergency.risk.folding import Folded, fold
from emergency.risk.levels import Kind, Level
from emergency.risk.rules import Found, find

# What is near takes which dangers back: the first word of a rule, or the rule itself.
_OVERLAPPING = {"not.idiom", "not.denied", "not.place", "not.object"}
_IN_SENTENCE = {
    "not.cutting": {"self-harm", "suicide.means", "suicide.done", "child", "abuse.act", "someone-else"},
    "not.medicine": {"suicide.done", "suicide.means", "someone-else.now"},
    "about.story": {"threat", "abuse", "child", "someone-else", "suicide"},
    "about.game": {"threat", "abuse", "child", "suicide.will", "suicide.means", "suicide.done", "suicide.word"},
    "about.machine": {"threat.will", "threat.now"},
    "about.animal": {"threat", "self-harm", "suicide.word"},
    "about.grief": {"suicide.farewell"},
    "about.question": {
        "suicide.clear",
        "someone-else",
        "child",
        "abuse",
        "suicide.word",
        "suicide.tired",
        "self-harm.act",
    },
    "about.joke": {"threat", "abuse.fear", "suicide.farewell", "suicide.means", "suicide.word"},
}
_PAST = {"suicide", "self-harm", "abuse"}


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that speak for danger (weight above 0), or against it (below); text[start:end] of the original.

    `rule` is the group of the lexicon with its language: `suicide.wish.kk`. A danger taken back by what stands near it
    keeps its level, weighs nothing, and says in `cancelled_by` what took it back. Where one is
    `sure`, and nothing speaks against it, less must speak for a danger.
    """

    level: Level
    kind: Kind
    start: int
    end: int
    rule: str
    weight: float
    sure: bool = False
    cancelled_by: str = ""

    @property
    def group(self) -> str:
        """Return the rule without its language: `suicide.wish`."""
        return self.rule.rpartition(".")[0]


def read(text: str | Folded) -> list[Sign]:
    """Return the signs in the text, in its order."""
    folded = fold(text) if isinstance(text, str) else text
    signs = sorted({_sign(found) for found in find(folded)}, key=lambda sign: (sign.start, sign.end, sign.rule))
    if not any(sign.weight > 0 and sign.level for sign in signs):
        return signs
    starts = [start for start, _end in folded.sentences]
    return _raised(_taken_back(signs, starts))


def _sign(found: Found) -> Sign:
    entry = found.entry
    first = entry.name.partition(".")[0]
    level = Level.named(entry.level)
    weight = -1.0 if first in ("not", "about") else float(level) or 0.5
    kind = Kind(first) if level else Kind.NONE
    return Sign(level, kind, found.start, found.end, f"{entry.name}.{entry.language}", weight, entry.sure)


def _taken_back(signs: list[Sign], starts: list[int]) -> list[Sign]:
    """Take back the dangers that the words around them explain."""
    against = [sign for sign in signs if sign.weight < 0]
    by_sentence: dict[int, list[Sign]] = {}
    for sign in against:
        for sentence in range(bisect_right(starts, sign.start), bisect_right(starts, sign.end - 1) + 1):
            by_sentence.setdefault(sentence, []).append(sign)
    again = any(sign.group == "now.again" for sign in signs)
    past = "" if again else next((sign.rule for sign in against if sign.group == "about.past"), "")
    out = []
    for sign in signs:
        if sign.weight > 0 and sign.level:
            near = by_sentence.get(bisect_right(starts, sign.start), ())
            by = next((other.rule for other in near if _takes_back(other, sign)), "")
            by = by or (past if _is_of(sign, _PAST) else "")
            if by:
                sign = replace(sign, weight=0.0, cancelled_by=by)
        out.append(sign)
    return out


def _takes_back(other: Sign, sign: Sign) -> bool:
    if other.group in _OVERLAPPING:
        return other.start < sign.end and sign.start < other.end
    return _is_of(sign, _IN_SENTENCE.get(other.group, ()))


def _is_of(sign: Sign, groups: set[str] | tuple) -> bool:
    return sign.group in groups or sign.group.partition(".")[0] in groups


def _raised(signs: list[Sign]) -> list[Sign]:
    """Raise a wish to what is about to happen, where a time and a decision or farewell are said with it."""
    said = {sign.group for sign in signs if sign.weight > 0}
    if "now.age" in said:
        signs = [replace(sign, kind=Kind.CHILD) if sign.kind == Kind.ABUSE else sign for sign in signs]
    if not ("now.time" in said and said & {"now.decided", "now.farewell", "suicide.farewell", "suicide.means"}):
        return signs
    return [
        replace(sign, level=Level.IMMINENT, weight=float(Level.IMMINENT))
        if sign.weight > 0
        and sign.level == Level.HIGH
        and sign.group in ("suicide.clear", "suicide.wish", "threat.will")
        else sign
        for sign in signs
    ]
