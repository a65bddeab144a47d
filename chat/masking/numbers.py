"""Which runs of digits are telephone numbers, cards or IINs; and which are dates, times, sums or numbers to call."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from chat.masking.kinds import Hidden, Span
from emergency import helplines

# What people put between digits: spaces and marks, what makes a key of a digit, and what nobody sees.
BETWEEN = r"[ \t\u00a0\u202f\u2009.\-–—_*()/\u2010-\u2012\ufe0f\u20e3\u200b-\u200d\u2060]"
RUN = re.compile(rf"(?<!\d)\+?\d(?:{BETWEEN}{{0,4}}\d){{4,}}")
DIGITS = re.compile(r"\d+")
KEYS = re.compile(r"[\ufe0f\u20e3]{0,2}")  # what makes a picture of a key of the digit before
DAY, MONTH, YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
TIME = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
CURRENCY = r"(?:тг|тнг|тенге|теңге|₸|руб|₽|\$|€|usd|kzt|доллар|евро|euro|tenge|мың|млн|миллион|тыс)"
# Digits that say something else; they stand alone, and not as a part of a longer number.
HARMLESS = re.compile(
    rf"(?<![\d.+-])(?:{DAY}[./-]{MONTH}[./-]{YEAR}|{YEAR}[./-]{MONTH}[./-]{DAY})(?![./-]?\d)"
    rf"|(?<![\d.+-])(?<!\d[ )]){DAY}[./-]{MONTH}[./-]\d\d(?![./-]?\d)"
    rf"|(?<![\d.+])(?<!\d[ )-]){TIME}(?:[ ]?[-–—][ ]?{TIME})?(?![.:-]?\d)"
    rf"|(?<![\d.+])\d{{1,3}}(?:[ \u00a0.,]\d{{3}}){{1,5}}[ \u00a0]?{CURRENCY}",
    re.IGNORECASE,
)
CALLED = re.compile(
    r"(?:тел(?:ефон\w{0,5})?\b|моб\w{0,7}|сотов\w{0,4}|звон\w{0,6}|набер\w{0,4}|мой номер|номерім\w{0,4}|нөмірім\w{0,4}"
    r"|қоңырау\w{0,6}|хабарлас\w{0,8}|ұялы\w{0,4}|wh?ats?app|ватсап\w{0,3}|вотсап\w{0,3}|phone|mobile|\bcall|my number)"
    r"[^\d\n]{0,14}$",
    re.IGNORECASE,
)
BEFORE = 40  # characters in which a word says that a number is to be called
NATIONAL, LONG_DISTANCE, IIN = 10, 11, 12  # digits
CARDS = (15, 16, 19)  # digits
LONGEST = max(CARDS)
LENGTHS = {5, 6, 7, NATIONAL, LONG_DISTANCE, IIN, 13, *CARDS}
PREFIX_OF_CARD = re.compile(r"[3-6]|2[2-7]")
LOCAL = re.compile(r"\d{3}-\d\d-\d\d|\d\d-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class _Group:
    start: int
    end: int
    digits: str


def found(text: str) -> Iterator[Span]:
    """Yield the numbers that lead to a person, in their order."""
    walled = HARMLESS.sub(lambda part: "\n" * len(part[0]), text)
    for run in RUN.finditer(walled):
        groups = [_Group(g.start(), g.end(), _plain(g[0])) for g in DIGITS.finditer(walled, *run.span())]
        yield from _in_run(walled, groups)


def _plain(digits: str) -> str:
    """Return digits of any script as those of ours."""
    return "".join(str(int(digit)) for digit in digits)


def _in_run(text: str, groups: Sequence[_Group]) -> Iterator[Span]:
    first = 0
    while first < len(groups):
        plus = text[groups[first].start - 1 : groups[first].start] == "+"
        match: tuple[int, Hidden | None] | None = None
        digits, last = "", first
        while last < len(groups) and len(digits) + len(groups[last].digits) <= LONGEST:
            digits += groups[last].digits
            last += 1
            if _is_to_call(digits):
                match = last, None
            elif (plus or len(digits) in LENGTHS) and (kind := _kind(text, groups[first:last], digits, plus=plus)):
                match = last, kind
        if match is None:
            first += 1
            continue
        end = groups[match[0] - 1].end
        if match[1]:
            yield Span(groups[first].start - plus, KEYS.match(text, end).end(), match[1])
        first = match[0]


def _kind(text: str, groups: Sequence[_Group], digits: str, *, plus: bool) -> Hidden | None:
    """Say what the digits of some groups are; nothing when they are what everybody may read."""
    if len(digits) in CARDS and PREFIX_OF_CARD.match(digits) and _is_luhn(digits):
        kind = Hidden.CARD
    elif len(digits) == IIN and len(groups) <= 2 and _is_iin(digits):
        kind = Hidden.IIN
    elif _is_phone(text, groups, digits, plus=plus):
        kind = Hidden.PHONE
    else:
        return None
    return None if _counts(groups) else kind


def _is_phone(text: str, groups: Sequence[_Group], digits: str, *, plus: bool) -> bool:
    length = len(digits)
    if plus:
        return length == LONG_DISTANCE if digits[0] == "7" else 8 <= length <= 15
    if length == LONG_DISTANCE and digits[0] in "78":
        return digits[1] in "34789"
    if length == NATIONAL and digits[0] == "7":
        sizes = [len(group.digits) for group in groups]
        return sizes[0] >= 3 or max(sizes) <= 2
    if length == NATIONAL:
        return digits.startswith("0")
    if length == 12 and len(groups) != 2:
        return digits.startswith(("996", "998", "375", "380"))
    if digits.startswith("007"):
        return length == LONG_DISTANCE + 2
    whole = text[groups[0].start : groups[-1].end]
    if LOCAL.fullmatch(whole):
        return True
    short, _long = _helplines()
    joined = "." not in whole and len(groups) <= 3 and not any(group.digits in short for group in groups)
    return 5 <= length <= 7 and joined and bool(CALLED.search(text[max(0, groups[0].start - BEFORE) : groups[0].start]))


def _counts(groups: Sequence[_Group]) -> bool:
    """Say whether somebody counts: 8 9 10 11."""
    numbers = [int(group.digits) for group in groups]
    steps = {after - before for before, after in pairwise(numbers)}
    return len(numbers) > 3 and steps in ({1}, {-1})


def _is_to_call(digits: str) -> bool:
    """Say whether these are a number that everybody may call."""
    _short, long = _helplines()
    return digits[-NATIONAL:] in long


@lru_cache(maxsize=1)
def _helplines() -> tuple[frozenset[str], frozenset[str]]:
    """Return the short numbers of help, and the last digits of the long ones."""
    known = {"".join(DIGITS.findall(number)) for number in helplines.numbers()}
    short = {"112", "111", "150", "101", "102", "103", "104"} | {number for number in known if len(number) < 5}
    return frozenset(short), frozenset(number[-NATIONAL:] for number in known if len(number) >= NATIONAL)


def _is_luhn(digits: str) -> bool:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def _is_iin(digits: str) -> bool:
    """Say whether twelve digits are a number of a person: a birthday, a century, and the digit that checks them."""
    month, day, century = int(digits[2:4]), int(digits[4:6]), int(digits[6])
    if len(digits) != 12 or not 1 <= month <= 12 or not 1 <= day <= 31 or century > 6:
        return False
    for weights in ((*range(1, 12),), (*range(3, 12), 1, 2)):
        check = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False)) % 11
        if check < 10:
            return check == int(digits[11])
    return False
