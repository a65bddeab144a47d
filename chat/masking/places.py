"""Addresses of houses, e-mail addresses, and names in other services; each pattern is bounded, so time is linear."""

import re
from collections.abc import Iterator

from chat.masking.kinds import Hidden, Span

ENDING = r"(?:ru|kz|com|net|org|me|su|by|kg|uz|info|io)"
EMAIL = re.compile(
    r"(?<![\w.%+-])[\w.%+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[^\W\d_]{2,24}\b"
    rf"|(?<![\w.%+-])[\w.%+-]{{1,64}}\s?(?:\(at\)|\[at\]|\(@\)|\(собака\)|\sсобака\s)\s?[\w-]{{1,63}}\.{ENDING}\b",
    re.IGNORECASE,
)
SERVICES = r"(?:t\.me|telegram\.me|wa\.me|(?:api\.)?whatsapp\.com|instagram\.com|vk\.com|ok\.ru|facebook\.com|fb\.com"
SERVICES += r"|tiktok\.com|viber\.com|discord\.gg|discord\.com|signal\.me|x\.com|twitter\.com|snapchat\.com)"
NAMED = (
    r"(?:telegram|телеграмм?\w{0,3}|instagram|инстаграмм?\w{0,3}|инст[аеыу]|viber|вайбер\w{0,2}|discord|дискорд\w{0,2}"
)
NAMED += r"|tiktok|тикток\w{0,2}|snapchat|вк|vk)"
MESSENGER = re.compile(
    rf"\b(?:https?://)?(?:www\.)?{SERVICES}/[^\s,;!?()]{{1,100}}"
    r"|\b(?:viber|tg|whatsapp)://[^\s]{1,100}"
    r"|(?<![\w@.%+-])@[A-Za-z][A-Za-z0-9_.]{2,31}\b"
    # A name after the service, where it looks like one: with a digit, a dot inside, or a line.
    rf"|\b{NAMED}\s?[:=\-–—]?\s?(?=[A-Za-z0-9]{{0,31}}[0-9_]|[A-Za-z0-9]{{1,31}}\.[a-z0-9])[A-Za-z][A-Za-z0-9_.]{{2,31}}",
    re.IGNORECASE,
)
HOUSE = r"\d{1,4}(?:[/-]\d{1,3})?(?:\s?[а-яәіңғүұқөһa-z](?!\w))?(?![\d.:]\d|\d)"
# What can be counted in a street, and is no number of a house.
COUNTED = (
    r"(?!\s?(?:%|°|(?:градус|минут|мин\b|час|сағат|адам|человек|людей|people|бала|жыл|жас|лет\b|год|день|дн|күн|рет\b"
)
COUNTED += r"|раз\b|км|метр|тг\b|тенге|теңге|hours?|minutes?|days?|years?|times|degrees|kilom)))"
WORD = r"[\w'’.-]{1,30}"
RU_FULL = r"(?:улиц[аеыуей]{1,2}|проспект[аеу]?|переул(?:ок|ке|ка)|бульвар[аеу]?|микрорайон[аеу]?|шоссе|проезд[аеу]?)"
RU_SHORT = r"(?:ул\.|ул|пр-т|пр-кт|просп\.?|пер\.|б-р|мкр\.?|мкрн\.?|мк-н)"
KK_KIND = r"(?:көшесі\w{0,8}|көш\.|даңғыл(?:ы\w{0,8})?|тұйығы\w{0,6}|бульвары\w{0,6}"
KK_KIND += r"|(?:шағын|ықшам|мөлтек)\s?аудан\w{0,8}|мкр\.?)"
EN_KIND = r"(?:street|st\.?|avenue|ave\.?|road|rd\.?|lane|boulevard|blvd\.?|drive)"
DOOR = r"(?:кв\.?|квартир[аеы]|пәтер\w{0,3}|подъезд|корпус|корп\.|этаж|apt\.?|apartment|flat|unit|офис)"
HOME = r"(?:д\.|дом|доме|house|үй\w{0,4})"
# After the house: its building and flat, before or behind their numbers.
REST = rf"(?:,?\s{{0,2}}(?:{HOME}|{DOOR})\s{{0,2}}№?\s?\d{{1,4}}\w?\b"
REST += r"|(?:,?\s{0,2}\d{1,4})?\s?-?\s?(?:үй|пәтер)\w{0,6}){0,3}"
NUMBER = rf",?\s{{1,2}}(?:{HOME}\s{{0,2}})?№?\s?{HOUSE}"
CAPITAL = r"(?-i:[A-ZА-ЯЁӘІҢҒҮҰҚӨҺ\d])[\w'’.-]{0,30}"
ADDRESS = re.compile(
    rf"\b{RU_FULL}\s+{CAPITAL}(?:\s{WORD}){{0,2}}?{NUMBER}{COUNTED}{REST}"
    rf"|\b{RU_SHORT}\s{{0,2}}(?!\d+\s){WORD}(?:\s{WORD}){{0,2}}?{NUMBER}{COUNTED}{REST}"
    rf"|\b\d{{1,2}}(?:-?й|-?ы?й)?\s?(?:мкр\.?|микрорайон\w?|шағын\s?аудан\w?|ықшам\s?аудан\w?){NUMBER}{COUNTED}{REST}"
    rf"|(?<!\w){WORD}(?:\s{WORD})??\s{KK_KIND}{NUMBER}{COUNTED}{REST}"
    rf"|(?<!\w){CAPITAL}(?:\s{WORD}){{0,2}}?\s{EN_KIND}{NUMBER}{COUNTED}{REST}"
    rf"|(?<![\w.:])\d{{1,4}}[a-z]?\s{CAPITAL}(?:\s{CAPITAL}){{0,2}}\s{EN_KIND}(?!\w){REST}"
    rf"|(?<!\w)(?:{WORD},?\s)?(?:{HOME}\s?)?№?\s?\d{{1,4}}\s?[а-яa-z]?,?\s{{0,2}}{DOOR}\s?№?\s?\d{{1,4}}(?!\d)"
    r"|(?<!\w)\d{1,4}\s?-?\s?үй\w{0,6},?\s{0,2}\d{1,4}\s?-?\s?пәтер\w{0,6}",
    re.IGNORECASE,
)


def emails(text: str) -> Iterator[Span]:
    """Yield the e-mail addresses."""
    return _spans(EMAIL, text, Hidden.EMAIL)


def messengers(text: str) -> Iterator[Span]:
    """Yield names and links of other services."""
    return _spans(MESSENGER, text, Hidden.MESSENGER)


def addresses(text: str) -> Iterator[Span]:
    """Yield addresses of houses."""
    return _spans(ADDRESS, text, Hidden.ADDRESS)


def _spans(pattern: re.Pattern[str], text: str, kind: Hidden) -> Iterator[Span]:
    return (Span(*part.span(), kind) for part in pattern.finditer(text))
