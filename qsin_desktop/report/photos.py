"""Photos two by two, each with its number, title and captions.

A wide one has the whole width, and so has the sentence that stands for one of which there is no picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.domain.marks import drawn_words, redacted_words
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.composing import SMALL, SMALL_BOLD, Composer
from qsin_desktop.report.flow import Strip
from qsin_desktop.report.palette import LINE, WASH
from qsin_desktop.report.pictures import jpeg_frame
from qsin_desktop.report.sheet import HEIGHT, Sheet
from qsin_desktop.report.tagging import Tag
from qsin_desktop.report.typeset import Line, Run, Typesetter
from qsin_desktop.report.wording import is_ended, strung

_GROUPS = ("photo", "image")
_HEIGHT, _GAP, _ABOVE_CAPTION = 178.0, 14.0, 5.0
_KEPT_WHOLE = 300.0  # a photo with its caption up to this height is not parted
_KEPT_LINES = 3  # of a longer caption that stay with the photo
_WIDE = 2.5  # times as wide as high: half the page's width would make a thin strip of it
_SENTENCE = 48.0  # height of the box that says why there is no picture
_EDGE = 6.0  # around a photo within its box, both sides together
_LARGEST_PIXEL = 2.0  # points: what is only a few pixels is not blown up to a field of colour

PictureOf = Callable[[Exhibit], bytes | None]


def photos_of(visit: VisitSnapshot) -> list[Exhibit]:
    return [exhibit for exhibit in visit.exhibits if exhibit.group in _GROUPS and not exhibit.withdrawn]


def add_photos(report: Composer, visit: VisitSnapshot, step: Callable[[], None]) -> None:
    """`step` is called after each photo that was looked at."""
    captions = _captions(visit)
    pair: list[Exhibit] = []
    alone: list[tuple[Exhibit, float]] = []  # and their heights; they wait until a pair that is begun is full
    for photo in photos_of(visit):
        ratio = _ratio(visit.picture, photo)
        step()
        if 0.0 < ratio <= _WIDE:
            pair.append(photo)
        else:
            height = (report.width - _EDGE) / ratio + _EDGE if ratio else _SENTENCE
            alone.append((photo, min(_HEIGHT, height)))
        if len(pair) != 1:
            _add_rows(report, visit.picture, pair, alone, captions)
            pair, alone = [], []
    _add_rows(report, visit.picture, pair, alone, captions)


def _add_rows(
    report: Composer,
    picture: PictureOf,
    pair: Sequence[Exhibit],
    alone: Sequence[tuple[Exhibit, float]],
    captions: dict[str, str],
) -> None:
    if pair:
        width = (report.width - _GAP) / 2
        places = (report.x, report.x + width + _GAP)
        shown = [_photo(report, photo, x, width, captions) for photo, x in zip(pair, places, strict=False)]
        _add_row(report, _Pair(shown, picture, report.setter, _HEIGHT))
    for photo, height in alone:
        whole = _photo(report, photo, report.x, report.width, captions)
        _add_row(report, _Pair([whole], picture, report.setter, height))


def _ratio(picture: PictureOf, photo: Exhibit) -> float:
    """How many times it is as wide as high, as it is printed; 0 where there is no picture."""
    try:
        jpeg = picture(replace(photo, marks=()))  # they do not change its shape, and take time
    except Refusal:
        return 0.0
    frame = jpeg_frame(jpeg) if jpeg else None
    return frame[0] / frame[1] if frame else 0.0


def _captions(visit: VisitSnapshot) -> dict[str, str]:
    """All that was written under a photo, wherever it is cited."""
    told: dict[str, list[str]] = {}
    for link in visit.links:
        words = link.caption.strip()
        if words and words not in told.setdefault(link.exhibit, []):
            told[link.exhibit].append(words)
    return {exhibit: strung(words) for exhibit, words in told.items()}


def _photo(report: Composer, photo: Exhibit, x: float, width: float, captions: dict[str, str]) -> _Photo:
    words = _joined(captions.get(photo.id, ""), redacted_words(photo.marks))
    head = Run(f"{photo.number} {photo.title}", SMALL_BOLD)
    lines = report.setter.lines([head, Run(f"\n{words}", SMALL)] if words else [head], width)
    both = report.tag.add("Div")
    figure, caption = both.add("Figure", alt=_alternative(photo, words)), both.add("Caption")
    return _Photo(photo, x, width, lines, figure, caption)


def _add_row(report: Composer, pair: _Pair) -> None:
    count = pair.count
    kept = count - 1 if pair.height(range(count)) <= _KEPT_WHOLE else min(count - 1, _KEPT_LINES)
    report.add(
        [
            Strip(
                pair.height(range(n, n + 1)),
                pair.whole,
                row=pair,
                line=n,
                glued=n < kept,
            )
            for n in range(count)
        ]
    )
    report.gap(13)


def _alternative(photo: Exhibit, words: str) -> str:
    return _joined(f"Photo {photo.number}: {photo.title}.", words, drawn_words(photo.marks))


def _joined(*sentences: str) -> str:
    """One after the other, a full stop between two."""
    said = [words for words in sentences if words]
    ended = [words if is_ended(words) else f"{words}." for words in said[:-1]]
    return " ".join([*ended, *said[-1:]])


@dataclass(frozen=True, slots=True)
class _Photo:
    exhibit: Exhibit
    x: float
    width: float
    lines: Sequence[Line]
    figure: Tag
    caption: Tag


class _Pair:
    """Two photos as a row that may be parted between the lines of its captions; line 0 is the pictures."""

    def __init__(
        self, photos: Sequence[_Photo], picture: PictureOf, setter: Typesetter, height: float
    ) -> None:
        self._photos, self._picture, self._setter, self._height = photos, picture, setter, height
        self.count = 1 + max(len(photo.lines) for photo in photos)

    def height(self, lines: range) -> float:
        pictures = self._height + _ABOVE_CAPTION if lines.start == 0 else 0.0
        return pictures + SMALL.leading * (len(lines) - (lines.start == 0))

    def whole(self, sheet: Sheet, top: float) -> None:
        self.paint(sheet, top, range(self.count))

    def paint(self, sheet: Sheet, top: float, lines: range) -> None:
        words_top = top + (self._height + _ABOVE_CAPTION if lines.start == 0 else 0.0)
        first = max(lines.start - 1, 0)
        for photo in self._photos:
            if lines.start == 0:
                self._paint_picture(sheet, photo, top)
            for nth, line in enumerate(photo.lines[first : lines.stop - 1]):
                sheet.line(line, photo.x, words_top + (nth + 0.5) * SMALL.leading, photo.caption)

    def _paint_picture(self, sheet: Sheet, photo: _Photo, top: float) -> None:
        sheet.decorate()
        box = self._height
        sheet.box(photo.x, top, photo.width, box, fill=WASH, stroke=LINE, radius=4)
        photo.figure.place_figure(photo.x, HEIGHT - top - box, photo.width, box)
        jpeg, why = self._picture_or_why(photo.exhibit)
        placed = sheet.jpeg(jpeg)
        sheet.mark(photo.figure)
        if placed is None:
            for nth, line in enumerate(self._setter.lines([Run(why, SMALL)], photo.width - 20)):
                sheet.line(line, photo.x + 10, top + 20 + nth * SMALL.leading, photo.figure)
            return
        w, h = placed.fitted(photo.width - _EDGE, box - _EDGE, _LARGEST_PIXEL)
        left, down = photo.x + (photo.width - w) / 2, top + (box - h) / 2
        sheet.picture(placed.object_number, left, down, w, h)

    def _picture_or_why(self, exhibit: Exhibit) -> tuple[bytes | None, str]:
        """One photo that cannot be read does not stop the report; its place says so."""
        try:
            return self._picture(exhibit), "No picture could be made of this file."
        except Refusal as refusal:
            return None, refusal.sentence
