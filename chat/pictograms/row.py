"""The row of pictograms that somebody has chosen: it lives in the form alone, nothing of it is kept."""

from dataclasses import dataclass

from django.http import QueryDict

from chat.pictograms.shown import PICTOGRAMS, Pictogram

MOST = 20  # in one message
BETWEEN = " · "


@dataclass(frozen=True)
class Row:
    """Codes in the order in which they were pressed; `is_full` where one was pressed that has no room."""

    codes: list[str]
    is_full: bool = False

    @property
    def pictograms(self) -> list[tuple[str, Pictogram]]:
        return [(code, PICTOGRAMS[code]) for code in self.codes]

    def in_words(self) -> str:
        """Return what is sent: each character with its word in the language of the page."""
        return BETWEEN.join(f"{PICTOGRAMS[code].emoji} {PICTOGRAMS[code].word}" for code in self.codes)


def chosen_in(sent: QueryDict) -> Row:
    """Return the row of a form; what is no pictogram is left out."""
    return Row([code for code in sent.getlist("chosen") if code in PICTOGRAMS][:MOST])


def after_press(sent: QueryDict) -> Row:
    """Return the row after the one press that brought the form: one more, one less, or none."""
    codes = chosen_in(sent).codes
    if "clear" in sent:
        return Row([])
    if sent.get("remove", "") in map(str, range(len(codes))):
        at = int(sent["remove"])
        return Row(codes[:at] + codes[at + 1 :])
    if sent.get("add", "") not in PICTOGRAMS:
        return Row(codes)
    return Row(codes, is_full=True) if len(codes) >= MOST else Row([*codes, sent["add"]])
