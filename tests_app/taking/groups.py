"""The list of tests in parts, by what they are about."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tests_app.choices import Kind
from tests_app.taking.access import Offer

GROUPS: list[tuple[Promise, set[str]]] = [
    (_("Low mood and anxiety"), {"phq9", "phq8", "phq2", "phq4", "gad7", "gad2"}),
    (_("Well-being and closeness"), {"who5", "loneliness"}),
    (_("After something terrible happened"), {"pcptsd5"}),
    (_("For those who care for somebody"), {"carer-load"}),
    (_("School and exams"), {"exam-stress"}),
    (_("Alcohol"), {"auditc"}),
    (_("Everyday life"), {"wgss"}),
]
OTHERS = {
    Kind.SCREENING: _("More questionnaires"),
    Kind.SELF_CHECK: _("More self-checks"),
    Kind.PROFILE: _("Everyday life"),
}


def grouped(offers: list[Offer]) -> list[tuple[Promise, list[Offer]]]:
    """Return the parts that have tests, in a fixed order; what no part names stands with its kind, after them."""
    found: dict[str, tuple[Promise, list[Offer]]] = {}
    for offer in sorted(offers, key=_place):
        words = _words(offer)
        found.setdefault(str(words), (words, []))[1].append(offer)
    return list(found.values())


def _number(offer: Offer) -> int | None:
    return next((n for n, (_words, keys) in enumerate(GROUPS) if offer.questionnaire.key in keys), None)


def _place(offer: Offer) -> int:
    number = _number(offer)
    return len(GROUPS) + list(OTHERS).index(offer.questionnaire.kind) if number is None else number


def _words(offer: Offer) -> Promise:
    number = _number(offer)
    return OTHERS[offer.questionnaire.kind] if number is None else GROUPS[number][0]
