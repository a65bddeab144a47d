"""A4 pages as a PDF file, black on white: headings, paragraphs, tables and the chart of moods."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import Align, TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace
from fpdf.prefs import ViewerPreferences

from emocare.printing import FONTS, LACKING, printable
from tracker.chart import HEIGHT, LARGE, LEFT, LEVELS, RIGHT, WIDTH, Chart
from tracker.choices import Level

FAMILY = "golos-text"
MARGIN = 20.0  # mm, as all lengths here
BODY, SMALL, TINY = 11, 9.5, 8  # pt
HEADINGS = (20, 15, 12)  # pt
LINE_HEIGHT = 1.4  # of the size of the letters
MM = 25.4 / 72  # of a point
BLACK, QUIET, FAINT, GROUND, WHITE = ((grey, grey, grey) for grey in (0, 64, 170, 240, 255))
PAGES = "\ufeff" * 3  # stands for the number of pages until it is known; `printable` leaves it out of what people wrote
CHART_LABELS = 16.0  # room for the words of the scale, besides the room that the drawing has for faces
CHART_SCALE = (210 - 2 * MARGIN - CHART_LABELS) / WIDTH  # A4 is 210 mm wide
CHART_HEIGHT = HEIGHT * CHART_SCALE


class Paper(FPDF):
    """A document that grows from top to bottom."""

    def __init__(self, title: str, language: str):
        super().__init__(format="A4", unit="mm")
        for style, weight in (("", "400"), ("B", "700")):
            self.add_font(FAMILY, style, FONTS / f"golos-text-{weight}.ttf")
        self.set_title(title)
        self.set_lang(language)
        self.set_creator("Emocare")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.alias_nb_pages(PAGES)
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, MARGIN)
        self.c_margin = 0
        self.lacks = False  # whether a □ stands for something
        self._foot = title
        self.set_font(FAMILY, size=BODY)
        self.add_page()

    def footer(self) -> None:
        """Name the document and number the page."""
        self.set_y(-MARGIN + 6)
        self.set_font(FAMILY, size=SMALL)
        self.set_text_color(*QUIET)
        self.cell(text=f"Emocare. {self._foot}")
        page = _("Page %(number)s of %(total)s") % {"number": self.page_no(), "total": PAGES}
        self.alias_nb_pages(PAGES, Align.R if page.startswith(PAGES) else Align.L)  # room for three digits is kept
        self.set_x(self.l_margin)
        self.cell(self.epw, text=page, align=Align.R)

    def readable(self, text: object) -> str:
        """Return a text as the font can show it."""
        shown = printable(str(text), self.current_font.cmap)
        self.lacks = self.lacks or LACKING in shown
        return shown

    def keep(self, room: float) -> bool:
        """Begin a new page when less than `room` is left on this one; say whether it did."""
        if begun := self.will_page_break(room):
            self.add_page()
        return begun

    def heading(self, text: str, level: int = 1, room: float = 45) -> None:
        """Write a heading, 0 (the title) to 2, on a new page when less than `room` is left for it and what follows."""
        if not self.keep(room) and level:
            self.ln(5 if level == 1 else 2)
        self.start_section(self.readable(text), level, strict=False)
        self._write(text, size=HEADINGS[level], style="B")
        self.ln(2 if level < 2 else 1)

    def paragraph(self, text: str, *, bold: bool = False, quiet: bool = False, after: float = 2) -> None:
        """Write a paragraph, which may hold line ends and go over pages; `after` is the space below it."""
        self._write(text, style="B" if bold else "", color=QUIET if quiet else BLACK)
        self.ln(after)

    def bullets(self, texts: Sequence[str]) -> None:
        """Write a list."""
        for text in texts:
            self.paragraph(f"•  {text}", after=1)
        self.ln(1)

    def _write(self, text: str, *, size: float = BODY, style: str = "", color: tuple[int, int, int] = BLACK) -> None:
        self.set_font(FAMILY, style, size)
        self.set_text_color(*color)
        height = size * MM * LINE_HEIGHT
        self.multi_cell(0, height, self.readable(text), align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def grid(self, head: Sequence[str], rows: Sequence[Sequence[object]], widths: Sequence[int]) -> None:
        """Write a table whose head comes again on each page; `widths` are proportions."""
        self.set_font(FAMILY, size=BODY)
        self.set_text_color(*BLACK)
        self.set_draw_color(*FAINT)
        with self.table(
            align=Align.L,
            text_align=Align.L,
            col_widths=tuple(widths),
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=FontFace(emphasis="BOLD", fill_color=GROUND),
            line_height=BODY * MM * 1.25,
            padding=(0.8, 1.5),
        ) as table:
            for row in (head, *rows):
                table.row([self.readable(cell) for cell in row])
        self.ln(4)

    def chart(self, drawn: Chart) -> None:
        """Draw a chart of moods across the page, its scale in words; a mark holds the number of its level."""
        self.keep(CHART_HEIGHT)
        top, left = self.y, self.l_margin + CHART_LABELS
        across, down = (lambda x: left + x * CHART_SCALE), (lambda y: top + y * CHART_SCALE)
        self.set_text_color(*BLACK)
        self.set_draw_color(*FAINT)
        self.set_line_width(0.2)
        for y, level in LEVELS:
            self.line(across(LEFT), down(y), across(WIDTH - RIGHT), down(y))
            self._label(across(LEFT) - 2, down(y), f"{level} – {Level(level).label}", SMALL, Align.R)
        for x, name in drawn.names:
            self._label(across(x), down(HEIGHT - 14), name, SMALL)
        self.set_draw_color(*BLACK)
        self.set_line_width(0.5)
        for run in drawn.runs:
            points = [point.split(",") for point in run.split()]
            self.polyline([(across(float(x)), down(float(y))) for x, y in points])
        self.set_line_width(0.3)
        self.set_fill_color(*WHITE)
        for mark in drawn.marks:
            self.circle(across(mark.x), down(mark.y), 3.2 if drawn.radius == LARGE else 2, style="DF")
            size = BODY if drawn.radius == LARGE else TINY
            self._label(across(mark.x), down(mark.y), str(mark.level.value), size, style="B")
        self.set_xy(self.l_margin, top + CHART_HEIGHT)

    def _label(self, x: float, y: float, text: str, size: float, align: Align = Align.C, style: str = "") -> None:
        """Write a word whose middle is at the height y; x is its middle or its right end."""
        self.set_font(FAMILY, style, size)
        text = self.readable(text)
        width = self.get_string_width(text)
        self.text(x - (width if align == Align.R else width / 2), y + 0.35 * size * MM, text)
