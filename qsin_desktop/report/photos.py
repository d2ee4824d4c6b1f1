"""Photos two by two, each with its number, title and captions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.domain.marks import drawn_words, redacted_words
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.composing import SMALL, SMALL_BOLD, Composer
from qsin_desktop.report.flow import Strip
from qsin_desktop.report.palette import LINE, WASH
from qsin_desktop.report.sheet import HEIGHT, Sheet
from qsin_desktop.report.tagging import Tag
from qsin_desktop.report.typeset import Line, Run, Typesetter
from qsin_desktop.report.wording import is_ended, strung

_GROUPS = ("photo", "image")
_HEIGHT, _GAP, _ABOVE_CAPTION = 178.0, 14.0, 5.0
_KEPT_LINES = 3  # of a caption that stay with the photo

PictureOf = Callable[[Exhibit], bytes | None]


def photos_of(visit: VisitSnapshot) -> list[Exhibit]:
    return [exhibit for exhibit in visit.exhibits if exhibit.group in _GROUPS and not exhibit.withdrawn]


def add_photos(report: Composer, visit: VisitSnapshot) -> None:
    photos = photos_of(visit)
    captions = _captions(visit)
    for start in range(0, len(photos), 2):
        _add_pair(report, visit.picture, photos[start : start + 2], captions)


def _captions(visit: VisitSnapshot) -> dict[str, str]:
    """All that was written under a photo, wherever it is cited."""
    told: dict[str, list[str]] = {}
    for link in visit.links:
        words = link.caption.strip()
        if words and words not in told.setdefault(link.exhibit, []):
            told[link.exhibit].append(words)
    return {exhibit: strung(words) for exhibit, words in told.items()}


def _add_pair(
    report: Composer, picture: PictureOf, photos: Sequence[Exhibit], captions: dict[str, str]
) -> None:
    width = (report.width - _GAP) / 2
    shown = []
    for place, photo in enumerate(photos):
        words = _joined(captions.get(photo.id, ""), redacted_words(photo.marks))
        head = Run(f"{photo.number} {photo.title}", SMALL_BOLD)
        lines = report.setter.lines([head, Run(f"\n{words}", SMALL)] if words else [head], width)
        figure = report.tag.add("Figure", alt=_alternative(photo, words))
        shown.append(
            _Photo(photo, report.x + place * (width + _GAP), width, lines, figure, report.tag.add("P"))
        )
    pair = _Pair(shown, picture, report.setter)
    count = 1 + max(len(photo.lines) for photo in shown)
    report.add(
        [
            Strip(
                pair.height(range(n, n + 1)),
                pair.whole,
                row=pair,
                line=n,
                glued=n < min(count - 1, _KEPT_LINES),
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

    def __init__(self, photos: Sequence[_Photo], picture: PictureOf, setter: Typesetter) -> None:
        self._photos, self._picture, self._setter = photos, picture, setter

    def height(self, lines: range) -> float:
        pictures = _HEIGHT + _ABOVE_CAPTION if lines.start == 0 else 0.0
        return pictures + SMALL.leading * (len(lines) - (lines.start == 0))

    def whole(self, sheet: Sheet, top: float) -> None:
        self.paint(sheet, top, range(1 + max(len(photo.lines) for photo in self._photos)))

    def paint(self, sheet: Sheet, top: float, lines: range) -> None:
        words_top = top + (_HEIGHT + _ABOVE_CAPTION if lines.start == 0 else 0.0)
        first = max(lines.start - 1, 0)
        for photo in self._photos:
            if lines.start == 0:
                self._paint_picture(sheet, photo, top)
            for nth, line in enumerate(photo.lines[first : lines.stop - 1]):
                sheet.line(line, photo.x, words_top + (nth + 0.5) * SMALL.leading, photo.caption)

    def _paint_picture(self, sheet: Sheet, photo: _Photo, top: float) -> None:
        sheet.decorate()
        sheet.box(photo.x, top, photo.width, _HEIGHT, fill=WASH, stroke=LINE, radius=4)
        photo.figure.place_figure(photo.x, HEIGHT - top - _HEIGHT, photo.width, _HEIGHT)
        jpeg, why = self._picture_or_why(photo.exhibit)
        placed = sheet.jpeg(jpeg)
        sheet.mark(photo.figure)
        if placed is None:
            for nth, line in enumerate(self._setter.lines([Run(why, SMALL)], photo.width - 20)):
                sheet.line(line, photo.x + 10, top + 20 + nth * SMALL.leading, photo.figure)
            return
        w, h = placed.fitted(photo.width - 6, _HEIGHT - 6)
        left, down = photo.x + (photo.width - w) / 2, top + (_HEIGHT - h) / 2
        sheet.picture(placed.object_number, left, down, w, h)

    def _picture_or_why(self, exhibit: Exhibit) -> tuple[bytes | None, str]:
        """One photo that cannot be read does not stop the report; its place says so."""
        try:
            return self._picture(exhibit), "No picture could be made of this file."
        except Refusal as refusal:
            return None, refusal.sentence
