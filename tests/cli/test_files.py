"""Files that cannot be evidence, places that cannot take a document, names of every kind."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from qsin_desktop.actions.pictures import PRINTED
from tests.cli.conftest import Answer, Cli
from tests.founding import opened

B = "IN-301.b"
LINUX = os.name == "posix" and os.uname().sysname == "Linux"


@contextmanager
def listening(path: Path) -> Iterator[None]:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))
        yield


def a_directory(place: Path) -> Path:
    (place / "hollow").mkdir()
    return place / "hollow"


def a_pipe(place: Path) -> Path:
    os.mkfifo(place / "pipe")
    return place / "pipe"


def a_link_to_nothing(place: Path) -> Path:
    (place / "link").symlink_to(place / "gone")
    return place / "link"


def a_link_to_itself(place: Path) -> Path:
    (place / "loop").symlink_to(place / "loop")
    return place / "loop"


def an_empty_file(place: Path) -> Path:
    (place / "zero.txt").touch()
    return place / "zero.txt"


def a_huge_file(place: Path) -> Path:
    """Sparse: refused by its size, before a byte of it is read."""
    path = place / "huge.bin"
    path.touch()
    os.truncate(path, (2 << 30) + 1)
    return path


UNFIT: dict[str, tuple[Callable[[Path], Path], str]] = {
    "an empty folder": (a_directory, "no file in “hollow”"),
    "a pipe": (a_pipe, "is a pipe, not a file"),
    "a device": (lambda _: Path("/dev/zero"), "is a device, not a file"),
    "a link to nothing": (a_link_to_nothing, "no longer there"),
    "a link to itself": (a_link_to_itself, "symbolic links"),
    "an empty file": (an_empty_file, "is empty (0 bytes)"),
    "a file that is gone": (lambda place: place / "gone.pdf", "no longer there"),
    "a file of more than 2 GiB": (a_huge_file, "larger than 2 GiB"),
    "a name longer than any": (lambda place: place / ("n" * 300), "too long"),
    "a file of the visit": (
        lambda place: place / "lead" / "Thames Estuary 2026.qsin" / "visit.db",
        "is part of",
    ),
    "the folder of visits": (lambda place: place / "lead", "holds files of the visit"),
}


@pytest.mark.skipif(not LINUX, reason="kinds of file as Linux has them")
@pytest.mark.parametrize("case", UNFIT)
def test_what_cannot_be_evidence_is_refused_in_one_sentence(
    case: str, cli: Cli, visit: Path, tmp_path: Path, intact: Callable[[], int]
) -> None:
    make, said = UNFIT[case]
    before = intact()
    answer = cli("attach", visit, make(tmp_path), "--to", B, "--json")
    assert said in answer.refused()
    assert intact() == before
    assert not [path for path in (visit / "exhibits").rglob("*") if path.is_file()]


@pytest.mark.skipif(not LINUX, reason="sockets lie in folders there")
def test_a_socket_is_no_evidence(
    cli: Cli, visit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with listening(Path("sock")):
        assert "is a socket, not a file" in cli("attach", visit, "sock").refused()


def test_a_file_is_not_copied_for_a_place_that_does_not_exist(cli: Cli, visit: Path) -> None:
    for more in (
        ["--to", "IN-9"],
        ["--to-finding", "F-9"],
        ["--locator", "l" * 501],
        ["--caption", "c" * 501],
    ):
        cli("attach", visit, __file__, *more).refused()
    assert not [path for path in (visit / "exhibits").rglob("*") if path.is_file()]


NAMES = {
    "plain": ("policy.txt", "policy.txt"),
    "of 250 characters": ("n" * 246 + ".txt", "n" * 246 + ".txt"),
    "of signs that Windows forbids": ('a:b*c?"<>|.txt', 'a:b*c?"<>|.txt'),
    "turned round by a mark": ("fdp.\u202etxt.exe", "fdp.txt.exe"),
    "steering the terminal": ("e\x1b[31m\n.txt", "e[31m.txt"),
    "in Arabic": ("تقرير.txt", "تقرير.txt"),
    "decomposed": ("w\u0302.txt", "\u0175.txt"),
    "not in UTF-8": (os.fsdecode(b"caf\xe9\xff.txt"), "caf??.txt"),
}


@pytest.mark.skipif(not LINUX, reason="names that other systems do not let us make")
@pytest.mark.parametrize("case", NAMES)
def test_a_file_by_any_name_is_attached_under_a_name_that_can_be_shown(
    case: str, cli: Cli, visit: Path, tmp_path: Path, intact: Callable[[], int]
) -> None:
    name, recorded = NAMES[case]
    (tmp_path / name).write_text("the same in all", encoding="utf-8")
    said = cli("attach", visit, tmp_path / name, "--to", B)
    assert said.out.isprintable() or said.out[:-1].isprintable()
    assert (said.code, said.err, said.out.count("\n")) == (0, "", 1)
    again = cli("attach", visit, tmp_path / name, "--to", B, "--json").json["attached"][0]
    assert (again["name"], again["exhibit"], again["known"]) == (recorded, "E-001", True)
    out = tmp_path / "out.txt"
    assert cli("copy-out", visit, "E-001", out).code == 0
    assert out.read_text(encoding="utf-8") == "the same in all"
    intact()


def test_of_several_files_the_refused_are_named_and_the_others_attached(
    cli: Cli, visit: Path, tmp_path: Path
) -> None:
    place = tmp_path / "box"
    (place / "in it").mkdir(parents=True)
    for name, text in (
        ("a.txt", "a"),
        ("b.txt", ""),
        ("in it/c.txt", "c"),
        (".hidden", "h"),
        ("Thumbs.db", "t"),
    ):
        (place / name).write_text(text, encoding="utf-8")
    answer = cli("attach", visit, place, tmp_path / "gone", "--to", B, "--json")
    assert answer.code == 1
    assert [line.split("”")[0] for line in answer.err.splitlines()] == ["“b.txt", "“gone"]
    attached = Answer((), 0, answer.out, "").json["attached"]
    assert [one["name"] for one in attached] == ["a.txt", "c.txt"]


def test_the_report_s_copy_of_a_photo_is_made_when_it_is_attached(
    cli: Cli, visit: Path, tmp_path: Path
) -> None:
    Image.new("RGB", (2400, 1800), (90, 120, 150)).save(tmp_path / "scanner.jpg")
    told = cli("attach", visit, tmp_path / "scanner.jpg", "--to", B, "--json").json
    with opened(visit) as kept:
        assert kept.previews.has(told["attached"][0]["sha256"], PRINTED)


def test_one_exhibit_has_as_many_places_as_are_named(cli: Cli, visit: Path) -> None:
    cli("attach", visit, __file__, "--to", B, "--to", "IN-301 b", "--locator", "page 1")
    cli("attach", visit, __file__, "--to", B, "--locator", "page 1")
    cli("attach", visit, __file__, "--to", B, "--locator", "page 2", "--caption", "again")
    cli("attach", visit, __file__, "--to", B)
    shown = cli("show", visit, B, "--json").json["exhibits"]
    assert [(one["exhibit"], one["locator"], one["caption"]) for one in shown] == [
        ("E-001", "page 1", ""),
        ("E-001", "page 2", "again"),
    ]


def test_cited_in_hundreds_of_places_at_once(cli: Cli, visit: Path) -> None:
    places = [
        word
        for criterion in cli("show", visit, "--json").json["missing"]
        for word in ("--to", criterion["criterion"])
    ]
    done = cli("attach", visit, __file__, *places[:-2])
    assert done.code == 0, done.err
    assert "more" in cli("trail", visit).out.splitlines()[-1]


def test_the_kind_is_known_by_what_is_in_the_file(cli: Cli, visit: Path, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"MZ\x90\0" + bytes(100))
    assert cli("attach", visit, photo, "--json").json["attached"][0]["kind"] == "Windows program"


PLACES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a folder": (a_directory, "a folder has this name"),
    "no folder": (lambda place: place / "gone" / "r.pdf", "there is no folder"),
    "a file for a folder": (lambda place: an_empty_file(place) / "r.pdf", "there is no folder"),
    "a pipe": (a_pipe, "a device or a pipe"),
    "a device": (lambda _: Path("/dev/zero"), "a device or a pipe"),
    "a file of the visit": (
        lambda place: place / "lead" / "Thames Estuary 2026.qsin" / "visit.db",
        "inside the visit",
    ),
    "a name longer than any": (lambda place: place / ("n" * 300), "too long"),
}


@pytest.mark.skipif(not LINUX, reason="kinds of file as Linux has them")
@pytest.mark.parametrize("case", PLACES)
@pytest.mark.parametrize("command", ["--pdf", "--xlsx", "copy-out"])
def test_a_place_that_takes_no_document_is_refused_and_left_as_it_was(
    case: str, command: str, cli: Cli, visit: Path, tmp_path: Path, intact: Callable[[], int]
) -> None:
    make, said = PLACES[case]
    cli("attach", visit, __file__)
    place = make(tmp_path)
    before, stood = intact(), sorted(tmp_path.rglob("*"))
    words = (
        ["copy-out", visit, "E-001", place] if command == "copy-out" else ["export", visit, command, place]
    )
    assert said in cli(*words, "--json").refused()
    assert (intact(), sorted(tmp_path.rglob("*"))) == (before, stood)


@pytest.mark.skipif(not LINUX, reason="names that other systems do not let us make")
def test_a_report_under_a_name_that_is_not_utf_8_is_in_the_trail(
    cli: Cli, visit: Path, tmp_path: Path
) -> None:
    path = tmp_path / os.fsdecode(b"r\xff.xlsx")
    assert cli("export", visit, "--xlsx", path).code == 0
    assert cli("verify", path, "--visit", visit, "--json").json["made_from_visit"]["file"] == "r?.xlsx"


def test_of_two_documents_the_one_that_was_made_is_told(cli: Cli, visit: Path, tmp_path: Path) -> None:
    answer = cli("export", visit, "--pdf", tmp_path / "r.pdf", "--xlsx", tmp_path, "--json")
    assert answer.code == 1
    assert "a folder has this name" in answer.sentence()
    assert list(Answer((), 0, answer.out, "").json) == ["report"]


def test_a_document_is_known_again_until_a_byte_of_it_is_changed(
    cli: Cli, visit: Path, tmp_path: Path
) -> None:
    pdf, xlsx = tmp_path / "r.pdf", tmp_path / "r.xlsx"
    assert cli("export", visit, "--pdf", pdf, "--xlsx", xlsx).code == 0
    assert cli("verify", pdf, "--visit", visit, "--json").json["made_from_visit"]["by"] == "Lena Lead"
    assert cli("verify", xlsx, "--visit", visit, "--json").json["kind"] == "workbook"
    assert "a workbook" in cli("verify", xlsx, "--visit", visit).out
    pdf.write_bytes(pdf.read_bytes() + b"\n")
    changed = cli("verify", pdf, "--visit", visit)
    assert (changed.code, "Something was added to the end of this file" in changed.out) == (1, True)
    xlsx.write_bytes(xlsx.read_bytes() + b"\n")
    assert "not a PDF" in cli("verify", xlsx, "--visit", visit).out


_DO_NOT_RELY = "Do not rely on this file; ask whoever sent it for the original."
JUNK = {"junk": b"%PDF-1.4 junk", "empty": b"", "text": b"hello"}


@pytest.mark.parametrize("case", JUNK)
def test_a_file_that_is_no_document_is_not_verified(case: str, cli: Cli, visit: Path, tmp_path: Path) -> None:
    path = tmp_path / f"{case}.pdf"
    path.write_bytes(JUNK[case])
    for more in ([], ["--visit", visit]):
        told = cli("verify", path, *more)
        said = "“empty.pdf” is empty, so nothing can be said about it." if case == "empty" else _DO_NOT_RELY
        assert (told.code, told.sentence()) == (1, said)
        assert case == "empty" or "not a PDF" in told.out or "damaged" in told.out
    assert "not a visit folder" in cli("verify", tmp_path).refused()
    assert "not a file that is there" in cli("verify", tmp_path / "gone").refused()


TWICE = """id: p
title: P
edition: '1'
publisher: N
licence: none
series:
- code: '100'
  title: S
  standards:
  - code: A
    title: A
    criteria: [{letter: a, title: One}, {letter: a, title: Two}]
"""

BAD_PACKS = {
    "wrong types": ("id: 7\ntitle: [a]\nseries: word\n", "line 1"),
    "duplicate codes": (TWICE, "line 12"),
    "an alias bomb": (
        "a: &a [x, x, x]\n"
        + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)),
        "line",
    ),
    "no text": ("\x00\x01", ""),
    "empty": ("", "the file is empty"),
}


@pytest.mark.parametrize("case", BAD_PACKS)
def test_a_bad_pack_is_told_line_by_line_and_founds_nothing(
    case: str, cli: Cli, home: Path, tmp_path: Path
) -> None:
    text, said = BAD_PACKS[case]
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    checked = cli("pack", "check", path)
    assert (checked.code, checked.out) == (1, "")
    assert all(line.startswith("bad.yaml: ") and said in checked.err for line in checked.err.splitlines())
    words = ["--pack", path, "--network", "W", "--assessor", "Lena Lead", "--key-file", tmp_path / "k"]
    cli("new", tmp_path / "n.qsin", *words).refused()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["bad.yaml", "home"]


@pytest.mark.skipif(not LINUX, reason="kinds of file as Linux has them")
@pytest.mark.parametrize("words", [["check", "F"], ["import", "F", "OUT"]], ids=["check", "import"])
@pytest.mark.parametrize(
    "make", [a_directory, a_pipe, an_empty_file, lambda _: Path("/dev/zero"), lambda p: p / "no"]
)
def test_a_pack_that_is_no_file(
    words: list[str], make: Callable[[Path], Path], cli: Cli, tmp_path: Path
) -> None:
    places = {"F": make(tmp_path), "OUT": tmp_path / "out.yaml"}
    assert cli("pack", *(places.get(word, word) for word in words)).refused()
    assert not (tmp_path / "out.yaml").exists()


def test_a_template_is_not_written_over_what_is_there_unless_asked(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_text("mine", encoding="utf-8")
    assert "was not replaced" in cli("pack", "template", path).refused()
    assert path.read_text(encoding="utf-8") == "mine"
    assert cli("pack", "template", path, "--overwrite").code == 0
    assert "“publisher” is empty" in cli("pack", "check", path).err
