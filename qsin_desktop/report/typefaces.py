"""The report's typefaces: Inter, a fixed-width face for fingerprints, and DejaVu for glyphs these lack.

Each face is embedded as a subset whose every glyph says which character it stands for.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFontFace

from qsin_desktop.assets import resource
from qsin_desktop.report.pdf_file import PdfFile
from qsin_desktop.report.pdf_syntax import number, reference

_FILES = {
    "regular": "Inter-Regular.ttf",
    "medium": "Inter-Medium.ttf",
    "semibold": "Inter-SemiBold.ttf",
    "bold": "Inter-Bold.ttf",
    "italic": "Inter-Italic.ttf",
    "mono": "DejaVuSansMono.ttf",
    "wide": "DejaVuSans.ttf",
    "wide-bold": "DejaVuSans-Bold.ttf",
}
UNSEEN = (
    "\ue000"  # never in printable text: a glyph that is set without being drawn, read as a direction mark
)
_HEAVY = {"semibold", "bold"}
_SYMBOLIC = 4
_BFCHARS_A_BLOCK = 100


class Face:
    """One typeface in one document: measures text, turns it into glyph codes, embeds what was used."""

    def __init__(self, tag: str, path: Path) -> None:
        self._face = _mended(TTFontFace(str(path)))
        self._tag = tag
        self._codes = _Codes()
        self.name = tag
        self._face.charToGlyph[ord(UNSEEN)] = self._face.charToGlyph[ord(".")]
        self._face.charWidths[ord(UNSEEN)] = self._face.charWidths[ord(".")]
        self._widths: dict[int, float] = {c: round(w, 2) for c, w in self._face.charWidths.items()}
        self._measured: dict[str, float] = {}

    def covers(self, char: str) -> bool:
        return ord(char) in self._face.charToGlyph

    @property
    def characters(self) -> frozenset[int]:
        return frozenset(self._face.charToGlyph)

    def width(self, text: str) -> float:
        """In ems."""
        known = self._measured.get(text)
        if known is None:
            widths = self._widths
            known = self._measured[text] = sum(widths.get(ord(c), 0.0) for c in text) / 1000
        return known

    def codes(self, text: str) -> str:
        """The glyph codes as the inside of a PDF hex string; remembers what must be embedded."""
        table = self._codes
        return "".join([table[c] for c in text])

    def embed(self, file: PdfFile, object_number: int) -> None:
        """Write the subset of the glyphs that were used."""
        characters = list(self._codes)
        name = f"{self._tag}+{self._face.name.decode('ascii')}"
        descendant = self._write_descendant(file, name, characters)
        to_unicode = file.write_stream("", _to_unicode(characters).encode("ascii"))
        file.write(
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
            f"/DescendantFonts[{reference(descendant)}]/ToUnicode {reference(to_unicode)}>>",
            object_number,
        )

    def _write_descendant(self, file: PdfFile, name: str, characters: list[str]) -> int:
        subset = self._face.makeSubset([ord(c) for c in characters])
        program = file.write_stream(f"/Length1 {len(subset)}", subset)
        mapping = file.write_stream("", self._glyph_numbers(characters))
        face = self._face
        box = " ".join(str(round(v)) for v in face.bbox)
        descriptor = file.write(
            f"<</Type/FontDescriptor/FontName/{name}/Flags {_SYMBOLIC}/FontBBox[{box}]"
            f"/ItalicAngle {number(face.italicAngle)}/Ascent {round(face.ascent)}"
            f"/Descent {round(face.descent)}/CapHeight {round(face.capHeight)}/StemV {round(face.stemV)}"
            f"/FontFile2 {reference(program)}>>"
        )
        widths = " ".join(number(self._widths.get(ord(c), 0.0)) for c in characters)
        return file.write(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/FontDescriptor {reference(descriptor)}/DW 0/W[1[{widths}]]/CIDToGIDMap {reference(mapping)}>>"
        )

    def _glyph_numbers(self, characters: list[str]) -> bytes:
        """Where each code's glyph is in the subset, which holds glyphs in order of first use."""
        places = {0: 0}
        numbers = [0]
        for char in characters:
            glyph = self._face.charToGlyph[ord(char)]
            numbers.append(places.setdefault(glyph, len(places)))
        return b"".join(n.to_bytes(2, "big") for n in numbers)


def _mended(face: TTFontFace) -> TTFontFace:
    """Glyphs that share the last listed width keep it in font units; the library leaves it in thousandths."""
    hhea: bytes = face.get_table("hhea")  # type: ignore[no-untyped-call]
    listed = int.from_bytes(hhea[34:36], "big")
    shared = face.hmetrics[listed - 1][0]
    face.hmetrics[listed:] = [(shared, bearing) for _, bearing in face.hmetrics[listed:]]
    return face


class _Codes(dict[str, str]):
    """Gives each character the next code when it is first asked for."""

    def __missing__(self, char: str) -> str:
        code = self[char] = f"{len(self) + 1:04X}"
        return code


class Faces:
    """All faces of one document, and the choice of face for every character."""

    def __init__(self) -> None:
        self.by_name = {
            name: Face(f"{'ABCDEFGHIJ'[place] * 6}", resource("fonts", file))
            for place, (name, file) in enumerate(_FILES.items())
        }
        self._split: dict[tuple[str, str], list[tuple[Face, str]]] = {}
        self._drawable = self.by_name["regular"].characters | self.by_name["wide"].characters

    def drawable(self, char: str) -> bool:
        """Whether any face holds a glyph for it, whatever the style."""
        return ord(char) in self._drawable

    def width(self, text: str, name: str) -> float:
        """In ems, the stand-in faces included."""
        face = self.by_name[name]
        return face.width(text) if text.isascii() else sum(f.width(t) for f, t in self.split(text, name))

    def split(self, text: str, name: str) -> list[tuple[Face, str]]:
        """Runs of text with the face that draws each."""
        if text.isascii():
            return [(self.by_name[name], text)]
        key = (text, name)
        if key not in self._split:
            self._split[key] = self._by_coverage(text, name)
        return self._split[key]

    def _by_coverage(self, text: str, name: str) -> list[tuple[Face, str]]:
        chain = [
            self.by_name[n] for n in (name, "wide-bold" if name in _HEAVY else "wide", "wide", "regular")
        ]
        runs: list[tuple[Face, str]] = []
        for char in text:
            face = next((f for f in chain if f.covers(char)), chain[0])
            if runs and runs[-1][0] is face:
                runs[-1] = (face, runs[-1][1] + char)
            else:
                runs.append((face, char))
        return runs


def _to_unicode(characters: list[str]) -> str:
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    entries = [f"<{code:04X}> <{_meaning(char)}>" for code, char in enumerate(characters, 1)]
    for start in range(0, len(entries), _BFCHARS_A_BLOCK):
        block = entries[start : start + _BFCHARS_A_BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*lines, "endcmap CMapName currentdict /CMap defineresource pop end end"])


def _meaning(char: str) -> str:
    """Letters drawn in a joined shape stand for the letter that was typed, kept spaces for a space."""
    if char == UNSEEN:
        return "200E"
    if char in "\u00a0\u202f":
        return "0020"
    if "\ufb1d" <= char <= "\ufdff" or "\ufe70" <= char <= "\ufeff":
        char = unicodedata.normalize("NFKC", char)
    return char.encode("utf-16-be").hex().upper()
