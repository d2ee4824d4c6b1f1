"""One page: text, shapes and pictures, each part of the structure tree or marked as decoration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from qsin_desktop.domain.signatures import SignatureSlot
from qsin_desktop.report import signature_fields
from qsin_desktop.report.bidi import drawing, runs_leftwards
from qsin_desktop.report.palette import Tint
from qsin_desktop.report.pdf_syntax import number, pdf_text, reference
from qsin_desktop.report.pictures import Logo, Picture, write_jpeg, write_logo
from qsin_desktop.report.printing import Printing
from qsin_desktop.report.read_back import for_pdfium, for_poppler
from qsin_desktop.report.shapes import ALL_CORNERS, edges, outline
from qsin_desktop.report.tagging import Annotated, Marked, Tag
from qsin_desktop.report.typefaces import UNSEEN, Face
from qsin_desktop.report.typeset import CHIP_PADDING, Line, Piece, Style

HEIGHT, WIDTH = 841.89, 595.28  # A4 in points
CAP_MIDDLE = 0.3637  # half the height of Inter's capitals, in ems


class Sheet:
    """Positions count in points from the top left corner; text is placed by its baseline."""

    def __init__(self, printing: Printing, object_number: int) -> None:
        self.number = object_number
        self._printing = printing
        self._code: list[str] = []
        self._marks: list[Tag] = []
        self._open: Tag | str | None = None
        self._only_artifacts = False
        self._fill = ""
        self._font = ""
        self._fonts: dict[str, int] = {}
        self._pictures: dict[str, int] = {}
        self._annotations: list[int] = []

    # ---- what belongs to what ----------------------------------------------------------------------

    def mark(self, tag: Tag) -> None:
        """What is drawn from now on is the content of this tag."""
        if self._only_artifacts:
            self.decorate()
        elif self._open is not tag:
            self._close()
            tag.kids.append(Marked(self.number, len(self._marks)))
            self._code.append(f"/{tag.role}<</MCID {len(self._marks)}>>BDC")
            self._marks.append(tag)
            self._open = tag

    def decorate(self, kind: str = "") -> None:
        """What is drawn from now on is decoration, passed over when the page is read out."""
        wanted = kind or "artifact"
        if isinstance(self._open, str) and (self._open == wanted or not kind):
            return
        self._close()
        self._code.append(f"/Artifact<<{kind}>>BDC" if kind else "/Artifact BMC")
        self._open = wanted

    @contextmanager
    def repeated(self) -> Iterator[None]:
        """What is drawn within was said before, such as a table's head on its next page."""
        self._only_artifacts = True
        try:
            self.decorate("/Type/Pagination")
            yield
        finally:
            self._only_artifacts = False

    def _close(self) -> None:
        if self._open is not None:
            self._code.append("EMC")
            self._open = None

    # ---- text --------------------------------------------------------------------------------------

    def line(self, line: Line, x: float, middle: float, tag: Tag, *, ends: bool = True) -> None:
        """Draw a line of text about the height `middle`, as content of `tag`.

        One that `ends` has nothing to its right.
        """
        for piece in line.pieces:
            baseline = middle + CAP_MIDDLE * piece.run.style.size
            if piece.run.link and not self._only_artifacts:
                self._linked(piece, x, baseline, tag)
            elif piece.run.chip:
                self._chip(piece, piece.run.chip, x, middle)
                self.mark(tag)
                self.text(piece.text, piece.run.style, x + CHIP_PADDING, baseline, spoken=piece.run.spoken)
            else:
                if piece.run.silent:
                    self.decorate()
                else:
                    self.mark(self._as_typed(piece, tag))
                run = piece.run
                self.text(piece.text, run.style, x, baseline, spoken=run.spoken, whole=run.text)
            x += piece.width
        hyphen = ends and line.pieces and line.pieces[-1].text.rstrip(" ").endswith("-")
        if hyphen and not self._only_artifacts:
            self._keep_hyphen(line.pieces[-1].run.style, x, middle)

    def _keep_hyphen(self, style: Style, x: float, middle: float) -> None:
        """Programs that read a page drop a hyphen at a line's end; one with a mark after it they keep."""
        baseline = number(HEIGHT - middle - CAP_MIDDLE * style.size)
        parts = [f"1 0 0 1 {number(x)} {baseline} Tm", self._unseen(style)]
        self._code.append(f"BT {' '.join(parts)} ET")

    def _as_typed(self, piece: Piece, tag: Tag) -> Tag:
        """Leftward words are drawn from left to right, and read out as they were typed."""
        if self._only_artifacts or piece.run.spoken or not runs_leftwards(piece.text):
            return tag
        return tag.add("Span", spoken=piece.text)

    def text(
        self,
        text: str,
        style: Style,
        x: float,
        baseline: float,
        *,
        spoken: str = "",
        upwards: bool = False,
        whole: str = "",
    ) -> None:
        """Draw text that is already printable; `whole` is the one that it is a line of."""
        self._colour(style.colour)
        turn = "0 1 -1 0" if upwards else "1 0 0 1"
        parts = [f"{turn} {number(x)} {number(HEIGHT - baseline)} Tm"]
        parts += self._shown_as_drawn(text, style, whole, spoken=bool(spoken))
        drawn = f"BT {' '.join(parts)} ET"
        # A sign says its meaning by ear, not the name of its shape.
        self._code.append(f"/Span<</ActualText {pdf_text(spoken)}>>BDC {drawn} EMC" if spoken else drawn)

    def _shown_as_drawn(self, text: str, style: Style, whole: str, *, spoken: bool) -> list[str]:
        words = text.rstrip(" ")
        before, rest, typed = drawing(words, whole)
        if not rest:
            return self._shown(text, style)
        parts = self._shown(before, style) if before else []
        parts += self._shown(rest, style) if spoken else self._turned(rest, typed, style)
        # The space at a line's end stays there, whichever way its words run.
        return parts + (self._shown(text[len(words) :], style) if len(words) < len(text) else [])

    def _turned(self, drawn: str, typed: str, style: Style) -> list[str]:
        """Poppler heeds the words of a `Span` alone, pdfium those of the innermost mark, whatever its name.

        What is shown first is never seen and takes no room; it is there for pdfium, see `read_back`.
        """
        outer, inner = pdf_text(for_poppler(typed)), pdf_text(for_pdfium(typed))
        return [
            f"/Span<</ActualText {outer}>>BDC /Typed<</ActualText {inner}>>BDC",
            self._unseen(style),
            *self._shown(drawn, style),
            "EMC EMC",
        ]

    def _unseen(self, style: Style) -> str:
        """A mark that is read and neither drawn nor given room."""
        face = self._printing.faces.by_name[style.face]
        back = int(face.width(UNSEEN) * 1000) - 1
        return f"{self._font_of(face, style)} 3 Tr [<{face.codes(UNSEEN)}> {back}]TJ 0 Tr".lstrip()

    def _shown(self, text: str, style: Style) -> list[str]:
        """The operators that show it, each run in the face that has its glyphs."""
        runs = self._printing.faces.split(text, style.face)
        return [f"{self._font_of(face, style)} <{face.codes(run)}>Tj".lstrip() for face, run in runs]

    def _font_of(self, face: Face, style: Style) -> str:
        """The operator that chooses it, empty while it is chosen."""
        font = f"/{face.name} {number(style.size)} Tf"
        if font == self._font:
            return ""
        self._font = font
        self._fonts[face.name] = self._printing.font(face)
        return font

    def _chip(self, piece: Piece, tint: Tint, x: float, middle: float) -> None:
        height = piece.run.style.size * 1.7
        self.decorate()
        self.box(x, middle - height / 2, piece.width, height, fill=tint.ground, radius=height / 2)

    def _linked(self, piece: Piece, x: float, baseline: float, tag: Tag) -> None:
        link = tag.add("Link")
        self.mark(link)
        self.text(piece.text, piece.run.style, x, baseline)
        size = piece.run.style.size
        self.link(piece.run.link, piece.text.strip(), link, x, baseline - size, piece.width, size * 1.3)

    def link(
        self, anchor: str, words: str, tag: Tag, x: float, top: float, width: float, height: float
    ) -> None:
        """Make an area of the page lead to an anchor; `words` say where to."""
        target = self._printing.anchors.get(anchor)
        if target is None:
            return
        key = self._printing.tree.annotation_key(tag)
        box = " ".join(number(v) for v in (x, HEIGHT - top - height, x + width, HEIGHT - top))
        annotation = self._printing.file.write(
            f"<</Type/Annot/Subtype/Link/Rect[{box}]/Border[0 0 0]/F 4/Contents {pdf_text(words)}"
            f"/Dest[{reference(target.page)}/XYZ 0 {number(HEIGHT - target.top)} null]/StructParent {key}>>"
        )
        tag.kids.append(Annotated(self.number, annotation))
        self._annotations.append(annotation)

    def signature_field(self, slot: SignatureSlot, tag: Tag, x: float, top: float) -> None:
        """An empty field for a signature, its upper left corner here."""
        bottom = HEIGHT - top - signature_fields.HEIGHT
        box = (x, bottom, x + signature_fields.WIDTH, bottom + signature_fields.HEIGHT)
        self._annotations.append(signature_fields.write_field(self._printing, slot, tag, self.number, box))

    # ---- shapes ------------------------------------------------------------------------------------

    def box(
        self,
        x: float,
        top: float,
        width: float,
        height: float,
        *,
        fill: str = "",
        stroke: str = "",
        radius: float = 0.0,
        corners: frozenset[str] = ALL_CORNERS,
        line_width: float = 0.75,
    ) -> None:
        """A rectangle, rounded at the named corners."""
        if fill:
            self._colour(fill)
        if stroke:
            self._code.append(f"{self._printing.rgb(stroke)} RG {number(line_width)} w [] 0 d")
        how = "b" if fill and stroke else "f" if fill else "s"
        path = outline(round(width, 2), round(height, 2), radius, corners)
        self._code.append(f"q 1 0 0 1 {number(x)} {number(HEIGHT - top - height)} cm {path} {how} Q")

    def rule(
        self, x1: float, top1: float, x2: float, top2: float, colour: str, line_width: float = 0.6
    ) -> None:
        self._code.append(
            f"{self._printing.rgb(colour)} RG {number(line_width)} w [] 0 d "
            f"{number(x1)} {number(HEIGHT - top1)} m "
            f"{number(x2)} {number(HEIGHT - top2)} l S"
        )

    def edges(
        self, x: float, top: float, width: float, height: float, colour: str, corners: frozenset[str]
    ) -> None:
        """The edges of a frame along one stretch of it."""
        path = edges(round(width, 2), round(height, 2), corners)
        at = f"1 0 0 1 {number(x)} {number(HEIGHT - top - height)} cm"
        self._code.append(f"q {at} {self._printing.rgb(colour)} RG 0.75 w [] 0 d {path} S Q")

    def jpeg(self, jpeg: bytes | None) -> Picture | None:
        """Put a picture into the file, to be drawn by `picture`; None where it cannot be drawn."""
        return write_jpeg(self._printing.file, jpeg) if jpeg else None

    def logo(self, logo: Logo) -> Picture:
        return write_logo(self._printing.file, logo)

    def picture(self, object_number: int, x: float, top: float, width: float, height: float) -> None:
        name = f"P{object_number}"
        self._pictures[name] = object_number
        matrix = " ".join(number(v) for v in (width, 0, 0, height, x, HEIGHT - top - height))
        self._code.append(f"q {matrix} cm /{name} Do Q")

    def turned_text(self, text: str, style: Style, x: float, baseline: float) -> None:
        """Large text across the page, rising to the right."""
        self._colour(style.colour)
        self._code.append(f"q 0.7071 0.7071 -0.7071 0.7071 {number(x)} {number(HEIGHT - baseline)} cm")
        kept, self._font = self._font, ""
        self.text(text, style, 0, HEIGHT)
        self._font = kept
        self._code.append("Q")
        self._fill = ""

    def _colour(self, colour: str) -> None:
        if colour != self._fill:
            self._code.append(f"{self._printing.rgb(colour)} rg")
            self._fill = colour

    # ---- the end -----------------------------------------------------------------------------------

    def finish(self, pages: int) -> None:
        """Write the page's content and its dictionary; `pages` is the page tree's object number."""
        self._close()
        file = self._printing.file
        content = file.write_stream("", "\n".join(self._code).encode("latin-1"))
        fonts = "".join(f"/{name} {reference(n)}" for name, n in sorted(self._fonts.items()))
        pictures = "".join(f"/{name} {reference(n)}" for name, n in self._pictures.items())
        resources = f"/Font<<{fonts}>>" + (f"/XObject<<{pictures}>>" if pictures else "")
        annotations = " ".join(reference(n) for n in self._annotations)
        key = self._printing.tree.page_key(self._marks)
        file.write(
            f"<</Type/Page/Parent {reference(pages)}/MediaBox[0 0 {WIDTH} {HEIGHT}]"
            f"/Contents {reference(content)}/Resources<<{resources}>>/Tabs/S/StructParents {key}"
            + (f"/Annots[{annotations}]" if annotations else "")
            + ">>",
            self.number,
        )
