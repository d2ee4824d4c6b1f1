from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PySide6.QtGui import QFont, QFontDatabase, QRawFont
from pytestqt.qtbot import QtBot
from reportlab.pdfbase.ttfonts import TTFont as PdfFont

from qsin_desktop import assets

STYLES = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700}
FACES = [f"Inter-{style}.ttf" for style in (*STYLES, "Italic")] + [
    "DejaVuSans.ttf",
    "DejaVuSans-Bold.ttf",
    "DejaVuSansMono.ttf",
]


def test_resources_lie_beside_the_package_in_a_checkout() -> None:
    assert assets.resource("fonts").parent == Path(__file__).resolve().parent.parent / "resources"


def test_resources_inside_the_package_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "qsin_desktop"
    (package / "resources" / "help").mkdir(parents=True)
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(assets, "__file__", str(package / "assets.py"))
    assert assets.resource("help") == package.resolve() / "resources" / "help"


def test_what_is_not_shipped_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="Inter-Nothing"):
        assets.resource("fonts", "Inter-Nothing.ttf")


@pytest.mark.parametrize("name", FACES)
def test_each_face_is_a_static_truetype_that_a_pdf_can_embed(name: str) -> None:
    path = assets.resource("fonts", name)
    face = TTFont(path)
    assert "glyf" in face
    assert "fvar" not in face
    assert PdfFont(path.stem, str(path)).face.name.decode() == path.stem


@pytest.mark.parametrize(("style", "weight"), STYLES.items())
def test_qt_tells_the_weights_of_one_family_apart(qtbot: QtBot, style: str, weight: int) -> None:
    for name in FACES:
        assert QFontDatabase.addApplicationFont(str(assets.resource("fonts", name))) != -1
    font = QFont("Inter")
    font.setWeight(QFont.Weight(weight))
    drawn = QRawFont.fromFont(font)
    assert (drawn.familyName(), drawn.styleName(), drawn.weight()) == ("Inter", style, weight)


@pytest.mark.parametrize("name", ["Inter-OFL.txt", "DejaVu-LICENCE.txt"])
def test_fonts_come_with_their_licence(name: str) -> None:
    text = assets.resource("fonts", name).read_text(encoding="utf-8")
    assert "Copyright" in text
    assert len(text) > 4000
