"""From a credential to a report that a stranger can check, all by commands."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qsin_desktop.cli import secrets
from tests.cli.conftest import Answer, Cli
from tests.founding import copy_of
from tests.signing.time_authority import TimeAuthority, serving
from tests.test_help import assert_described

REASON = ("--in-spite-of", "The network asked for it today.")


@pytest.fixture(scope="session")
def purse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lead's and the network's credentials, and their password in a file."""
    from qsin_desktop.actions import credentials

    place = tmp_path_factory.mktemp("purse")
    (place / "password").write_text("ten letters and more\n", encoding="utf-8")
    for name, person in (("lena", "Lena Lead"), ("nell", "Nell Network")):
        credentials.make_self_signed(place / f"{name}.p12", name=person, password="ten letters and more")
    return place


@pytest.fixture
def with_password(purse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(secrets.PASSWORD_VARIABLE, "ten letters and more")


@pytest.fixture
def report(cli: Cli, visit: Path, purse: Path, tmp_path: Path, with_password: None) -> Path:
    """Signed by the lead."""
    path = tmp_path / "r.pdf"
    answer = cli("export", visit, "--pdf", path, "--sign", purse / "lena.p12", *REASON, "--json")
    assert_described("export", {**answer.json, "workbook": {}})
    assert answer.json["report"]["signatures"][0]["name"] == "Lena Lead"
    return path


def test_a_report_from_seal_to_verdict(
    cli: Cli, visit: Path, report: Path, purse: Path, tmp_path: Path, intact: Callable[[], int]
) -> None:
    signed = cli("sign", visit, report, "--as", "network", "--p12", purse / "nell.p12", "--json").json
    assert_described("sign", signed)
    assert (signed["field"], signed["signatures"]) == ("network-1", 2)
    known = cli("verify", report, "--visit", visit, "--json").json
    assert_described("verify REPORT", known)
    assert (known["state"], known["quick"], known["signatures"]) == ("good", True, 2)
    stranger = cli("verify", report)
    assert (stranger.code, "self-signed credential. Anybody can make one" in stranger.out) == (1, True)
    assert stranger.sentence() == "The file was not altered; who signed it has still to be made sure of."
    for name in ("lena", "nell"):
        cli("credential", "trust", purse / f"{name}.cer")
    told = cli("verify", report, "--json").json
    assert_described("verify REPORT", told)
    assert {one["state"] for one in told["signed"]} == {"good"}
    assert intact() > 0


def test_a_reopened_visit_makes_the_next_version(
    cli: Cli, visit: Path, report: Path, purse: Path, tmp_path: Path
) -> None:
    assert "Sign the report as Lena Lead" in cli("trail", visit).out
    assert "is sealed" in cli("rate", visit, "IN-301.b", "met").refused()
    assert cli("reopen", visit, "--reason", "A rating was wrong").code == 0
    assert (
        "no longer in force"
        in cli("sign", visit, report, "--as", "peer", "--p12", purse / "nell.p12").refused()
    )
    sign = ["--sign", purse / "lena.p12", *REASON]
    again = cli("export", visit, "--pdf", tmp_path / "2.pdf", *sign, "--json")
    assert again.json["report"]["version"] == 2
    newer = "It is version 1. The visit’s trail names a later one, version 2, signed"
    for words in (("verify", report, "--visit", visit), ("verify", report, "--visit", visit, "--full")):
        assert newer in cli(*words).out
    assert "names a later one" not in cli("verify", tmp_path / "2.pdf", "--visit", visit).out


def test_nothing_is_sealed_when_it_cannot_be_signed(
    cli: Cli, visit: Path, purse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(secrets.PASSWORD_VARIABLE, "wrong")
    out = tmp_path / "r.pdf"
    words = ["export", visit, "--pdf", out, *REASON, "--sign"]
    assert "does not open with this password" in cli(*words, purse / "lena.p12").refused()
    monkeypatch.delenv(secrets.PASSWORD_VARIABLE)
    assert "protected by a password and none was given" in cli(*words, purse / "lena.p12").refused()
    secret = ["--password-file", purse / "password"]
    assert "certifies the report" in cli(*words, f"network={purse / 'nell.p12'}", *secret).refused()
    assert "There is no one field for “Ida”" in cli(*words, f"Ida={purse / 'nell.p12'}", *secret).refused()
    assert "not a file that is there" in cli(*words, purse / "gone.p12", *secret).refused()
    twice = [*words, purse / "lena.p12", "--sign", f"lead={purse / 'nell.p12'}", *secret]
    assert "for one field" in cli(*twice).refused()
    assert "give --pdf" in cli("export", visit, "--xlsx", out, "--sign", purse / "lena.p12").refused()
    assert not out.exists()
    assert cli("show", visit, "--json").json["sealed"] is None


def test_a_draft_and_a_strange_file_are_not_signed(
    cli: Cli, visit: Path, purse: Path, tmp_path: Path, with_password: None
) -> None:
    draft = tmp_path / "draft.pdf"
    assert cli("export", visit, "--pdf", draft).code == 0
    sign = ["--as", "lead", "--p12", purse / "lena.p12"]
    assert "is a draft, and drafts are not signed" in cli("sign", visit, draft, *sign).refused()
    draft.write_bytes(draft.read_bytes().replace(b"DRAFT", b"FINAL") + b"%")
    other = tmp_path / "other.pdf"
    other.write_bytes(b"%PDF-1.7\n")
    assert "is not a report that this visit’s trail names" in cli("sign", visit, other, *sign).refused()
    assert "There is no file" in cli("sign", visit, tmp_path / "gone.pdf", *sign).refused()
    assert "Say what to sign with" in cli("sign", visit, draft, "--as", "lead").refused()


def test_only_the_lead_certifies(
    cli: Cli, founded: Path, peer_home: Path, purse: Path, tmp_path: Path, with_password: None
) -> None:
    theirs = copy_of(founded, tmp_path / "peer")
    words = ["--home", peer_home, "export", theirs, "--pdf", tmp_path / "r.pdf"]
    answer = cli(*words, "--sign", f"lead={purse / 'lena.p12'}", *REASON)
    assert "Only the lead assessor can certify the report" in answer.refused()


def test_a_signature_drawn_pictured_or_typed(
    cli: Cli, visit: Path, report: Path, purse: Path, tmp_path: Path
) -> None:
    drawn = tmp_path / "drawn.json"
    drawn.write_text(json.dumps([[[0, 0], [5, 9], [11, 3]], [[3, 3, 0.5]]]), encoding="utf-8")
    words = ["--p12", purse / "nell.p12", "--json", "--as"]
    assert cli("sign", visit, report, *words, "peer", "--drawn", drawn).json["signatures"] == 2
    assert cli("sign", visit, report, *words, "technical", "--typed", "Nell").json["signatures"] == 3
    words.append("network")
    for bad, said in (("{}", "has no ink"), ("[[[1]]]", "no drawn signature"), ("no", "no drawn signature")):
        drawn.write_text(bad, encoding="utf-8")
        assert said in cli("sign", visit, report, *words, "--drawn", drawn).refused()
    assert "no whole PNG or JPEG" in cli("sign", visit, report, *words, "--picture", drawn).refused()


def test_credentials_and_trust(
    cli: Cli, home: Path, tmp_path: Path, purse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = ["--password-file", purse / "password"]
    body = cli("credential", "authority", tmp_path / "body.p12", "--for", "Body", *secret, "--json").json
    assert_described("credential new", body)
    issue = ["credential", "issue", tmp_path / "ada.p12", "--authority", tmp_path / "body.p12"]
    issue += ["--for", "Ada Assessor", *secret]
    monkeypatch.setenv(secrets.AUTHORITY_VARIABLE, "wrong")
    assert "does not open with this password" in cli(*issue).refused()
    made = cli(*issue, "--authority-password-file", purse / "password")
    assert "a credential issued by Body, for Ada Assessor" in made.out
    shown = cli("credential", "show", tmp_path / "ada.p12", *secret, "--json").json
    assert_described("credential show", shown)
    assert "self-signed" in cli("credential", "show", purse / "lena.cer").out
    kept = cli("credential", "trust", tmp_path / "body.cer", "--json").json
    assert_described("credential trusted", kept)
    assert cli("credential", "trusted", "--json").json == kept
    fingerprint = kept["trusted"][0]["fingerprint"]
    assert cli("credential", "distrust", fingerprint[:16]).code == 0
    assert "No certificate is trusted" in cli("credential", "trusted").out
    monkeypatch.delenv(secrets.AUTHORITY_VARIABLE)
    new = cli("credential", "new", tmp_path / "x.p12", "--for", "X")
    assert "password of the new credential is needed" in new.refused()


def test_a_timestamp(cli: Cli, visit: Path, report: Path, tmp_path: Path) -> None:
    authority = TimeAuthority(tmp_path)
    with serving(authority) as address:
        stamped = cli("timestamp", report, "--authority", address, "--visit", visit, "--json").json
    assert_described("timestamp", stamped)
    told = cli("verify", report, "--visit", visit, "--json").json
    assert (told["good"], told["quick"]) == (True, True)
    assert "could not be reached" in cli("timestamp", report, "--authority", "http://127.0.0.1:9/").refused()


def test_the_page_for_those_who_get_the_report(cli: Cli, visit: Path, tmp_path: Path) -> None:
    page = tmp_path / "how.html"
    assert cli("verify", "--help-page", page).code == 0
    text = page.read_text(encoding="utf-8")
    assert "How to verify a signed report" in text
    assert "http" not in text.replace("http-equiv", "")  # nothing is loaded from elsewhere
    assert "Say what to verify" in cli("verify").refused()
    assert cli("export", visit, "--pdf", tmp_path / "r.pdf", "--help-page", tmp_path / "2.html").code == 0
    assert (tmp_path / "2.html").read_bytes() == page.read_bytes()


def test_a_bundle(cli: Cli, visit: Path, tmp_path: Path) -> None:
    bundle = tmp_path / "b.qsinx"
    assert cli("bundle", visit, bundle).code == 0
    assert_described("verify BUNDLE", cli("verify", bundle, "--json").json)
    renamed = Path(shutil.copy(bundle, tmp_path / "b.zip"))
    assert "whole and unaltered" in cli("verify", renamed).out
    content = bytearray(bundle.read_bytes())
    content[len(content) // 2] ^= 1
    bundle.write_bytes(content)
    answer: Answer = cli("verify", bundle)
    assert (answer.code, "damaged" in answer.sentence()) == (1, True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_is_not_waited_for(cli: Cli, tmp_path: Path) -> None:
    pipe = tmp_path / "report.pdf"
    os.mkfifo(pipe)
    answer = cli("verify", pipe)
    assert answer.code == 1
    assert "“report.pdf” is not a file that is there" in answer.sentence()
