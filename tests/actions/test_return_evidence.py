"""Files that came with a return become exhibits of the findings they belong to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qsin_desktop.actions import evidence, return_evidence
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.return_evidence import NoEvidenceFolder
from qsin_desktop.actions.returning import (
    apply_return,
    preview_return,
)
from qsin_desktop.domain.responses import Response
from tests.actions.answering import come_home, id_of, two_answers
from tests.report.returned.returning import FIRST, Findings


def test_evidence_by_number_and_by_reference(judged: OpenVisit, tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    (folder / "F-002").mkdir(parents=True)
    for name, words in {
        "F-001 owners.txt": "owners",
        "Asset register.csv": "id,room",
        "F-002/scan.txt": "scan",
        "holiday.txt": "sea",
        "owners copy.txt": "owners",
    }.items():
        (folder / name).write_text(words, encoding="utf-8")

    def fill(sheet: Findings) -> None:
        sheet[FIRST, Response.EVIDENCE] = "See owners copy.txt and minutes.pdf, item 3 (log (final).docx)"
        sheet[FIRST + 1, Response.EVIDENCE] = "Asset register, page 2"

    path = come_home(judged, tmp_path / "out.xlsx", fill)
    preview = preview_return(judged, path, evidence=folder)
    assert {(f.path.name, f.numbers) for f in preview.evidence} == {
        ("F-001 owners.txt", ("F-001",)),
        ("owners copy.txt", ("F-001",)),
        ("Asset register.csv", ("F-002",)),
        ("scan.txt", ("F-002",)),
    }
    assert [r.words for r in preview.remarks] == [
        "“holiday.txt” is named by no finding; it is not attached.",
        "F-001 names “minutes.pdf”, which is not in the folder.",
        "F-001 names “(final).docx”, which is not in the folder.",
    ]
    change = apply_return(judged, preview)
    assert change.name == "Read in return 1: 2 answers to 2 findings, 3 exhibits"
    assert [e.number for e in judged.record.exhibits()] == ["E-001", "E-002", "E-003"]
    cited = judged.record.links(finding=id_of(judged, "F-001"))
    assert [link.caption for link in cited] == ["Sent by the network with return 1"]
    exhibit = judged.record.exhibit(cited[0].exhibit)
    assert exhibit is not None
    with evidence.open_exhibit(judged, exhibit) as content:
        assert content.read() == b"owners"
    again = apply_return(judged, preview_return(judged, path, evidence=folder))
    assert again.act == ""


def test_neither_the_workbook_nor_a_link_is_evidence(judged: OpenVisit, tmp_path: Path) -> None:
    sent = tmp_path / "sent"
    sent.mkdir()
    path = come_home(judged, sent / "F-001.xlsx", two_answers)
    (tmp_path / "secret.txt").write_text("not sent", encoding="utf-8")
    link = sent / "F-002 proof.txt"
    try:
        link.symlink_to(tmp_path / "secret.txt")
    except OSError:
        pytest.skip("links cannot be made here")
    preview = preview_return(judged, path, evidence=sent)
    assert "F-001.xlsx" not in {f.path.name for f in preview.evidence}
    assert link not in {f.path for f in preview.evidence}
    assert "“F-002 proof.txt” is a link to another place; it is not attached." in [
        r.words for r in preview.remarks
    ]


def test_a_file_that_can_be_no_exhibit_does_not_hold_up_the_others(
    judged: OpenVisit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = tmp_path / "sent"
    sent.mkdir()
    for name, content in (
        ("F-001 empty.txt", b""),
        ("F-001 proof.txt", b"proof"),
        ("F-002 huge.bin", b"x" * 100),
        ("loose \u202efdp.exe", b"y"),
    ):
        (sent / name).write_bytes(content)
    monkeypatch.setattr(return_evidence, "FILE_LIMIT", 99)
    preview = preview_return(judged, come_home(judged, tmp_path / "out.xlsx", two_answers), evidence=sent)
    assert [f.path.name for f in preview.evidence] == ["F-001 proof.txt"]
    told = [r.words for r in preview.evidence_remarks]
    assert "“F-001 empty.txt” is empty (0 bytes); it is not attached." in told
    assert (
        "“F-002 huge.bin” is larger than 99 bytes, the most that one exhibit may have; it is not attached."
        in told
    )
    assert "“loose □fdp.exe” is named by no finding; it is not attached." in told
    assert apply_return(judged, preview).act


@pytest.mark.skipif(os.name == "nt", reason="links want rights there")
def test_a_linked_folder_is_told_and_not_followed(judged: OpenVisit, tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "evidence", tmp_path / "elsewhere"
    for place in (folder, elsewhere):
        place.mkdir()
        (place / "F-001 owners.txt").write_text("owners", encoding="utf-8")
    (folder / "F-002").symlink_to(elsewhere, target_is_directory=True)
    preview = preview_return(judged, come_home(judged, tmp_path / "out.xlsx", two_answers), evidence=folder)
    assert [file.path.parent for file in preview.evidence] == [folder]
    told = [remark.words for remark in preview.evidence_remarks]
    assert "“F-002” is a link to another place; it is not attached." in told


def test_an_archive_is_asked_to_be_unpacked(judged: OpenVisit, tmp_path: Path) -> None:
    archive = tmp_path / "evidence.zip"
    archive.write_bytes(b"PK")
    with pytest.raises(NoEvidenceFolder, match="Unpack it first, and choose the folder that comes out"):
        preview_return(judged, come_home(judged, tmp_path / "out.xlsx", two_answers), evidence=archive)


def test_no_folder_is_refused(judged: OpenVisit, tmp_path: Path) -> None:
    path = come_home(judged, tmp_path / "out.xlsx", two_answers)
    with pytest.raises(NoEvidenceFolder):
        preview_return(judged, path, evidence=path)
