"""A PDF as pictures of its pages, through the child."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4, A5
from reportlab.pdfgen.canvas import Canvas

from qsin_desktop.store.page_pictures import PagePictures, PagesUnreadable


def held(content: bytes) -> Callable[[], BinaryIO]:
    return lambda: io.BytesIO(content)


def two_pages() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.rect(0, 0, 100, 100, fill=1)
    canvas.showPage()
    canvas.setPageSize(A5)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_each_page_is_drawn_at_the_size_that_is_asked_for() -> None:
    with PagePictures(held(two_pages())) as pages:
        assert [tuple(map(round, size)) for size in pages.sizes] == [(595, 842), (420, 595)]
        first = Image.open(io.BytesIO(pages.picture(0, 1000)))
        second = Image.open(io.BytesIO(pages.picture(1, 500)))
    assert max(first.size) in (1000, 1001)
    assert max(second.size) in (500, 501)
    assert first.convert("L").getpixel((5, first.height - 5)) == 0
    assert second.convert("L").getextrema() == (255, 255)


@pytest.mark.parametrize("content", [b"", b"no PDF at all", two_pages()[:300]])
def test_what_cannot_be_drawn_is_one_sentence(content: bytes) -> None:
    with pytest.raises(PagesUnreadable, match="could not be drawn here"):
        PagePictures(held(content))


def test_a_file_that_is_gone_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(PagesUnreadable):
        PagePictures(lambda: (tmp_path / "gone.pdf").open("rb"))


def test_a_page_that_is_not_there_is_one_sentence() -> None:
    with PagePictures(held(two_pages())) as pages, pytest.raises(PagesUnreadable):
        pages.picture(7, 100)
