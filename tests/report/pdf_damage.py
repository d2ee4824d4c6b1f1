"""Takes one accessible thing out of a good report, the way a careless program or hand would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pikepdf


def _elements(pdf: pikepdf.Pdf, role: str) -> Iterator[Any]:
    return (o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == role)


def _first(pdf: pikepdf.Pdf, role: str) -> Any:
    return next(_elements(pdf, role))


def lose_alt(pdf: pikepdf.Pdf) -> None:
    del _first(pdf, "/Figure").Alt


def empty_alt(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "/Figure").Alt = pikepdf.String(" ")


def lose_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def lose_scope(pdf: pikepdf.Pdf) -> None:
    for head in _elements(pdf, "/TH"):
        if "/A" in head:
            del head.A


def skip_a_heading(pdf: pikepdf.Pdf) -> None:
    for heading in _elements(pdf, "/H2"):
        heading.S = pikepdf.Name("/H4")


def lose_parent_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot.ParentTree


def lose_the_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def lose_the_mark(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def add_untagged_text(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[2].obj.Resources.Font.keys()))
    pdf.pages[2].contents_add(f"BT {font} 12 Tf 100 100 Td <00100011> Tj ET".encode())


def lose_title(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Title"]
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as words:
        del words["dc:title"]


def hide_title(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def lose_the_claim(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as words:
        del words["pdfuaid:part"]


def lose_letters(pdf: pikepdf.Pdf) -> None:
    for font in _composite_fonts(pdf):
        del font.ToUnicode


def letters_that_are_nothing(pdf: pikepdf.Pdf) -> None:
    for font in _composite_fonts(pdf):
        lines = font.ToUnicode.read_bytes().split(b"\n")
        font.ToUnicode = pdf.make_stream(
            b"\n".join(
                b"%s <0000>" % line.split(b" ")[0] if line.count(b"<") == 2 else line for line in lines
            )
        )


def lose_a_typeface(pdf: pikepdf.Pdf) -> None:
    for font in _composite_fonts(pdf):
        del font.DescendantFonts[0].FontDescriptor.FontFile2


def lose_link_words(pdf: pikepdf.Pdf) -> None:
    for annotation in pdf.pages[1].obj.Annots:
        del annotation.Contents


def unhook_a_link(pdf: pikepdf.Pdf) -> None:
    for annotation in pdf.pages[1].obj.Annots:
        del annotation.StructParent


def rename_a_role(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "/P").S = pikepdf.Name("/Paragraf")


def cell_outside_its_row(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "/TR").S = pikepdf.Name("/Sect")


def _composite_fonts(pdf: pikepdf.Pdf) -> list[Any]:
    return [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Subtype") == "/Type0"]


DAMAGES: tuple[Callable[[pikepdf.Pdf], None], ...] = (
    lose_alt,
    empty_alt,
    lose_language,
    lose_scope,
    skip_a_heading,
    lose_parent_tree,
    lose_the_tree,
    lose_the_mark,
    add_untagged_text,
    lose_title,
    hide_title,
    lose_the_claim,
    lose_letters,
    letters_that_are_nothing,
    lose_a_typeface,
    lose_link_words,
    unhook_a_link,
    rename_a_role,
    cell_outside_its_row,
)
