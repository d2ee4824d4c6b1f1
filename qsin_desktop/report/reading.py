"""What a PDF file says of itself: pages, title, signatures. Nothing in it is run or trusted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from qsin_desktop.domain.errors import Refusal


@dataclass(frozen=True)
class ReportFacts:
    pages: int
    title: str
    signatures: int  # signature fields that carry a signature; whether they are valid is not told here


class NotAReport(Refusal):
    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"“{name}” {why}, so nothing can be said about it.")


def read_report(path: Path) -> ReportFacts:
    """Raises `NotAReport` for a file that is missing, no PDF, damaged or locked with a password."""
    if not path.is_file():
        raise NotAReport(path.name, "is not a file that is there")
    try:
        with pikepdf.open(path) as pdf:
            title = str(pdf.docinfo.get("/Title", ""))
            return ReportFacts(len(pdf.pages), title, _signatures(pdf))
    except pikepdf.PasswordError:
        raise NotAReport(path.name, "is locked with a password") from None
    except (pikepdf.PdfError, OSError, ValueError):
        raise NotAReport(path.name, "is no PDF or is damaged") from None


def _signatures(pdf: pikepdf.Pdf) -> int:
    form: Any = pdf.Root.get("/AcroForm")
    fields: list[Any] = list(form.get("/Fields", [])) if form is not None else []
    return sum(1 for field in fields if field.get("/FT") == "/Sig" and "/V" in field)
