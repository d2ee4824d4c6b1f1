"""The structure tree that makes the PDF readable by ear: headings, tables, figures, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from qsin_desktop.report.pdf_file import PdfFile
from qsin_desktop.report.pdf_syntax import number, pdf_text, reference


class Marked(NamedTuple):
    """A marked part of a page's content. `page` is the page's object number."""

    page: int
    mcid: int


class Annotated(NamedTuple):
    """An annotation that belongs to a tag, by object numbers."""

    page: int
    annotation: int


class Tag:
    """One element of the structure tree. Its children stand in reading order."""

    __slots__ = ("entries", "kids", "number", "parent", "role")

    def __init__(self, role: str, parent: Tag | None = None, entries: str = "") -> None:
        self.role = role
        self.parent = parent
        self.entries = entries
        self.kids: list[Tag | Marked | Annotated] = []
        self.number = 0
        if parent is not None:
            parent.kids.append(self)

    def add(
        self,
        role: str,
        *,
        alt: str = "",
        scope: str = "",
        spoken: str = "",
        language: str = "",
        numbering: str = "",
    ) -> Tag:
        """A new child. `alt` describes a figure, `scope` is what a head cell heads, `spoken` is read out.

        `numbering` is how a list's items are counted, in the format's own words.
        """
        entries = f"/Alt {pdf_text(alt)}" if alt else ""
        entries += f"/ActualText {pdf_text(spoken)}" if spoken else ""
        entries += f"/Lang {pdf_text(language)}" if language else ""
        entries += f"/A<</O/Table/Scope/{scope}>>" if scope else ""
        entries += f"/A<</O/List/ListNumbering/{numbering}>>" if numbering else ""
        return Tag(role, self, entries)

    def place_figure(self, x: float, y: float, width: float, height: float) -> None:
        """Say where on its page a figure stands; points from the lower left."""
        box = " ".join(number(v) for v in (x, y, x + width, y + height))
        self.entries += f"/A<</O/Layout/Placement/Block/BBox[{box}]>>"

    def walk(self) -> Iterator[Tag]:
        """This tag and all below it, parents first."""
        waiting = [self]
        while waiting:
            tag = waiting.pop()
            yield tag
            waiting.extend(kid for kid in reversed(tag.kids) if isinstance(kid, Tag))


class StructureTree:
    """The whole tree, and the way back from each marked part and annotation to its tag."""

    def __init__(self) -> None:
        self.document = Tag("Document")
        self._parents: list[list[Tag] | Tag] = []

    def page_key(self, marks: list[Tag]) -> int:
        """The page's key in the parent tree; `marks[mcid]` is the tag of each marked part."""
        self._parents.append(marks)
        return len(self._parents) - 1

    def annotation_key(self, tag: Tag) -> int:
        self._parents.append(tag)
        return len(self._parents) - 1

    def write(self, file: PdfFile, check: Callable[[], None]) -> int:
        """Write every element and answer the root's object number; `check` is called now and then."""
        root = file.reserve()
        tags = list(self.document.walk())
        for tag in tags:
            tag.number = file.reserve()
        for place, tag in enumerate(tags):
            if place % 2000 == 0:
                check()
            file.write(_element(tag, root), tag.number)
        parents = file.write(f"<</Nums[{' '.join(self._parent_entries())}]>>")
        file.write(
            f"<</Type/StructTreeRoot/K {reference(self.document.number)}/ParentTree {reference(parents)}"
            f"/ParentTreeNextKey {len(self._parents)}>>",
            root,
        )
        return root

    def _parent_entries(self) -> Iterable[str]:
        for key, value in enumerate(self._parents):
            if isinstance(value, Tag):
                yield f"{key} {reference(value.number)}"
            else:
                yield f"{key}[{' '.join(reference(tag.number) for tag in value)}]"


def _element(tag: Tag, root: int) -> str:
    page = next((kid.page for kid in tag.kids if isinstance(kid, Marked)), 0)
    kids = " ".join(_kid(kid, page) for kid in tag.kids)
    parent = tag.parent.number if tag.parent else root
    on = f"/Pg {reference(page)}" if page else ""
    # Checkers that compare a signed file with an earlier state look for a field here, not in an array.
    content = kids if tag.role == "Form" else f"[{kids}]"
    return f"<</Type/StructElem/S/{tag.role}/P {reference(parent)}{on}{tag.entries}/K {content}>>"


def _kid(kid: Tag | Marked | Annotated, page: int) -> str:
    if isinstance(kid, Tag):
        return reference(kid.number)
    if isinstance(kid, Annotated):
        return f"<</Type/OBJR/Pg {reference(kid.page)}/Obj {reference(kid.annotation)}>>"
    if kid.page == page:
        return str(kid.mcid)
    return f"<</Type/MCR/Pg {reference(kid.page)}/MCID {kid.mcid}>>"
