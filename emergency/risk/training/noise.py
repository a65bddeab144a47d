"""Writes a sentence as hurried fingers would, so that the model learns not to lean on spelling."""

import random
import re

_CYRILLIC = "абвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщыіэюяәъь"
_AS_LATIN = "a b v g g d e e zh z i i k q l m n n o o p r s t u u u f h h ts ch sh sh y i e yu ya a  "
_LATIN = dict(zip(_CYRILLIC, re.split(" ", _AS_LATIN), strict=True))
_OTHER_LATIN = {"ж": "j", "ш": "w", "ч": "4", "й": "y", "х": "kh", "я": "ia", "ғ": "gh", "ң": "ng", "қ": "k"}
_NEAR = {"е": "и", "и": "е", "о": "а", "а": "о", "т": "д", "д": "т", "с": "з", "e": "a", "i": "e", "o": "u", "s": "z"}
_EMOJI = ["🙂", "😔", "💔", "🙏", "😢", "❤️", "😅", "🥺"]
COPIES = 2


def copies(text: str, seed: int) -> list[str]:
    """Return noisy copies of a text, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 spelling mistakes keep no secret
    return [noisy(text, chance) for _copy in range(COPIES)]


def noisy(text: str, chance: random.Random) -> str:
    """Return a text with some slips of the keys."""
    words = text.split(" ")
    for _slip in range(1 + len(words) // 8):
        if chance.random() < 0.6:
            place = chance.randrange(len(words))
            words[place] = _slipped(words[place], chance)
    if len(words) > 6 and chance.random() < 0.3:
        del words[chance.randrange(len(words))]
    if len(words) > 1 and chance.random() < 0.15:
        place = chance.randrange(len(words) - 1)
        words[place : place + 2] = ["".join(words[place : place + 2])]
    written = " ".join(words)
    if chance.random() < 0.3:
        written = re.sub(r"[^\w\s]", "", written)
    if chance.random() < 0.15:
        written = _in_latin(written, chance)
    if chance.random() < 0.08:
        written += f" {chance.choice(_EMOJI)}"
    return written if written.strip() else text


def _slipped(word: str, chance: random.Random) -> str:
    if len(word) < 4:
        return word
    place = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    doubled, swapped = letter + letter + after, after[:1] + letter + after[1:]
    return before + chance.choice([after, doubled, swapped, _NEAR.get(letter, letter) + after])


def _in_latin(text: str, chance: random.Random) -> str:
    letters = _LATIN | (_OTHER_LATIN if chance.random() < 0.4 else {})
    return "".join(letters.get(letter, letter) for letter in text.lower())
