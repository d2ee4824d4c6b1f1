"""Purge, delete, passphrase and recovery from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from qsin_desktop.actions.deleting import REGISTER_NAME
from tests.cli.conftest import Cli
from tests.founding import PASSPHRASE, key_file_of

NEW = "five other plain words here"


def test_purge_an_exhibit_and_a_finding(cli: Cli, visit: Path, tmp_path: Path) -> None:
    photo = tmp_path / "Quillfeather.txt"
    photo.write_text("a face", encoding="utf-8")
    cli("attach", visit, photo, "--to", "IN-301.a", "--caption", "Quillfeather")
    cli(
        *("finding", visit, "--to", "IN-301.a", "--grade", "mandatory"),
        *("--requirement", "r", "--evidence", "e", "--gap", "Quillfeather fell"),
    )
    answer = cli("purge", visit, "E-001", "--reason", "a face", "--json").json
    assert (answer["done"], answer["pieces"], answer["citations"], answer["waiting"]) == (
        "Purge E-001",
        1,
        1,
        "",
    )
    said = cli("purge", visit, "F-001:gap", "--reason", "a name").out
    assert "Purged the gap of F-001" in said
    assert "are not reached: delete them yourself" in said
    assert "2 purged" in cli("trail", visit, "--verify").out.replace("3 purged", "2 purged")
    assert "Quillfeather" not in cli("trail", visit, "--json").out
    assert "Quillfeather" not in cli("show", visit, "IN-301.a").out
    assert cli("search", visit, "Quillfeather").out == "Nothing found.\n"
    assert "purged" in cli("show", visit, "IN-301.a").out.casefold()
    assert cli("check", visit).code == 0
    assert "purged" in cli("copy-out", visit, "E-001", tmp_path / "out").refused()
    assert "purged" in cli("attach", visit, photo).refused()
    assert "no exhibit" in cli("purge", visit, "E-009", "--reason", "x").refused()
    assert "Nothing is left" in cli("purge", visit, "E-001", "--reason", "x").refused()


def test_what_was_purged_is_told_in_report_and_workbook(cli: Cli, visit: Path, tmp_path: Path) -> None:
    photo = tmp_path / "Quillfeather.txt"
    photo.write_text("a face", encoding="utf-8")
    cli("attach", visit, photo, "--to", "IN-301.a", "--caption", "Quillfeather")
    cli("note", visit, "IN-301.a", "--kind", "interview", "Quillfeather said so")
    note = cli("show", visit, "IN-301.a", "--json").json["notes"][0]["id"]
    cli("purge", visit, "E-001", "--reason", "a face can be told")
    cli("purge", visit, note, "--reason", "a name")
    pdf, sheet = tmp_path / "report.pdf", tmp_path / "findings.xlsx"
    assert cli("export", visit, "--pdf", pdf, "--xlsx", sheet).code == 0
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf)).split())
    assert "Quillfeather" not in text
    assert "(purged)" in text
    assert "Purged: a face can be told" in text
    rows = [row for page in load_workbook(sheet) for row in page.iter_rows(values_only=True)]
    cells = [str(cell) for row in rows for cell in row if cell]
    assert not any("Quillfeather" in cell for cell in cells)
    assert any("Purged: a face can be told" in cell for cell in cells)


def test_delete_asks_for_the_name_and_a_reason(cli: Cli, visit: Path, home: Path) -> None:
    assert (
        "exactly as it stands: Thames Estuary Imaging Network"
        in cli("delete", visit, "--confirm", "Thames").refused()
    )
    name = "Thames Estuary Imaging Network"
    assert "no day until which it is to be kept" in cli("delete", visit, "--confirm", name).refused()
    cli("facts", visit, "--keep-until", "2100-01-01")
    assert "kept until 1 January 2100" in cli("delete", visit, "--confirm", name).refused()
    assert "not a day" in cli("facts", visit, "--keep-until", "soon").refused()
    answer = cli("delete", visit, "--confirm", name, "--reason", "a trial", "--json").json
    assert (answer["deleted"], answer["left"]) == (str(visit), [])
    assert not visit.exists()
    assert (home / REGISTER_NAME).is_file()
    assert "no visit" in cli("show", visit).refused()


def test_the_passphrase_is_changed(cli: Cli, visit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key_file_of(visit).unlink()
    assert "QSIN_PASSPHRASE" in cli("passphrase", visit).refused()
    monkeypatch.setenv("QSIN_PASSPHRASE", "not the right words")
    assert "QSIN_NEW_PASSPHRASE" in cli("passphrase", visit).refused()
    monkeypatch.setenv("QSIN_NEW_PASSPHRASE", NEW)
    assert "takes a second or so on purpose" in cli("passphrase", visit).refused()
    monkeypatch.setenv("QSIN_PASSPHRASE", PASSPHRASE)
    assert cli("passphrase", visit, "--json").json == {"done": "Change the passphrase", "forgotten": 0}
    assert cli("show", visit).code == 1
    monkeypatch.setenv("QSIN_PASSPHRASE", NEW)
    assert cli("show", visit).code == 0


def test_the_body_recovers_a_visit(
    cli: Cli, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QSIN_RECOVERY_PASSPHRASE", "the body's own words")
    body = tmp_path / "body.pem"
    made = cli("recovery", "new-key", body, "--json").json
    assert "already" in cli("recovery", "new-key", body).refused()
    assert "none" in cli("recovery", "show").out
    assert cli("recovery", "use", made["public"], "--json").json["fingerprint"] == made["fingerprint"]
    assert made["fingerprint"] in cli("recovery", "show").out
    monkeypatch.setenv("QSIN_PASSPHRASE", PASSPHRASE)
    path = tmp_path / "New.qsin"
    words = ["new", path, "--network", "N", "--pack", "qsin-outline", "--assessor", "Lena Lead"]
    assert cli(*words).code == 0
    assert cli("recovery", "add", path, "--json").json["added"] is False
    monkeypatch.delenv("QSIN_PASSPHRASE")
    monkeypatch.setenv("QSIN_NEW_PASSPHRASE", NEW)
    bodys_own = tmp_path / "the body's computer"  # where nobody assesses, so nobody's name is known
    assert cli("recover", path, "--recovery-key", body, "--home", bodys_own).code == 0
    monkeypatch.setenv("QSIN_PASSPHRASE", NEW)
    assert cli("show", path).code == 0
    assert "is the public half" in cli("recover", path, "--recovery-key", made["public"]).refused()
    assert cli("recovery", "stop").code == 0
    assert "keeps no recovery key" in cli("recovery", "add", path).refused()
    other = tmp_path / "Other.qsin"
    assert cli("new", other, *words[2:], "--recovery-key", made["public"]).code == 0
    assert cli("recovery", "add", other, made["public"], "--json").json["added"] is False
