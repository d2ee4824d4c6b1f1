from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from qsin_desktop.store import picture_child
from qsin_desktop.store import previews as module
from qsin_desktop.store.picture_child import WORKER_WORD
from qsin_desktop.store.picture_worker import make_picture
from qsin_desktop.store.pieces import Pieces
from qsin_desktop.store.previews import Previews
from qsin_desktop.system.child import child_command
from tests.store.makers import made_visit, tree


class Shelf:
    """Pieces and previews of one visit."""

    def __init__(self, path: Path) -> None:
        self.folder, key = made_visit(path)
        self.pieces = Pieces(self.folder, key)
        self.previews = Previews(self.folder, key, self.pieces)

    def picture(self, content: bytes, group: str, edge: int = 200) -> bytes | None:
        stored = self.pieces.store(io.BytesIO(content))
        return self.previews.picture(stored.sha256, stored.pieces, stored.size, group, edge)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    one = Shelf(tmp_path / "A.qsin")
    yield one
    one.previews.close()


def image(kind: str, size: tuple[int, int] = (800, 400), mode: str = "RGB", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else (0, 128, 128, 0)).save(out, kind, **more)
    return out.getvalue()


def pdf(pages: int = 1) -> bytes:
    import pikepdf

    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(200, 100))
        out = io.BytesIO()
        made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "group", "size"),
    [
        (image("JPEG"), "photo", (200, 100)),
        (image("PNG"), "image", (200, 100)),
        (image("PNG", mode="RGBA"), "image", (200, 100)),
        (image("GIF", (30, 20)), "image", (30, 20)),
        (pdf(), "pdf", (200, 100)),
    ],
)
def test_a_picture_is_made_small_and_plain(
    content: bytes, group: str, size: tuple[int, int], shelf: Shelf
) -> None:
    made = shelf.picture(content, group)
    assert made is not None
    with Image.open(io.BytesIO(made)) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", size)


def test_what_is_see_through_lies_on_white() -> None:
    with Image.open(io.BytesIO(make_picture(image("PNG", mode="RGBA"), "image", 50))) as picture:
        assert picture.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("size", [(256, 4), (2560, 40)], ids=["as it is", "made smaller"])
def test_grey_of_sixteen_bits_keeps_its_shades(size: tuple[int, int]) -> None:
    """As scanners write it; cut off at eight bits, nearly all of it would be white."""
    ramp = Image.linear_gradient("L").rotate(90).resize(size).convert("I").point(lambda v: v * 257)
    out = io.BytesIO()
    ramp.convert("I;16").save(out, "PNG")
    shown = Image.open(io.BytesIO(make_picture(out.getvalue(), "photo", 256))).convert("L")
    shades = [shown.getpixel((x, 1)) for x in (20, 128, 235)]
    assert shades == pytest.approx([20, 128, 235], abs=6)


def test_a_photo_is_upright_and_keeps_nothing_of_where_it_was_taken(shelf: Shelf) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    made = shelf.picture(image("JPEG", exif=exif), "photo")
    assert made is not None
    with Image.open(io.BytesIO(made)) as picture:
        assert picture.size == (100, 200)
        assert not picture.getexif()


def test_it_is_made_once_and_kept_encrypted(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    content = image("JPEG")
    made = shelf.picture(content, "photo")
    stored = shelf.pieces.store(io.BytesIO(content))
    kept = [path for path in (shelf.folder.path / "previews").rglob("*") if path.is_file()]
    assert len(kept) == 1
    assert b"JFIF" not in kept[0].read_bytes()
    assert stored.sha256 not in str(kept[0])
    assert shelf.previews.kept(stored.sha256, 200) == made
    assert shelf.previews.kept(stored.sha256, 100) is None
    monkeypatch.setattr(module, "PictureChild", lambda: pytest.fail("must not be made again"))
    shelf.previews.close()
    assert shelf.picture(content, "photo") == made
    kept[0].write_bytes(kept[0].read_bytes()[:-1] + bytes([kept[0].read_bytes()[-1] ^ 1]))
    assert shelf.previews.kept(stored.sha256, 200) is None


@pytest.mark.parametrize(
    ("content", "group"),
    [
        (b"\xff\xd8\xff no picture", "photo"),
        (b"%PDF-1.7 no pages", "pdf"),
        (b"MZ", "image"),
        (b"GIF89a" + bytes(20), "image"),
        (image("PNG")[:-60], "image"),
    ],
)
def test_a_file_that_gives_no_picture_gives_none_and_is_not_tried_again(
    content: bytes, group: str, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shelf.picture(content, group) is None
    monkeypatch.setattr(shelf.previews, "_make", lambda *_: pytest.fail("must not be tried again"))
    assert shelf.picture(content, group) is None


def test_only_pictures_and_pdfs_of_a_bearable_size_are_looked_into(shelf: Shelf) -> None:
    assert shelf.picture(b"words", "document") is None
    assert shelf.previews.picture("s", (), 0, "photo", 100) is None
    assert shelf.previews.picture("s", ("p",), 1 << 40, "photo", 100) is None
    assert shelf.previews._bench._child is None


def test_an_exhibit_that_is_not_here_yet_is_asked_for_again(shelf: Shelf) -> None:
    content = image("JPEG")
    stored = shelf.pieces.store(io.BytesIO(content))
    shelf.pieces.remove(stored.pieces)
    assert shelf.previews.picture(stored.sha256, stored.pieces, stored.size, "photo", 100) is None
    assert shelf.picture(content, "photo", 100) is not None


@pytest.mark.skipif(os.name != "posix", reason="a signal that stops a process")
def test_a_child_that_hangs_is_ended_and_the_next_picture_is_made(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shelf.picture(image("PNG"), "image") is not None
    worker = shelf.previews._bench._child
    assert worker is not None
    monkeypatch.setattr(picture_child, "SECONDS_EACH", 0.2)
    worker._process.send_signal(signal.SIGSTOP)
    assert shelf.picture(image("PNG", (70, 70)), "image") is None
    assert worker._process.poll() is not None
    monkeypatch.setattr(picture_child, "SECONDS_EACH", 20.0)
    assert shelf.picture(image("PNG", (71, 71)), "image") is not None


def test_a_child_that_died_is_replaced(shelf: Shelf) -> None:
    assert shelf.picture(image("PNG"), "image") is not None
    worker = shelf.previews._bench._child
    assert worker is not None
    worker._process.kill()
    worker._process.wait()
    shelf.picture(image("PNG", (70, 70)), "image")
    assert shelf.picture(image("PNG", (71, 71)), "image") is not None


def test_a_bomb_of_pixels_gives_no_picture_and_takes_no_memory(shelf: Shelf) -> None:
    huge = Image.new("1", (30_000, 30_000))
    out = io.BytesIO()
    huge.save(out, "PNG")
    assert shelf.picture(out.getvalue(), "image") is None


def test_where_nothing_can_be_kept_pictures_are_still_made(shelf: Shelf) -> None:
    (shelf.folder.path / "previews").write_text("in the way", encoding="utf-8")
    assert shelf.picture(image("PNG"), "image") is not None
    assert "previews" in tree(shelf.folder.path)


def request(content: bytes, edge: int, group: str) -> bytes:
    return json.dumps({"group": group, "edge": edge, "size": len(content)}).encode() + b"\n" + content


def test_the_child_answers_each_request_and_ends_with_its_stdin() -> None:
    png = image("PNG")
    asked = request(png, 50, "image") + request(png, 50, "pdf") + request(png, 20, "photo")
    done = subprocess.run(child_command(WORKER_WORD), input=asked, capture_output=True, check=True)
    answers, rest = [], done.stdout
    while rest:
        size = int.from_bytes(rest[:4], "big")
        answers.append(rest[4 : 4 + size])
        rest = rest[4 + size :]
    assert [bool(answer) for answer in answers] == [True, False, True]
    assert done.stderr == b""


def test_one_made_beforehand_is_there_when_it_is_asked_for(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = shelf.pieces.store(io.BytesIO(image("JPEG")))
    asked = (stored.sha256, stored.pieces, stored.size, "photo", 100)
    assert not shelf.previews.has(stored.sha256, 100)
    made = shelf.previews.picture(*asked, beforehand=True)
    assert made is not None
    assert shelf.previews.has(stored.sha256, 100)
    assert shelf.previews._bench._child is None  # nobody who waits had to share its child
    monkeypatch.setattr(shelf.previews, "_make", lambda *_: pytest.fail("is there already"))
    assert shelf.previews.picture(*asked) == made


def test_one_broken_off_is_made_the_next_time(shelf: Shelf) -> None:
    stored = shelf.pieces.store(io.BytesIO(image("JPEG", (5000, 4000))))
    asked = (stored.sha256, stored.pieces, stored.size, "photo", 1600)
    answers: list[bytes | None] = []
    maker = threading.Thread(target=lambda: answers.append(shelf.previews.picture(*asked, beforehand=True)))
    maker.start()
    while shelf.previews._beside._child is None:
        maker.join(0.01)
    shelf.previews.stop_beforehand()
    maker.join()
    assert answers == [None]
    assert not shelf.previews.has(stored.sha256, 1600)
    assert shelf.previews.picture(*asked, beforehand=True) is None
    assert shelf.previews.picture(*asked) is not None


def test_no_picture_is_kept_of_what_is_being_removed(shelf: Shelf) -> None:
    stored = shelf.pieces.store(io.BytesIO(image("JPEG")))
    assert list(shelf.previews.paths_of(stored.sha256)) == []
    assert shelf.previews.picture(stored.sha256, stored.pieces, stored.size, "photo", 100) is not None
    assert not shelf.previews.has(stored.sha256, 100)
