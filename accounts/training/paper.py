"""A certificate as a PDF file: one A4 page across, in the active language."""

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos
from fpdf.prefs import ViewerPreferences

from accounts import letters
from accounts.models import Certificate
from accounts.training import course as courses
from emocare.dates import written

FONTS = settings.BASE_DIR / "static" / "vendor" / "golos-text"
FAMILY = "golos-text"
MARGIN = 26.0  # mm, as all lengths here
QR = 34.0
TEAL, BLACK, QUIET = (15, 92, 92), (0, 0, 0), (64, 64, 64)
MM = 25.4 / 72  # of a point


class Sheet(FPDF):
    """The page, with its frame."""

    def __init__(self, title: str, language: str):
        super().__init__(orientation="landscape", format="A4", unit="mm")
        for style, weight in (("", "400"), ("B", "700")):
            self.add_font(FAMILY, style, FONTS / f"golos-text-{weight}.ttf")
        self.set_title(title)
        self.set_lang(language)
        self.set_creator("Emocare")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(False)
        self.add_page()
        self.set_draw_color(*TEAL)
        for inset, width in ((10, 1.2), (12.5, 0.3)):
            self.set_line_width(width)
            self.rect(inset, inset, self.w - 2 * inset, self.h - 2 * inset)

    def line_of(
        self,
        text: str,
        size: float,
        *,
        style: str = "",
        color: tuple[int, int, int] = BLACK,
        after: float = 3,
        align: Align = Align.C,
        width: float = 0,
    ) -> None:
        """Write a text that may go over lines, `after` mm above the next."""
        self.set_font(FAMILY, style, size)
        self.set_text_color(*color)
        self.multi_cell(width, size * MM * 1.3, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(after)

    def square_code(self, text: str, x: float, y: float) -> None:
        """Draw a QR code with its upper left corner at x, y."""
        rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
        side = QR / len(rows)
        self.set_fill_color(*BLACK)
        for number, row in enumerate(rows):
            start = None
            for column, dark in enumerate([*row, 0]):
                if dark and start is None:
                    start = column
                elif not dark and start is not None:
                    self.rect(x + start * side, y + number * side, (column - start) * side, side, style="F")
                    start = None


def certificate(certificate: Certificate) -> bytes:
    """Return the PDF file of a certificate in the active language."""
    sheet = Sheet(_("Certificate of a volunteer"), get_language())
    address = letters.link(reverse("certificate", kwargs={"code": certificate.written_code}))
    sheet.set_y(30)
    sheet.line_of("Emocare", 14, style="B", color=TEAL, after=5)
    sheet.line_of(_("Certificate of a volunteer"), 30, style="B", color=TEAL, after=6)
    name = certificate.name
    size = 26 if len(name) <= 40 else 18
    sheet.line_of(pgettext("a certificate", "Given to"), 14, after=2)
    sheet.line_of(name, size, style="B", after=6)
    sheet.line_of(_("for finishing the training, passing its test and taking the oath of a volunteer"), 14, after=2)
    sheet.line_of(str(courses.load(certificate.course).title), 14, style="B", after=6)
    told = _("A volunteer listens and supports. A volunteer is not a psychologist and does not treat.")
    sheet.line_of(told, 11, color=QUIET, after=0)
    _foot(sheet, certificate, address)
    return bytes(sheet.output())


def _foot(sheet: Sheet, certificate: Certificate, address: str) -> None:
    top = sheet.h - MARGIN - QR + 4
    width = sheet.epw - QR - 8
    sheet.set_y(top)
    lines = (
        (_("Issued: %(day)s") % {"day": written(certificate.issued_on)}, ""),
        (_("Valid until: %(day)s") % {"day": written(certificate.valid_until)}, ""),
        (_("Code: %(code)s") % {"code": certificate.written_code}, "B"),
    )
    for text, style in lines:
        sheet.line_of(text, 12, style=style, after=0.5, align=Align.L, width=width)
    sheet.line_of(_("Whether it is real, this page says:"), 10, color=QUIET, after=0, align=Align.L, width=width)
    sheet.line_of(address, 10, after=0, align=Align.L, width=width)
    sheet.square_code(address, sheet.w - MARGIN - QR, top)
    sheet.link(sheet.w - MARGIN - QR, top, QR, QR, address)
