"""A body's template is checked line by line; what may not be left out of a report is said."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from qsin_desktop.domain.templates import (
    PLAIN,
    TEXTS,
    ReportTemplate,
    Section,
    contrast,
    is_readable,
    made_readable,
)
from qsin_desktop.packs.reading import read_pack
from qsin_desktop.packs.refusals import CannotWrite, FileInTheWay, FrozenPackDamaged
from qsin_desktop.packs.shipped import TEMPLATES, schema
from qsin_desktop.packs.templates import (
    TemplateRefused,
    check_template,
    read_template,
    template_from_bytes,
    template_to_bytes,
    write_example,
)
from tests.packs.bad_cases import PACK

SOUND = "body: The Body\n"
OPTIONAL = {"about_this_report", "summary", "good_practice"}
NEEDED = [section for section in Section if section.value not in OPTIONAL]


def folder_with(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "body"
    folder.mkdir()
    (folder / "template.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_example_is_sound_and_says_what_there_is(tmp_path: Path) -> None:
    path = write_example(tmp_path / "ours")
    template = read_template(tmp_path / "ours")
    assert (template.name, template.body) == ("ours", "Name of your body")
    assert template.sections == tuple(section.value for section in Section)
    told = path.read_text(encoding="utf-8")
    published = schema(TEMPLATES)["properties"]
    assert set(TEXTS) == set(published["texts"]["properties"])
    for name in [*published, *TEXTS, *published["show"]["properties"]]:
        assert f"{name}:" in told


def test_an_example_replaces_nothing(tmp_path: Path) -> None:
    write_example(tmp_path / "ours")
    with pytest.raises(FileInTheWay):
        write_example(tmp_path / "ours")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for bad in (tmp_path / "file", tmp_path / "not there" / "deeper"):
        with pytest.raises(CannotWrite):
            write_example(bad)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("contact: somewhere\n", 1, "“body” is missing"),
        (f"{SOUND}colour: red\n", 2, "Did you mean “colours”?"),
        (f"{SOUND}texts:\n  disclamer: x\n", 3, "Did you mean “disclaimer”?"),
        (f"{SOUND}texts:\n  title: ''\n", 3, "is empty; leave it out instead"),
        (f"{SOUND}colours: {{accent: '#F2B53A'}}\n", 2, "too pale to be read"),
        (f"{SOUND}colours: {{accent: blue}}\n", 2, "six hexadecimal digits"),
        (f"{SOUND}colours: {{accent: 123456}}\n", 2, "must be text; put it in quotes"),
        (f"{SOUND}logo: nowhere.png\n", 2, "is a file that is not there"),
        (f"{SOUND}logo: ../logo.png\n", 2, "must be a file in the folder"),
        (f"{SOUND}logo: template.yaml\n", 2, "not a whole PNG, JPEG or SVG"),
        (f"{SOUND}language: english\n", 2, "a code of a language"),
        (f"{SOUND}show: {{heat_map: perhaps}}\n", 2, "must be true or false"),
        (f"{SOUND}sections: [summary, verdict]\n", 2, "must be one of"),
        (f"{SOUND}format: 2\n", 2, "this program reads 1 only"),
        (f"{SOUND}body: Again\n", 2, "twice"),
        (f'{SOUND}contact: "a\u202eb"\n', 2, "turns the writing direction"),
        ("body: [\n", None, ""),
        ("", None, "empty"),
    ],
)
def test_each_error_has_its_line(tmp_path: Path, text: str, line: int | None, told: str) -> None:
    errors = check_template(folder_with(tmp_path, text)).errors
    assert any(told in error.reason for error in errors), errors
    assert line is None or line in {error.line for error in errors if told in error.reason}


@pytest.mark.parametrize("section", NEEDED)
def test_what_every_report_must_hold_cannot_be_left_out(tmp_path: Path, section: Section) -> None:
    kept = [s.value for s in Section if s is not section]
    errors = check_template(folder_with(tmp_path, f"{SOUND}sections: [{', '.join(kept)}]\n")).errors
    assert [error.line for error in errors] == [2]
    assert f"“{section.value}” cannot be left out" in errors[0].reason


def test_the_rest_may_be_left_out_and_moved_but_signatures_stay_last(tmp_path: Path) -> None:
    few = [s.value for s in NEEDED]
    moved = [few[1], few[0], *few[2:]]
    folder = folder_with(tmp_path, f"{SOUND}sections: [{', '.join(moved)}]\n")
    assert read_template(folder).sections == tuple(moved)
    wrong = folder_with(tmp_path / "body", f"{SOUND}sections: [signatures, {', '.join(few[:-1])}]\n")
    with pytest.raises(TemplateRefused, match="The signatures come last"):
        read_template(wrong)


def test_a_template_within_a_pack_is_read_with_it(tmp_path: Path) -> None:
    """With the same fields and a logo beside the pack."""
    text = (
        "body: The Body\ncolours: {accent: '#6A1B5E'}\nlogo: logo.png\ntexts: {closing: Appeal.}\n"
        "show: {photos: false}\n"
    )
    folder = folder_with(tmp_path, text)
    Image.new("L", (40, 20)).save(folder / "logo.png")
    within = "".join(f"  {line}\n" for line in text.splitlines())
    (folder / "pack.yaml").write_text(f"{PACK}template:\n{within}", encoding="utf-8")
    assert read_pack(folder / "pack.yaml").template == replace(read_template(folder), name="small")


def test_a_huge_logo_is_refused(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, f"{SOUND}logo: logo.png\n")
    Image.new("L", (4100, 10)).save(folder / "logo.png")
    assert "4000 pixels" in check_template(folder).errors[0].reason
    (folder / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(300_000))
    assert "200 kB" in check_template(folder).errors[0].reason


@pytest.mark.parametrize("name", ["file", "nothing here"])
def test_no_folder_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (error,) = check_template(tmp_path / name).errors
    assert "it is no folder" in error.reason


def test_a_refusal_names_the_first_error_and_how_many_more(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "body: ''\ncolour: red\n")
    with pytest.raises(TemplateRefused, match=r"“body” cannot be used: line 1: .* It has 1 more"):
        read_template(folder)


colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06X}")


@given(colours)
def test_a_proposed_shade_can_be_read(colour: str) -> None:
    assert is_readable(made_readable(colour))
    assert made_readable(colour) == colour if is_readable(colour) else contrast(colour) < 6


templates = st.builds(
    ReportTemplate,
    name=st.text(max_size=20),
    body=st.text(max_size=20),
    accent=st.just("") | colours,
    texts=st.lists(st.tuples(st.sampled_from(list(TEXTS)), st.text(max_size=30)), max_size=3).map(tuple),
    sections=st.permutations([s.value for s in Section]).map(tuple) | st.just(()),
    photos=st.booleans(),
)


@given(templates)
def test_the_copy_reads_back_exactly(template: ReportTemplate) -> None:
    assert template_from_bytes(template_to_bytes(template)) == template


@pytest.mark.parametrize(
    "frozen",
    [
        b"",
        b"{}",
        b"[1]",
        template_to_bytes(PLAIN)[:-1],
        template_to_bytes(replace(PLAIN, accent="red")),
        template_to_bytes(replace(PLAIN, sections=("verdict",))),
        template_to_bytes(PLAIN).replace(b'"format":1', b'"format":2'),
        template_to_bytes(PLAIN).replace(b'"photos":true', b'"photos":1'),
    ],
)
def test_a_damaged_copy_is_told(frozen: bytes) -> None:
    with pytest.raises(FrozenPackDamaged):
        template_from_bytes(frozen)


def test_an_svg_logo_is_kept_as_a_sharp_picture_and_a_bad_one_is_told_with_its_line(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, f"{SOUND}logo: logo.svg\n")
    sound = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 190 46"><circle r="40"/></svg>'
    (folder / "logo.svg").write_text(sound, encoding="utf-8")
    logo = read_template(folder).logo
    head, _, encoded = logo.partition(",")
    assert head == "data:image/png;base64"
    with Image.open(io.BytesIO(base64.b64decode(encoded))) as picture:
        assert picture.width / (190 / 72) > 600
    (folder / "logo.svg").write_text(sound.replace("<circle", "<script/><circle"), encoding="utf-8")
    (error,) = check_template(folder).errors
    assert (error.line, "holds a script" in error.reason) == (2, True)
