"""Draw the icons of the installed app from static/icons/emocare.svg: `.venv/bin/python -m emocare.local.icons`.

The drawings are committed; run it again only when the mark or its colours change. Needs the Chromium of the tests.
"""

import io
import re
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ICONS = Path(__file__).resolve().parent.parent.parent / "static" / "icons"
BACKGROUND, PRIMARY = "#fbf7f1", "#0b5551"  # --bg and --primary of static/css/tokens.css
# Name: size, ground, mark, part of the width that the mark takes, rounding. A mask may cut off all but the inner 80 %.
DRAWINGS = {
    **{f"app-any-{size}": (size, BACKGROUND, PRIMARY, 0.78, 0.2) for size in (192, 512)},
    **{f"app-maskable-{size}": (size, PRIMARY, BACKGROUND, 0.6, 0) for size in (192, 512)},
    "app-touch-180": (180, BACKGROUND, PRIMARY, 0.72, 0),  # iOS rounds by itself
}


def drawing(size: int, ground: str, mark: str, part: float, rounding: float) -> str:
    """Return the icon as SVG: the mark of the site on its ground."""
    symbol = re.search(r"<symbol[^>]*>(.*)</symbol>", (ICONS / "emocare.svg").read_text(encoding="utf-8"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 40 40" color="{mark}">'
        f'<rect width="40" height="40" rx="{40 * rounding}" fill="{ground}"/>'
        f'<g transform="translate(20 20) scale({part}) translate(-20 -20)">{symbol[1]}</g></svg>'
    )


def main() -> None:
    """Draw all of them."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, look in DRAWINGS.items():
            page = browser.new_page(viewport={"width": look[0], "height": look[0]})
            page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{drawing(*look)}")
            picture = Image.open(io.BytesIO(page.screenshot(omit_background=True)))
            small = picture.quantize(colors=32, method=Image.Quantize.FASTOCTREE)  # a flat drawing: a few kilobytes
            small.save(ICONS / f"{name}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
