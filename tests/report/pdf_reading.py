"""Reads a PDF back with independent readers: text, structure, and how the two hang together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2


def text_of(path: Path) -> str:
    """All pages' text as a reader would copy it."""
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def page_texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def without_running_heads(text: str) -> str:
    """So that a sentence that goes on overleaf is whole again."""
    heads = r"Greater Wessex Imaging Network · assessment|DRAFT|Version \d+ · final"
    heads += r"|Report QN-|Page \d+ of|F-\d+, continued"
    running = rf"^\f?({heads}).*$"
    return re.sub(running, "", text, flags=re.MULTILINE)


def squeezed(text: str) -> str:
    """Without white space, so that only the letters and their order count."""
    return re.sub(r"\s+", "", text)


@dataclass
class Element:
    """One tag: its role, what it says of itself, and how many marked parts of content hang on it."""

    role: str
    alt: str
    spoken: str
    scope: str
    marks: int
    kids: list[Element] = field(default_factory=list)

    def all(self, role: str) -> list[Element]:
        return [element for element in self.walk() if element.role == role]

    def walk(self) -> Iterator[Element]:
        yield self
        for kid in self.kids:
            yield from kid.walk()


def structure_of(pdf: pikepdf.Pdf) -> Element:
    return _element(pdf.Root.StructTreeRoot.K)


def _element(tag: Any) -> Element:
    attributes = tag.get("/A", {})
    element = Element(
        role=str(tag.S)[1:],
        alt=str(tag.get("/Alt", "")),
        spoken=str(tag.get("/ActualText", "")),
        scope=str(attributes.get("/Scope", "")),
        marks=0,
    )
    kids = tag.get("/K", [])
    for kid in [kids] if isinstance(kids, pikepdf.Dictionary) else kids:
        if isinstance(kid, int) or "/MCID" in kid:
            element.marks += 1
        elif kid.get("/Type") != "/OBJR":
            element.kids.append(_element(kid))
    return element


def faults_of(pdf: pikepdf.Pdf) -> list[str]:
    """What keeps content, tags and the way between them from agreeing; empty when all is well."""
    parents = _parents(pdf)
    faults = []
    for number, page in enumerate(pdf.pages, 1):
        marks = parents.get(int(page.obj.get("/StructParents", -1)), [])
        found, loose = _marks_on(page)
        if loose:
            faults.append(f"page {number}: {loose} operators outside tags and artifacts")
        if found != [(place, str(tag.S)) for place, tag in enumerate(marks)]:
            faults.append(f"page {number}: marks {found[:5]} against {len(marks)} in the parent tree")
        faults += [
            f"page {number}: an annotation without words or tag"
            for annotation in page.obj.get("/Annots", [])
            if "/Contents" not in annotation or int(annotation.get("/StructParent", -1)) not in parents
        ]
    hung = Counter(kid.objgen for e in _tags(pdf) for kid in _kids(e) if "/S" in kid)
    faults += [f"a tag hangs in {many} places" for many in hung.values() if many > 1]
    root = structure_of(pdf)
    faults += [f"figure without words: {e}" for e in root.all("Figure") if not e.alt]
    faults += [f"head cell without scope: {e}" for e in root.all("TH") if not e.scope]
    return faults


def _tags(pdf: pikepdf.Pdf) -> Iterator[Any]:
    return (o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/StructElem")


def _kids(tag: Any) -> list[Any]:
    kids = tag.get("/K", [])
    several = [kids] if isinstance(kids, pikepdf.Dictionary) else list(kids)
    return [kid for kid in several if isinstance(kid, pikepdf.Dictionary)]


def _parents(pdf: pikepdf.Pdf) -> dict[int, Any]:
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    return {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}


_PAINTING = {"Tj", "TJ", "f", "b", "s", "S", "B", "Do"}


def _marks_on(page: pikepdf.Page) -> tuple[list[tuple[int, str]], int]:
    """The marked parts in order, by number and role, and how much is painted outside of all of them."""
    marks: list[tuple[int, str]] = []
    depth = loose = 0
    for instruction in pikepdf.parse_content_stream(page):
        operands, name = instruction.operands, str(instruction.operator)
        if name in ("BDC", "BMC"):
            depth += 1
            if name == "BDC" and "/MCID" in operands[1]:
                marks.append((int(operands[1].MCID), str(operands[0])))
        elif name == "EMC":
            depth -= 1
        elif name in _PAINTING and not depth:
            loose += 1
    return marks, loose


def headings_of(root: Element) -> list[int]:
    """Levels in reading order."""
    return [int(e.role[1:]) for e in root.walk() if re.fullmatch(r"H\d", e.role)]


def heard_on(page: pikepdf.Page) -> list[tuple[str, str]]:
    """Role and text of each marked part, decoded glyph by glyph, with nothing put between lines."""
    letters = {str(name)[1:]: _letters(font) for name, font in page.obj.Resources.Font.items()}
    heard: list[tuple[str, str]] = []
    font, inside = "", False
    for instruction in pikepdf.parse_content_stream(page):
        operands, name = instruction.operands, str(instruction.operator)
        if name == "Tf":
            font = str(operands[0])[1:]
        elif name == "BDC" and "/MCID" in operands[1]:
            heard.append((str(operands[0])[1:], ""))
            inside = True
        elif name in ("BDC", "BMC") and str(operands[0]) == "/Artifact":
            inside = False
        elif name == "Tj" and inside:
            codes = bytes(operands[0])
            text = "".join(letters[font][codes[n : n + 2]] for n in range(0, len(codes), 2))
            heard[-1] = (heard[-1][0], heard[-1][1] + text)
    return heard


def _letters(font: Any) -> dict[bytes, str]:
    """What each two-byte code of a font stands for, by its own table."""
    table = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]+)>$", table, re.MULTILINE)
    return {bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def shapes_in_text(page: pikepdf.Page) -> int:
    """Fills and strokes drawn as if they were part of the words; figures may."""
    role, shapes = "", 0
    for instruction in pikepdf.parse_content_stream(page):
        operands, name = instruction.operands, str(instruction.operator)
        if name in ("BDC", "BMC") and str(operands[0]) != "/Span":
            role = str(operands[0])
        elif name in ("f", "S", "s", "b", "B") and role not in ("/Artifact", "/Figure"):
            shapes += 1
    return shapes
