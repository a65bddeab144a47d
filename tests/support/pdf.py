"""What a screen reader finds in a PDF file."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader


def structure(content: bytes) -> list[dict[str, Any]]:
    """Return the parts of the tagged structure, in reading order; `/S` is what kind each is."""
    found: list[dict[str, Any]] = []

    def walk(part: Any) -> None:
        part = part.get_object()
        if isinstance(part, list):
            for inner in part:
                walk(inner)
        elif isinstance(part, dict):
            if "/S" in part:
                found.append(part)
            if "/K" in part:
                walk(part["/K"])

    walk(PdfReader(BytesIO(content), strict=True).trailer["/Root"]["/StructTreeRoot"])
    return found


def tags(content: bytes) -> list[str]:
    """Return the kinds of the parts of a file, in reading order."""
    return [part["/S"] for part in structure(content)]


def is_for_everybody(content: bytes) -> bool:
    """Say whether a file says of itself that it is tagged and keeps to PDF/UA."""
    root = PdfReader(BytesIO(content), strict=True).trailer["/Root"]
    return root["/MarkInfo"]["/Marked"].value and b"pdfuaid" in root["/Metadata"].get_object().get_data()
