"""How text, names and numbers are spelled inside a PDF file."""

from __future__ import annotations

_ESCAPES = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)", "\r": r"\r", "\n": r"\n"})


def pdf_text(text: str) -> str:
    """A text string: plain where it is ASCII, else UTF-16."""
    if text.isascii() and text.isprintable():
        return f"({text.translate(_ESCAPES)})"
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


def number(value: float) -> str:
    """At most two decimals: a hundredth of a point is finer than any printer."""
    return f"{value:.2f}" if value % 1 else str(int(value))


def reference(object_number: int) -> str:
    return f"{object_number} 0 R"
