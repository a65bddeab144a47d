"""A certificate as a PDF file: one A4 page across, in the active language."""

from itertools import groupby
from pathlib import Path

import segno
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from accounts import letters
from accounts.models import Certificate
from accounts.training import course as courses
from emocare.dates import written
from emocare.printing import ready, typeset

TEMPLATE = Path(__file__).parent / "sheet" / "certificate.typ"  # alone in its folder: it reads nothing else


def certificate(certificate: Certificate) -> bytes:
    """Return the PDF file of a certificate in the active language."""
    address = letters.link(reverse("certificate", kwargs={"code": certificate.written_code}))
    data = {
        "title": _("Certificate of a volunteer"),
        "publisher": "Emocare",
        "given": pgettext("a certificate", "Given to"),
        "name": certificate.name,
        "reason": _("for finishing the training, passing its test and taking the oath of a volunteer"),
        "course": str(courses.load(certificate.course).title),
        "told": _("A volunteer listens and supports. A volunteer is not a psychologist and does not treat."),
        "issued": _("Issued: %(day)s") % {"day": written(certificate.issued_on)},
        "until": _("Valid until: %(day)s") % {"day": written(certificate.valid_until)},
        "code": _("Code: %(code)s") % {"code": certificate.written_code},
        "check": _("Whether it is real, this page says:"),
    }
    data = ready(data) | {"language": get_language(), "address": address, "rows": square_code(address)}
    return typeset(TEMPLATE, data, timezone.now())


def square_code(text: str) -> list[list[tuple[int, int]]]:
    """Return the rows of a QR code: where dark begins in each, and how far it reaches, in modules."""
    rows = []
    for row in segno.make(text, error="m", micro=False).matrix:
        dark, column = [], 0
        for is_dark, modules in groupby(row):
            width = len(list(modules))
            if is_dark:
                dark.append((column, width))
            column += width
        rows.append(dark)
    return rows
