"""What the pages of one document share while they are printed: file, faces, structure tree, anchors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from qsin_desktop.report.palette import rgb
from qsin_desktop.report.pdf_file import PdfFile
from qsin_desktop.report.tagging import StructureTree
from qsin_desktop.report.typefaces import Face, Faces


class Anchor(NamedTuple):
    """A place that links and bookmarks lead to: the page's object number, its number, points from its top."""

    page: int
    page_number: int
    top: float


@dataclass
class Printing:
    file: PdfFile
    faces: Faces
    tree: StructureTree
    anchors: dict[str, Anchor] = field(default_factory=dict)
    colours: dict[str, str] = field(default_factory=dict)  # ours → what a template prints instead
    fields: list[int] = field(default_factory=list)  # the object numbers of signature fields
    _fonts: dict[str, int] = field(default_factory=dict)
    _used: list[Face] = field(default_factory=list)

    def rgb(self, colour: str) -> str:
        """As the numbers of a PDF colour operator."""
        return rgb(self.colours.get(colour, colour))

    def font(self, face: Face) -> int:
        """The object number under which the face will be embedded at the end."""
        if face.name not in self._fonts:
            self._fonts[face.name] = self.file.reserve()
            self._used.append(face)
        return self._fonts[face.name]

    def embed_fonts(self) -> None:
        for face in self._used:
            face.embed(self.file, self._fonts[face.name])
