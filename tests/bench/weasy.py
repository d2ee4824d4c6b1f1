"""The same content drawn as tagged PDF/UA-1 by WeasyPrint, where it is installed (the group `bench`)."""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Iterator
from html import escape
from pathlib import Path

from qsin_desktop.domain.snapshot import VisitSnapshot
from tests.bench.content import Block, Heading, Picture, Rows, Words, content_of

_STYLE = """
@page { size: A4; margin: 57pt; @bottom-right { content: "Page " counter(page) " of " counter(pages) } }
body { font: 9.5pt/14pt sans-serif } table { border-collapse: collapse; width: 100%; table-layout: fixed }
td, th { font-size: 8pt; text-align: left; vertical-align: top; padding: 2pt }
td { border-bottom: 0.5pt solid #ccc }
img { width: 240pt; height: 178pt; object-fit: contain }
"""


def installed() -> bool:
    return importlib.util.find_spec("weasyprint") is not None


def weasy_report(snapshot: VisitSnapshot, photos: dict[str, Path], out: Path) -> None:
    """Headings, tables with heads, figures with words; no contents, no charts, no heat map."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of its own choice of libraries
        from weasyprint import HTML

        body = "\n".join(part for block in content_of(snapshot, photos) for part in _html(block))
        head = f"<title>Report</title><style>{_STYLE}</style>"
        page = f'<html lang="en-GB"><head>{head}</head><body>{body}</body></html>'
        HTML(string=page).write_pdf(out, pdf_variant="pdf/ua-1")


def _html(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"<h{level}>{escape(text)}</h{level}>"
        case Words(text):
            yield f"<p>{escape(text)}</p>"
        case Rows(rows, widths):
            cols = "".join(f'<col style="width: {width:.2%}">' for width in widths)
            head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in rows[0])
            yield f"<table>{cols}<thead><tr>{head}</tr></thead><tbody>"
            for row in rows[1:]:
                yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            yield "</tbody></table>"
        case Picture(path, words):
            yield f'<p><img src="{path.as_uri()}" alt="{escape(words)}"></p><p>{escape(words)}</p>'
