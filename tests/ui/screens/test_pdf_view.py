from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from qsin_desktop.ui.screens.pdf_pages import PdfPages, PdfUnreadable
from qsin_desktop.ui.screens.pdf_view import PdfView
from qsin_desktop.ui.theme import Theme
from tests.ui.hands import press


@pytest.fixture(scope="module")
def content() -> bytes:
    """Three pages of A5, each with a black square at its top left."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(420, 595))
    for _ in range(3):
        canvas.rect(0, 545, 50, 50, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def view(theme: Theme, content: bytes, show: Callable[[PdfView], PdfView]) -> PdfView:
    view = show(PdfView())
    view.show_pages(PdfPages(BytesIO(content)))
    return view


def test_pages_are_drawn_at_the_width_asked_for(content: bytes) -> None:
    file = BytesIO(content)
    pages = PdfPages(file)
    picture = pages.picture(0, 840)
    assert (picture.width(), picture.height()) == (840, 1190)
    assert picture.pixelColor(20, 20).name() == "#000000"
    assert picture.pixelColor(400, 600).name() == "#ffffff"
    assert pages.picture(0, 840) is picture
    pages.close()
    assert file.closed


@pytest.mark.parametrize("rubbish", [b"", b"not a PDF", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_refused(rubbish: bytes) -> None:
    file = BytesIO(rubbish)
    with pytest.raises(PdfUnreadable):
        PdfPages(file)
    assert file.closed


def test_keys_go_through_the_pages(view: PdfView) -> None:
    told: list[int] = []
    view.page_changed.connect(told.append)
    press("End", view)
    assert view.page == 2
    press("Home", view)
    assert (view.page, told[0]) == (0, 2)
    press("PgDown", view)
    press("PgDown", view)
    assert view.page >= 1


def test_larger_and_smaller_keep_the_page_in_sight(view: PdfView) -> None:
    view.go_to(1)
    before = view.zoom
    press("+", view)
    assert view.zoom == pytest.approx(before * 1.2)
    assert view.page == 1
    press("-", view)
    press("-", view)
    assert view.zoom < before
    press("0", view)
    assert view.zoom == pytest.approx(before)
    for _ in range(30):
        press("-", view)
    assert view.zoom == pytest.approx(0.3)


def test_a_narrow_view_fits_the_page_into_it(view: PdfView) -> None:
    view.resize(500, 400)
    assert view.zoom * 420 <= 500


def test_an_emptied_view_holds_nothing(view: PdfView) -> None:
    view.clear()
    assert view.count == 0
    press("End", view)
    view.grab()
