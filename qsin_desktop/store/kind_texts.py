"""Kinds of text: whether it is text at all, then what it says of itself; endings only tell texts apart."""

from __future__ import annotations

import codecs
import json
import re
from typing import Final

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL: Final = re.compile(r"[\x00-\x07\x0e-\x1a\x1c-\x1f\x7f]")
_ASCII: Final = re.compile(r"[\t\n\r -~]")
_MARKUP_START: Final = re.compile(
    r"\s*(?:<\?xml[^>]*\?>|<!--.*?-->|<!doctype[^>]*>|\s)*", re.DOTALL | re.IGNORECASE
)
_SVG: Final = re.compile(r"<(?:\w+:)?svg[\s>/]", re.IGNORECASE)
_HTML: Final = re.compile(r"<(?:html|head|body)[\s>]", re.IGNORECASE)
_DOCTYPE_HTML: Final = re.compile(r"\s*<!doctype\s+html", re.IGNORECASE)
_XML: Final = re.compile(r"<\?xml\s|<[A-Za-z_][\w.:-]*(?:\s[^<>]*)?/?>")
_JSON_START: Final = re.compile(r"\s*(?:\{\s*(?:\"|\})|\[\s*(?:[\"{\[\]\d-]|true|false|null))")
_MAIL_HEADER: Final = re.compile(
    r"^(?:from|to|cc|subject|date|received|message-id|mime-version|return-path|delivered-to|content-type): ",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER_LINE: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]*: ?\S")
_BY_ENDING: Final = {
    **dict.fromkeys(("csv",), "text/csv"),
    **dict.fromkeys(("tsv", "tab"), "text/tab-separated-values"),
    **dict.fromkeys(("md", "markdown"), "text/markdown"),
    **dict.fromkeys(
        ("sh", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf", "hta", "reg", "py"), "text/x-script"
    ),
    **dict.fromkeys(("txt", "text", "log", "asc"), "text/plain"),
}


def text_type(head: bytes, ending: str, *, whole: bool) -> str | None:
    """The type of a text, None when it is none; `whole` when `head` is all there is."""
    text = decoded(head, whole=whole)
    if text is None:
        return None
    return _says_itself(text, whole=whole) or _BY_ENDING.get(ending) or _table(text) or "text/plain"


def decoded(head: bytes, *, whole: bool) -> str | None:
    """The head as text, or None when it is not text; one cut in two at its end is forgiven unless `whole`."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return _decoded(head[len(mark) :], encoding, whole=whole)
    if b"\0" in head:
        return None
    text = _decoded(head, "utf-8", whole=whole)
    if text is None:
        text = _decoded(head, "cp1252", whole=whole)
        if text is not None and len(_ASCII.findall(text)) < 0.7 * len(text):
            return None
    return text


def _decoded(content: bytes, encoding: str, *, whole: bool) -> str | None:
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(content, final=whole)
    except UnicodeDecodeError:
        return None
    return None if len(_CONTROL.findall(text)) > len(text) // 100 else text


def _says_itself(text: str, *, whole: bool) -> str | None:
    start = text.lstrip()
    if start.startswith("#!"):
        return "text/x-script"
    if start.startswith("<"):
        return _markup(text)
    if start.startswith("BEGIN:VCALENDAR"):
        return "text/calendar"
    if start.startswith("BEGIN:VCARD"):
        return "text/vcard"
    if _is_json(text, whole=whole):
        return "application/json"
    return "message/rfc822" if _is_mail(text) else None


def _markup(text: str) -> str | None:
    if _DOCTYPE_HTML.match(text):
        return "text/html"
    opening = _MARKUP_START.match(text)
    rest = text[opening.end() :] if opening else text
    if _SVG.match(rest):
        return "image/svg+xml"
    if _HTML.match(rest):
        return "text/html"
    return "application/xml" if _XML.match(text.lstrip()) else None


def _is_json(text: str, *, whole: bool) -> bool:
    if not _JSON_START.match(text):
        return False
    if not whole:
        return True
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_mail(text: str) -> bool:
    """Two of the well-known headers before the first empty line, and nothing but headers at the start."""
    headers = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
    return bool(_HEADER_LINE.match(text)) and len(_MAIL_HEADER.findall(headers)) >= 2


def _table(text: str) -> str | None:
    """A text without a known ending whose lines have the same number of commas, semicolons or tabs."""
    lines = [line for line in text.splitlines()[:6] if line]
    if len(lines) < 3:
        return None
    for sign, mime in (("\t", "text/tab-separated-values"), (";", "text/csv"), (",", "text/csv")):
        counts = {line.count(sign) for line in lines[:-1]}
        if len(counts) == 1 and counts != {0}:
            return mime
    return None
