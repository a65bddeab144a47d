"""What results say in plain words: no blame, no diagnosis, and nothing that the numbers do not hold."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tests_app.choices import Kind
from tests_app.questionnaire import Band, Change, Questionnaire


def score(value: int, lowest: int, highest: int) -> str:
    """Say a score and how far its scale reaches."""
    words = {"score": value, "lowest": lowest, "highest": highest}
    if lowest:
        return pgettext("score of a test", "%(score)s on a scale from %(lowest)s to %(highest)s") % words
    return pgettext("score of a test", "%(score)s of %(highest)s") % words


def span(low: int, high: int) -> str:
    """Say from where to where a part of a scale reaches."""
    return str(low) if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


def place(value: int, lowest: int, highest: int, bands: tuple[Band, ...], band: Band | None) -> str:
    """Say where a score lies, as the drawing of the scale shows it."""
    said = [_("The scale goes from %(lowest)s to %(highest)s.") % {"lowest": lowest, "highest": highest}]
    words = {"score": value, "count": len(bands)}
    if band:
        words |= {"number": bands.index(band) + 1, "span": span(band.low, band.high), "label": band.label}
        said.append(_("The mark stands at %(score)s, in part %(number)s of %(count)s: %(span)s, “%(label)s”.") % words)
    else:
        said.append(_("The mark stands at %(score)s.") % words)
    return " ".join(said)


def direction(questionnaire: Questionnaire) -> str:
    """Say what a higher number means."""
    if questionnaire.scoring.higher_is == "better":
        return _("A higher number means that things are better.")
    return _("A higher number means that things are harder.")


def nature(questionnaire: Questionnaire) -> str:
    """Say what the result of such an instrument is not."""
    return {
        Kind.SCREENING: _("This is a first look, not a diagnosis. Only a specialist who talks with you can tell more."),
        Kind.SELF_CHECK: _("This is a self-check, not a validated scale and not a diagnosis."),
        Kind.PROFILE: _("This describes what is hard and what is not. It is no score and no diagnosis."),
    }.get(questionnaire.kind, "")


def left_out(count: int, scored: bool) -> str:
    """Say what follows for the score from questions without an answer."""
    if scored:
        return ngettext(
            "%(count)s question has no answer. For the score it counts as the average of the others.",
            "%(count)s questions have no answer. For the score each counts as the average of the others.",
            count,
        ) % {"count": count}
    return ngettext(
        "%(count)s question has no answer, so there is no score. That is all right.",
        "%(count)s questions have no answer, so there is no score. That is all right.",
        count,
    ) % {"count": count}


def compared(difference: int, higher_is: str) -> str:
    """Compare a score to the one before; `difference` is last minus before."""
    if not difference:
        return _("Your last score is the same as the one before.")
    count = abs(difference)
    if difference > 0:
        first = ngettext(
            "Your last score is %(count)s point higher than the one before.",
            "Your last score is %(count)s points higher than the one before.",
            count,
        )
    else:
        first = ngettext(
            "Your last score is %(count)s point lower than the one before.",
            "Your last score is %(count)s points lower than the one before.",
            count,
        )
    better = _is_better(difference, higher_is)
    second = _("By the scale things are better.") if better else _("By the scale things are harder.")
    return f"{first % {'count': count}} {second}"


def change(difference: int, higher_is: str) -> str:
    """Say in few words what `compared` says in sentences, to whoever reads about somebody else."""
    if not difference:
        return _("the same as before")
    count = abs(difference)
    if difference > 0:
        points = ngettext("%(count)s point higher", "%(count)s points higher", count) % {"count": count}
    else:
        points = ngettext("%(count)s point lower", "%(count)s points lower", count) % {"count": count}
    words, better = {"change": points}, _is_better(difference, higher_is)
    return _("%(change)s: better than before") % words if better else _("%(change)s: harder than before") % words


def _is_better(difference: int, higher_is: str) -> bool:
    return (difference > 0) == (higher_is == "better")


def matters(difference: int, change: Change | None) -> str:
    """Say whether studies call a difference of two scores a change that matters; nothing where they are the same."""
    if not difference:
        return ""
    if change is None:
        return _("For this test no study says from how many points on a difference matters.")
    enough = ngettext(
        "In studies a difference of %(count)s point or more counts as a change that matters.",
        "In studies a difference of %(count)s points or more counts as a change that matters.",
        change.points,
    )
    too_little = ngettext(
        "In studies only a difference of %(count)s point or more counts as a change that matters. Less can be chance.",
        "In studies only a difference of %(count)s points or more counts as a change that matters. Less can be chance.",
        change.points,
    )
    return (enough if abs(difference) >= change.points else too_little) % {"count": change.points}
