"""An SVG from anywhere becomes pixels or a sentence, and nothing that it names is looked at."""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from qsin_desktop.assets import resource
from qsin_desktop.foreign_drawings.drawing import svg_as_png
from qsin_desktop.foreign_drawings.gate import DrawingRefused, checked_text, looks_like_svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
SIZED = f'{HEAD}viewBox="0 0 400 100">'
DISC = '<circle cx="50" cy="50" r="40" fill="#0B5CAD"/>'


def drawn(svg: str | bytes) -> Image.Image:
    raw = svg.encode() if isinstance(svg, str) else svg
    png = svg_as_png(raw, 1600, 400, [resource("fonts", "Inter-Regular.ttf")])
    return Image.open(io.BytesIO(png)).convert("RGBA")


def test_it_fills_the_room_it_has_and_stays_see_through() -> None:
    picture = drawn(f"{SIZED}{DISC}</svg>")
    assert picture.size == (1600, 400)
    assert picture.getpixel((200, 200)) == (0x0B, 0x5C, 0xAD, 255)
    assert picture.getpixel((1500, 200)) == (0, 0, 0, 0)
    upright = drawn(f'{HEAD}width="20mm" height="80mm">{DISC}</svg>')
    assert upright.height == 400
    assert abs(upright.width - 100) <= 1


def test_words_of_a_typeface_that_is_not_there_are_drawn_all_the_same() -> None:
    words = f'{SIZED}<text x="0" y="70" font-size="60" font-family="No Such Face">Body</text></svg>'
    left, top, right, bottom = drawn(words).getchannel("A").getbbox() or (0, 0, 0, 0)
    assert right - left > 300
    assert bottom - top > 100


def test_what_drawing_programs_write_is_taken() -> None:
    abbreviated = (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [\n<!ENTITY ns_svg "http://www.w3.org/2000/svg">]>\n'
        '<svg xmlns="&ns_svg;" viewBox="0 0 400 100"><style>.a{fill:#0B5CAD}</style>'
        '<a href="https://www.example.org"><circle class="a" cx="50" cy="50" r="40"/></a></svg>'
    )
    assert drawn(abbreviated).getpixel((200, 200)) == (0x0B, 0x5C, 0xAD, 255)
    wide = f'<?xml version="1.0" encoding="UTF-16"?>{SIZED}{DISC}</svg>'.encode("utf-16")
    assert looks_like_svg(wide)
    assert drawn(wide).getpixel((200, 200)) == (0x0B, 0x5C, 0xAD, 255)
    latin = f'<?xml version="1.0" encoding="ISO-8859-1"?>{SIZED}<title>Café</title>{DISC}</svg>'
    assert drawn(latin.encode("latin-1")).getpixel((200, 200)) == (0x0B, 0x5C, 0xAD, 255)


BOMB = "".join(f'<!ENTITY e{n} "' + f"&e{n - 1};" * 10 + '">' for n in range(1, 9))
USES = "".join(f'<g id="u{n}">' + f'<use href="#u{n - 1}"/>' * 10 + "</g>" for n in range(1, 10))
HUGE = (
    '<filter id="f"><feTurbulence baseFrequency="0.9" numOctaves="9999999"/>'
    '<feGaussianBlur stdDeviation="99999"/></filter><rect width="400" height="100" filter="url(#f)"/>'
)


@pytest.mark.parametrize(
    ("svg", "told"),
    [
        (f'<!DOCTYPE svg [<!ENTITY e0 "ha">{BOMB}]>{SIZED}<text>&e8;</text></svg>', "entities"),
        (
            f'<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>{SIZED}<text>&e;</text></svg>',
            "entities",
        ),
        (f'{SIZED}<image href="file:///etc/logo.png" width="9" height="9"/></svg>', "another file"),
        (f'{SIZED}<image xlink:href="https://example.org/a.png"/></svg>', "another file"),
        (f'{SIZED}<image href="/etc/hostname" width="9" height="9"/>{DISC}</svg>', "another file"),
        (f'{SIZED}<use href="other.svg#part"/></svg>', "another file"),
        (f'{SIZED}<image href="data:image/svg+xml;base64,AAAA"/></svg>', "another file"),
        (f'{SIZED}<rect style="fill:url(https://example.org)" width="9" height="9"/></svg>', "another file"),
        (f'{SIZED}<style>@import "a.css";</style>{DISC}</svg>', "another file"),
        (f"{SIZED}<style>@\\69mport url(a.css);</style>{DISC}</svg>", "another file"),
        (f'<?xml-stylesheet href="a.css"?>{SIZED}{DISC}</svg>', "another file"),
        (f"{SIZED}<script>alert(1)</script>{DISC}</svg>", "holds a script"),
        (f'{SIZED}<circle onclick="alert(1)" r="9"/></svg>', "holds a script"),
        (f"{SIZED}{'<g>' * 300}{'</g>' * 300}</svg>", "too many parts"),
        (f"{SIZED}{'<g/>' * 60_000}</svg>", "too many parts"),
        (f"{SIZED}</svg>", "nothing is to be seen"),
        (f"{HEAD}>{DISC}</svg>", "how large"),
        (f'{HEAD} viewBox="0 0 0 0">{DISC}</svg>', "“0 0 0 0” .*left, top, width and height"),
        (f'{HEAD} viewBox="0 0 nan 9">{DISC}</svg>', "left, top, width and height"),
        (f'{HEAD} viewBox="0 0 9">{DISC}</svg>', "left, top, width and height"),
        (f'{HEAD} viewBox="0 0 9000 3">{DISC}</svg>', "seen as a line"),
        (f'{HEAD} viewBox="0 0 9 9" width="0" height="0">{DISC}</svg>', "without a width or height"),
        (f'{HEAD} viewBox="900 900 .001 .001">{DISC}</svg>', "viewBox.* page fitted to the drawing"),
        ('<svg viewBox="0 0 9 9"><circle r="9"/></svg>', "namespace"),
        ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "other kind of XML"),
        (f"{SIZED}<circle", "not well-formed"),
        (f"{SIZED}<!--{'x' * 2_000_001}-->{DISC}</svg>", "larger than 2 MB"),
        (f'{SIZED}<g id="u0">{DISC}</g>{USES}</svg>', "nodes limit|time or memory"),
    ],
)
def test_what_is_refused_is_told(svg: str, told: str) -> None:
    with pytest.raises(DrawingRefused, match=told):
        svg_as_png(svg.encode(), 1600, 400)


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qsin_desktop.foreign_drawings.drawing.SECONDS", 4.0)
    with pytest.raises(DrawingRefused, match="time or memory"):
        svg_as_png(f"{SIZED}{HUGE}</svg>".encode(), 1600, 400)


def test_a_child_that_says_nonsense_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    for said in ("", "Pno picture", "Z", "P" + "x" * 5_000_000):
        command = [sys.executable, "-c", f"import sys; sys.stdin.buffer.read(); print({said!r}, end='')"]
        monkeypatch.setattr("qsin_desktop.system.child.child_command", lambda _, command=command: command)
        with pytest.raises(DrawingRefused, match="time or memory"):
            svg_as_png(f"{SIZED}{DISC}</svg>".encode(), 160, 40)


def test_the_program_itself_is_the_child(tmp_path: Path) -> None:
    request = b'{"width": 160, "height": 40, "fonts": []}\n' + f"{SIZED}{DISC}</svg>".encode()
    command = [sys.executable, "-m", "qsin_desktop", "--drawing-worker"]
    answer = subprocess.run(command, input=request, stdout=subprocess.PIPE, check=True, cwd=tmp_path)
    assert answer.stdout.startswith(b"P\x89PNG")
    assert not list(tmp_path.iterdir())


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda t: f"{SIZED}{t}</svg>".encode()))
def test_the_gate_answers_text_or_refuses(raw: bytes) -> None:
    with suppress(DrawingRefused):
        assert "svg" in checked_text(raw)
