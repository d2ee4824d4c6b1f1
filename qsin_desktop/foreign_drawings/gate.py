"""Looks through a foreign SVG before it is drawn: what it may not hold is told in words."""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Mapping
from xml.parsers import expat

MOST_BYTES = 2_000_000
_MOST_ELEMENTS = 50_000
_DEEPEST = 200
_LONGEST_ENTITY = 300  # characters; drawing programs abbreviate addresses of namespaces with them
_MOST_ENTITIES = 50
_BOX = 4  # numbers
_LONGEST = 20  # times as wide as high, or the other way round
_SVG = "http://www.w3.org/2000/svg"
_WITHIN = re.compile(r"#|data:image/(png|jpe?g|gif|webp)[;,]", re.IGNORECASE)
_STYLED = re.compile(r"url\(\s*[\"']?\s*(?!#|[\"']?\s*data:)|@import", re.IGNORECASE)


class DrawingRefused(Exception):
    """Says in words, after “The logo”, what is wrong with it."""


def looks_like_svg(raw: bytes) -> bool:
    """By its first bytes: XML whose root, or declaration, comes at once."""
    head = raw[:4000]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.replace(b"\0", b"")[2:]
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<svg", b"<!--", b"<!DOCTYPE svg"))


def checked_text(raw: bytes) -> str:
    """The drawing as text; raises `DrawingRefused`."""
    if len(raw) > MOST_BYTES:
        raise DrawingRefused(f"is a drawing larger than {MOST_BYTES // 1_000_000} MB")
    gate = _Gate()
    try:
        gate.parser.Parse(raw, True)
    except expat.ExpatError as fault:
        raise DrawingRefused(
            f"is a damaged SVG drawing: its line {fault.lineno} is not well-formed"
        ) from None
    try:
        return raw.decode(gate.encoding)
    except (LookupError, ValueError):
        raise DrawingRefused("is in an unusual encoding; save it as SVG in UTF-8") from None


class _Gate:
    """Every event of the parser that could reach outside or blow up."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.encoding = "utf-8-sig"
        self._depth = self._elements = self._entities = 0
        self._style: list[str] | None = None
        self.parser.XmlDeclHandler = self._declared
        self.parser.EntityDeclHandler = self._entity
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.casefold() != "utf-8":
            self.encoding = encoding

    def _entity(
        self,
        _name: str,
        parameter: bool,  # noqa: FBT001  # the parser's own order
        value: str | None,
        *_where: str | None,
    ) -> None:
        self._entities += 1
        plain = value is not None and "&" not in value and "%" not in value and "<" not in value
        if parameter or not plain or len(value or "") > _LONGEST_ENTITY or self._entities > _MOST_ENTITIES:
            raise DrawingRefused("declares entities that a drawing does not need; save it as plain SVG")

    def _instruction(self, target: str, _data: str) -> None:
        if target.casefold() == "xml-stylesheet":
            raise DrawingRefused("takes its style from another file; save it as SVG with everything within")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > _MOST_ELEMENTS or self._depth > _DEEPEST:
            raise DrawingRefused("is a drawing of too many parts; export a simpler one or a PNG")
        space, _, local = name.rpartition(" ")
        if self._depth == 1:
            _check_root(space, local, attributes)
        if space != _SVG:
            return
        if local == "script":
            raise DrawingRefused("holds a script; save it as plain SVG without any")
        if local == "style":
            self._style = []
        for attribute, value in attributes.items():
            _check_attribute(local, attribute.rpartition(" ")[2], value)

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if self._style is not None:
            _check_style("".join(self._style))
            self._style = None

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)


def _check_root(space: str, local: str, attributes: Mapping[str, str]) -> None:
    if local != "svg" or space not in (_SVG, ""):
        raise DrawingRefused("is not a picture but some other kind of XML")
    if not space:
        raise DrawingRefused(
            "is an SVG without its namespace; open it in a drawing program and save it again"
        )
    if "viewBox" not in attributes and not ("width" in attributes and "height" in attributes):
        raise DrawingRefused("does not say how large its drawing is (viewBox); save it again with a size")
    if "viewBox" in attributes:
        _check_box(attributes["viewBox"])


def _check_box(box: str) -> None:
    """Four numbers, the last two its width and height."""
    try:
        numbers = [float(part) for part in re.split(r"[\s,]+", box.strip())]
    except ValueError:
        numbers = []
    if len(numbers) != _BOX or not all(map(math.isfinite, numbers)) or min(numbers[2:]) <= 0:
        raise DrawingRefused(
            f"says that it shows “{box.strip()[:40]}” of its drawing (viewBox), where left, top, width and "
            "height are asked for; save it again from a drawing program"
        )
    if max(numbers[2:]) > _LONGEST * min(numbers[2:]):
        raise DrawingRefused(
            f"is more than {_LONGEST} times as long as it is thick and would be seen as a line; crop it"
        )


def _check_attribute(element: str, name: str, value: str) -> None:
    if name.startswith("on"):
        raise DrawingRefused("holds a script; save it as plain SVG without any")
    if name == "href" and element != "a" and not _WITHIN.match(value.strip()):
        raise DrawingRefused("shows something from another file; save it as SVG with everything within")
    _check_style(value)


def _check_style(text: str) -> None:
    # A backslash may spell any letter in a style, and none is needed in a logo's.
    if _STYLED.search(text) or ("\\" in text and "(" in text):
        raise DrawingRefused("shows something from another file; save it as SVG with everything within")
