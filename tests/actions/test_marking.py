"""Marks are drawn over a photo, taken back, met and refused; the file itself never changes."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from qsin_desktop.actions import evidence, marking, sealing
from qsin_desktop.actions.meeting import take_from
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.outside import CannotWriteThere
from qsin_desktop.actions.pictures import TILE, kept_picture, picture_of
from qsin_desktop.actions.searching import search
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.errors import NotFound, TextTooLong, VisitSealed
from qsin_desktop.domain.marks import Mark, MarkColour, MarkKind, MarkRefused

GREEN, INK = (0, 200, 0), (24, 33, 43)


@pytest.fixture
def photo(visit: OpenVisit, tmp_path: Path) -> str:
    """E-001, 400 by 300 as it was taken, to be seen upright: 300 wide and 400 high, its top green."""
    picture = Image.new("RGB", (400, 300), "white")
    picture.paste(GREEN, (0, 0, 100, 300))  # the camera's left is the top once the picture stands upright
    turned = Image.Exif()
    turned[0x0112] = 6
    path = tmp_path / "room.jpg"
    picture.save(path, quality=95, exif=turned)
    return evidence.attach(visit, path).entity


def draw(visit: OpenVisit, kind: MarkKind, **more: object) -> str:
    place = {"x": 0.25, "y": 0.1, "w": 0.5, "h": 0.2} | more
    return marking.add_mark(visit, exhibit="E-001", kind=kind, **place).entity  # type: ignore[arg-type]


def marks(visit: OpenVisit) -> list[tuple[MarkKind, float, str]]:
    return [(mark.kind, mark.x, mark.text) for mark in evidence.exhibit_named(visit, "E-001").marks]


def pixels(jpeg: bytes | None) -> Image.Image:
    assert jpeg is not None
    return Image.open(io.BytesIO(jpeg)).convert("RGB")


def like(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(one - other) < 24 for one, other in zip(pixel, colour, strict=True))


def test_a_redaction_hides_in_every_size_and_leaves_the_file_as_it_is(visit: OpenVisit, photo: str) -> None:
    exhibit = evidence.exhibit_named(visit, photo)
    with evidence.open_exhibit(visit, exhibit) as content:
        before = content.read()
    plain = pixels(picture_of(visit)(exhibit))
    assert plain.size == (300, 400)
    assert like(plain.getpixel((150, 50)), GREEN)
    picture_of(visit, TILE)(exhibit)  # kept before it was redacted
    draw(visit, MarkKind.REDACT)
    exhibit = evidence.exhibit_named(visit, photo)
    for made in (picture_of(visit)(exhibit), picture_of(visit, TILE)(exhibit), kept_picture(visit, exhibit)):
        picture = pixels(made)
        across, down = picture.width / 300, picture.height / 400
        for x, y in ((77, 42), (150, 80), (223, 118)):
            assert like(picture.getpixel((round(x * across), round(y * down))), INK)
        assert like(picture.getpixel((round(30 * across), round(50 * down))), GREEN)
    with evidence.open_exhibit(visit, exhibit) as content:
        assert content.read() == before


def test_marks_are_moved_taken_off_undone_and_done_again(visit: OpenVisit, photo: str) -> None:
    first = draw(visit, MarkKind.BOX)
    second = draw(visit, MarkKind.TEXT, text="  Out of date ", colour=MarkColour.BLUE)
    assert marks(visit) == [(MarkKind.BOX, 0.25, ""), (MarkKind.TEXT, 0.25, "Out of date")]
    box = evidence.exhibit_named(visit, photo).marks[0]
    moved = marking.change_mark(
        visit, exhibit=photo, mark=first, to=Mark("", box.kind, 0.4, box.y, box.w, box.h)
    )
    assert moved.name == "Change a mark on E-001"
    assert {mark.id: mark.x for mark in evidence.exhibit_named(visit, photo).marks} == {
        first: 0.4,
        second: 0.25,
    }
    history = History(visit)
    history.undo()
    assert marks(visit) == [(MarkKind.BOX, 0.25, ""), (MarkKind.TEXT, 0.25, "Out of date")]
    history.redo()
    marking.withdraw_mark(visit, exhibit="E-001", mark=second)
    assert marks(visit) == [(MarkKind.BOX, 0.4, "")]
    History(visit).undo()
    assert len(marks(visit)) == 2
    assert [found.title for found in search(visit, "out of date")]


def test_putting_a_mark_where_it_is_writes_nothing(visit: OpenVisit, photo: str) -> None:
    mark = draw(visit, MarkKind.BOX)
    entries = len(visit.store.entries())
    there = evidence.exhibit_named(visit, photo).marks[0]
    assert not marking.change_mark(visit, exhibit=photo, mark=mark, to=there).keys
    assert len(visit.store.entries()) == entries


def test_both_peoples_marks_stand_and_are_no_disagreement(
    visit: OpenVisit, colleague: OpenVisit, photo: str
) -> None:
    take_from(colleague, visit)
    draw(visit, MarkKind.BOX)
    draw(colleague, MarkKind.REDACT)
    take_from(visit, colleague)
    take_from(colleague, visit)
    for laptop in (visit, colleague):
        assert sorted(kind for kind, _, _ in marks(laptop)) == [MarkKind.BOX, MarkKind.REDACT]
        assert laptop.record.conflicts == ()
        assert not evidence.exhibit_named(laptop, photo).disputed


def test_a_mark_is_changed_by_who_drew_it_or_the_lead(
    visit: OpenVisit, colleague: OpenVisit, photo: str
) -> None:
    mine = draw(visit, MarkKind.REDACT)
    take_from(colleague, visit)
    theirs = draw(colleague, MarkKind.ARROW, h=-0.1)
    with pytest.raises(MarkRefused, match="Lena Lead"):
        marking.withdraw_mark(colleague, exhibit="E-001", mark=mine)
    take_from(visit, colleague)
    marking.withdraw_mark(visit, exhibit="E-001", mark=theirs)
    take_from(colleague, visit)
    assert marks(colleague) == marks(visit) == [(MarkKind.REDACT, 0.25, "")]


def _text_of(length: int) -> Callable[[OpenVisit], object]:
    return lambda visit: draw(visit, MarkKind.TEXT, text="x" * length)


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (lambda visit: draw(visit, MarkKind.BOX, x=0.9), MarkRefused),
        (lambda visit: draw(visit, MarkKind.TEXT), MarkRefused),
        (_text_of(301), TextTooLong),
        (lambda visit: marking.withdraw_mark(visit, exhibit="E-001", mark="9"), NotFound),
        (lambda visit: marking.withdraw_mark(visit, exhibit="E-099", mark="1"), NotFound),
    ],
)
def test_what_is_refused_writes_nothing(
    visit: OpenVisit, photo: str, act: Callable[[OpenVisit], object], refusal: type[Exception]
) -> None:
    entries = len(visit.store.entries())
    with pytest.raises(refusal):
        act(visit)
    assert len(visit.store.entries()) == entries


def test_only_pictures_are_marked_and_not_after_the_seal(
    visit: OpenVisit, photo: str, tmp_path: Path
) -> None:
    (tmp_path / "policy.txt").write_text("A policy", encoding="utf-8")
    evidence.attach(visit, tmp_path / "policy.txt")
    with pytest.raises(MarkRefused, match="only photos and pictures"):
        marking.add_mark(visit, exhibit="E-002", kind=MarkKind.BOX, x=0, y=0, w=1, h=1)
    sealing.seal(visit, in_spite_of="To try the seal.")
    with pytest.raises(VisitSealed):
        draw(visit, MarkKind.REDACT)


def test_a_copy_with_its_marks_shows_nothing_of_what_is_redacted(
    visit: OpenVisit, photo: str, tmp_path: Path
) -> None:
    draw(visit, MarkKind.REDACT)
    exhibit = evidence.exhibit_named(visit, photo)
    out = tmp_path / "copy.jpg"
    marking.copy_marked(visit, exhibit, out)
    assert like(pixels(out.read_bytes()).getpixel((150, 80)), INK)
    with pytest.raises(CannotWriteThere):
        marking.copy_marked(visit, exhibit, visit.folder.path / "copy.jpg")
