"""Pages fill from the top, keep together what belongs together, and leave nothing out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.report.composing import BODY, Composer, Frame, text_strips
from qsin_desktop.report.flow import BOTTOM, ROOM, TOP, Strip, fill_pages
from qsin_desktop.report.paragraphs import set_lines
from qsin_desktop.report.sheet import Sheet
from qsin_desktop.report.table import Column, Table
from qsin_desktop.report.tagging import Tag
from qsin_desktop.report.typefaces import Faces
from qsin_desktop.report.typeset import Run


def painted(_sheet: Sheet, _top: float) -> None:
    """Content, as far as the flow can tell."""


@pytest.fixture(scope="module")
def faces() -> Faces:
    return Faces()


strips = st.lists(
    st.builds(
        Strip,
        height=st.floats(min_value=1, max_value=300),
        paint=st.sampled_from([painted, painted, painted, None]),
        glued=st.booleans(),
        new_page=st.sampled_from([False] * 9 + [True]),
    ),
    max_size=60,
)


@given(strips)
def test_everything_stands_once_in_order_and_inside(flow: list[Strip]) -> None:
    pages = fill_pages(flow)
    placed = [strip for page in pages for strip, _ in page.strips]
    assert [id(s) for s in placed] == [id(s) for s in flow if s.paint]
    for page in pages:
        below = TOP
        for strip, top in page.strips:
            assert top >= below - 1e-6
            assert top + strip.height <= BOTTOM + 1e-6
            below = top + strip.height


@given(strips)
def test_glued_strips_share_a_page_where_one_can_hold_them(flow: list[Strip]) -> None:
    pages = fill_pages(flow)
    page_of = {id(strip): number for number, page in enumerate(pages) for strip, _ in page.strips}
    chain: list[Strip] = []
    for place, strip in enumerate(flow):
        chain.append(strip)
        following = flow[place + 1] if place + 1 < len(flow) else None
        if not strip.glued or following is None or following.new_page:
            shown = [page_of[id(s)] for s in chain if s.paint]
            if sum(s.height for s in chain) <= ROOM:
                assert len(set(shown)) <= 1
            chain = []


def test_the_head_comes_again_on_the_next_page() -> None:
    head = Strip(20, painted, glued=True)
    rows = [Strip(100, painted, head=head) for _ in range(10)]
    pages = fill_pages([head, *rows])
    assert [len(page.strips) for page in pages] == [8, 3]
    assert [placed.strip for placed in pages[1].heads] == [head]
    assert pages[1].strips[0].top == TOP + 20


def test_white_space_is_dropped_where_a_page_begins() -> None:
    full = Strip(ROOM, painted)
    pages = fill_pages([full, Strip(30), Strip(10, painted)])
    assert pages[1].strips[0].top == TOP


@pytest.mark.parametrize("above", range(int(ROOM) - 160, int(ROOM), 8))
def test_no_row_of_a_table_stands_alone_on_a_page(above: int, faces: Faces) -> None:
    report = Composer(faces, Tag("Document"))
    report.add([Strip(float(above or 1), painted)])
    report.heading(2, "Ratings", "ratings")
    before = len(report.strips)
    table = Table(report, (Column("Place", 120.0), Column("Rating")))
    rows = 40
    for number in range(rows):
        table.row(f"Site {number}", "Met")
    found = {id(strip) for strip in report.strips[-rows:]}
    assert len(report.strips) == before + 1 + rows  # its head
    on_pages = [sum(id(strip) in found for strip, _ in page.strips) for page in fill_pages(report.strips)]
    assert sum(on_pages) == rows
    assert 1 not in on_pages


@pytest.mark.parametrize("above", range(int(ROOM) - 120, int(ROOM), 7))
def test_no_line_of_a_paragraph_stands_alone_on_a_page(above: int, faces: Faces) -> None:
    """Nor of any paragraph within one text."""
    words = "What was seen was set beside what the plan says. " * 9
    report = Composer(faces, Tag("Document"))
    report.add([Strip(float(above), painted)])
    lines = report.setter.lines([Run("\n\n".join([words] * 4), BODY)], report.width)
    strips = text_strips(set_lines(lines, report.tag), BODY.leading, report.x)
    page_of = {
        id(strip): number
        for number, page in enumerate(fill_pages([*report.strips, *strips]))
        for strip, _ in page.strips
    }
    paragraph: list[int] = []
    for line, strip in zip(lines, strips, strict=True):
        if not line.gap:
            paragraph.append(page_of[id(strip)])
        if line.ends:
            assert len(paragraph) > 3
            assert all(paragraph.count(page) > 1 for page in paragraph)
            paragraph = []


@pytest.mark.parametrize("above", range(0, 300, 23))
def test_a_frame_that_goes_on_says_so_at_the_top_of_each_page(above: int, faces: Faces) -> None:
    report = Composer(faces, Tag("Document"))
    report.add([Strip(float(above or 1), painted)])
    with report.framed(Frame(edge="#D5DCE3"), continued="F-001, continued"):
        report.para("\n\n".join(["What was seen was set beside what the plan says. " * 9] * 30), after=0)
    first, *others = fill_pages(report.strips)
    assert not first.heads
    assert len(others) > 1
    for page in others:
        [head] = page.heads
        assert page.strips[0].top == pytest.approx(TOP + head.strip.height)
        assert not page.strips[0].strip.space


def test_a_frame_that_fits_is_not_told_to_go_on(faces: Faces) -> None:
    report = Composer(faces, Tag("Document"))
    report.add([Strip(ROOM - 40, painted)])
    with report.framed(Frame(), continued="F-001, continued"):
        report.para("Short.\n\nAnd shorter.")
    assert [page.heads for page in fill_pages(report.strips)] == [[], []]
