"""What a signature looks like on the page: drawn strokes, a picture or the typed name, and who, when, how."""

from __future__ import annotations

import io
import warnings
import zlib
from collections.abc import Sequence

from PIL import Image

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.signatures import Appearance, Stroke
from qsin_desktop.report.bidi import as_drawn
from qsin_desktop.report.palette import INK, SOFT, WHITE, rgb
from qsin_desktop.report.pdf_file import PdfFile
from qsin_desktop.report.pdf_syntax import number, reference
from qsin_desktop.report.pictures import Logo, write_logo
from qsin_desktop.report.signature_fields import HEIGHT, WIDTH
from qsin_desktop.report.typefaces import Face, Faces
from qsin_desktop.report.typeset import Run, Style, Typesetter

_PEN = "#1B2A5E"
_LOW = 5.0  # below the last line
_LINE = Style("regular", 6.75, 8.6, SOFT)
_FIRST_LINE = Style("semibold", 6.75, 8.6, INK)
_NAME = Style("italic", 19.0, 24.0, _PEN)
_PEN_WIDTH = 1.3
_MOST_ROWS = 3  # of the last line
_PICTURE_PIXELS = 900
_MOST_PIXELS = 50_000_000
_MOST_POINTS = 20_000
_MOST_BYTES = 20 * 1024 * 1024


class SignatureUnusable(Refusal):
    def __init__(self, why: str) -> None:
        super().__init__(
            f"{why} Nothing was signed; draw it again, choose another picture, or use the typed name."
        )


def draw_look(appearance: Appearance, name: str, lines: Sequence[str]) -> bytes:
    """A one-page PDF of the size of a signature field. `lines` stand below the signature, the first in bold.

    The last one says whose credential it is, and goes on in further rows rather than be cut. Raises
    `SignatureUnusable` for strokes without ink and for what is no picture.
    """
    out = io.BytesIO()
    _Look(PdfFile(out)).draw(appearance, name, lines)
    return out.getvalue()


class _Look:
    def __init__(self, file: PdfFile) -> None:
        self._file = file
        self._faces = Faces()
        self._setter = Typesetter(self._faces)
        self._code: list[str] = [f"{rgb(WHITE)} rg 0 0 {number(WIDTH)} {number(HEIGHT)} re f"]
        self._fonts: dict[str, tuple[Face, int]] = {}
        self._picture = ""

    def draw(self, appearance: Appearance, name: str, lines: Sequence[str]) -> None:
        rows = self._rows(lines)
        below = _LOW + len(rows) * _LINE.leading
        room = (0.0, below + 1, WIDTH, HEIGHT - below - 5)
        if appearance.strokes:
            self._strokes(appearance.strokes, room)
        elif appearance.image:
            self._image(appearance.image, room)
        else:
            self._typed(" ".join(appearance.typed.split()) or name, room)
        for place, row in enumerate(rows):
            style = _LINE if place else _FIRST_LINE
            self._text(row, style, 0.0, below - (place + 1) * style.leading + 2.4)
        self._finish()

    def _rows(self, lines: Sequence[str]) -> list[str]:
        """Who and when stand in full elsewhere; whose credential it is, on the page only here."""
        *above, last = lines
        rows = [self._setter.cut(line, _LINE if at else _FIRST_LINE, WIDTH) for at, line in enumerate(above)]
        set_rows = self._setter.lines([Run(last, _LINE)], WIDTH)
        broken = ["".join(piece.text for piece in line.pieces) for line in set_rows]
        rest = "".join(broken[_MOST_ROWS - 1 :])
        return [*rows, *broken[: _MOST_ROWS - 1], *([self._setter.cut(rest, _LINE, WIDTH)] if rest else [])]

    def _typed(self, name: str, room: tuple[float, float, float, float]) -> None:
        left, low, width, height = room
        size = _NAME.size * min(1.0, width / max(self._setter.width(name, _NAME), 1.0))
        style = Style(_NAME.face, max(size, 9.0), _NAME.leading, _NAME.colour)
        words = self._setter.cut(name, style, width)
        self._text(words, style, left, low + (height - style.size * 0.73) / 2)

    def _text(self, text: str, style: Style, x: float, baseline: float) -> None:
        parts = [f"{rgb(style.colour)} rg BT 1 0 0 1 {number(x)} {number(baseline)} Tm"]
        for face, run in self._faces.split(as_drawn(text), style.face):
            if face.name not in self._fonts:
                self._fonts[face.name] = (face, self._file.reserve())
            parts.append(f"/{face.name} {number(style.size)} Tf <{face.codes(run)}>Tj")
        self._code.append(" ".join([*parts, "ET"]))

    def _strokes(self, strokes: Sequence[Stroke], room: tuple[float, float, float, float]) -> None:
        strokes = _even(strokes)
        xs, ys = zip(*(point for stroke in strokes for point in stroke), strict=True)
        left, low, width, height = room
        wide, high = max(max(xs) - min(xs), 1e-9), max(max(ys) - min(ys), 1e-9)
        scale = min((width - 4) / wide, (height - 3) / high, height / 24)  # a short mark does not become huge
        shift_x, shift_y = left + 2 - min(xs) * scale, low + (height + high * scale) / 2 + min(ys) * scale
        self._code.append(f"{rgb(_PEN)} RG {number(_PEN_WIDTH)} w 1 J 1 j")
        for stroke in strokes:
            points = [(shift_x + x * scale, shift_y - y * scale) for x, y in stroke]
            self._code.append(_curve(points))

    def _image(self, image: bytes, room: tuple[float, float, float, float]) -> None:
        picture = write_logo(self._file, _ink(image))
        left, low, width, height = room
        wide, high = picture.fitted(width, height)
        self._picture = f"/Ink {reference(picture.object_number)}"
        self._code.append(
            f"q {number(wide)} 0 0 {number(high)} {number(left)} {number(low + (height - high) / 2)} cm "
            "/Ink Do Q"
        )

    def _finish(self) -> None:
        file = self._file
        pages, page = file.reserve(), file.reserve()
        content = file.write_stream("", "\n".join(self._code).encode("latin-1"))
        fonts = "".join(f"/{name} {reference(n)}" for name, (_, n) in self._fonts.items())
        pictures = f"/XObject<<{self._picture}>>" if self._picture else ""
        file.write(
            f"<</Type/Page/Parent {reference(pages)}/MediaBox[0 0 {number(WIDTH)} {number(HEIGHT)}]"
            f"/Contents {reference(content)}/Resources<</Font<<{fonts}>>{pictures}>>>>",
            page,
        )
        file.write(f"<</Type/Pages/Count 1/Kids[{reference(page)}]>>", pages)
        for face, n in self._fonts.values():
            face.embed(file, n)
        root = file.write(f"<</Type/Catalog/Pages {reference(pages)}>>")
        file.finish(root=root, info=file.write("<<>>"), identity=bytes(16))


def _even(strokes: Sequence[Stroke]) -> list[Stroke]:
    """Strokes with ink in them, thinned where a pen reported more points than paper can show."""
    kept = [
        tuple((float(x), float(y)) for x, y in (point[:2] for point in stroke))
        for stroke in strokes
        if stroke
    ]
    count = sum(len(stroke) for stroke in kept)
    finite = all(abs(v) < 1e9 for stroke in kept for point in stroke for v in point)
    if not count or not finite:
        raise SignatureUnusable("The drawn signature has no ink.")
    step = -(-count // _MOST_POINTS)
    return [stroke if step == 1 else (*stroke[::step], stroke[-1]) for stroke in kept]


def _curve(points: Sequence[tuple[float, float]]) -> str:
    """Smooth through the middles of the points, as the hand went; a single point is a dot."""
    first = points[0]
    path = [f"{number(first[0])} {number(first[1])} m"]
    if len(points) < 3:
        last = points[-1]
        return f"{path[0]} {number(last[0])} {number(last[1])} l S"
    at = first
    for place in range(1, len(points) - 1):
        bend, after = points[place], points[place + 1]
        end = after if place == len(points) - 2 else ((bend[0] + after[0]) / 2, (bend[1] + after[1]) / 2)
        handles = [(p[n] + 2 * (bend[n] - p[n]) / 3) for p in (at, end) for n in (0, 1)]
        path.append(" ".join(number(v) for v in (*handles, *end)) + " c")
        at = end
    return " ".join([*path, "S"])


def _ink(image: bytes) -> Logo:
    """The picture on white, cut to what is drawn in it."""
    if len(image) > _MOST_BYTES:
        raise SignatureUnusable("The picture of the signature is too large.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(image), formats=("PNG", "JPEG")) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise SignatureUnusable("The picture of the signature is too large.")
                picture.thumbnail((_PICTURE_PIXELS, _PICTURE_PIXELS))
                layered = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise SignatureUnusable("The picture of the signature is no whole PNG or JPEG.") from None
    flat = Image.new("RGB", layered.size, "white")
    flat.paste(layered, mask=layered.getchannel("A"))
    box = flat.convert("L").point(lambda light: 255 if light < 245 else 0).getbbox()
    if box is None:
        raise SignatureUnusable("The picture of the signature is empty.")
    flat = flat.crop(box)
    return Logo(zlib.compress(flat.tobytes(), 6), *flat.size)
