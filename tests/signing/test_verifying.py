"""Each way in which a report can be wrong is told apart from the others, and from a good one."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from qsin_desktop.actions import credentials, signing, verifying
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.verifying import NothingToVerify
from qsin_desktop.domain.signatures import FileState, SignatureState, Verdict
from qsin_desktop.signing import checking
from qsin_desktop.signing.asking import CheckStopped, find_out
from qsin_desktop.signing.certificates import read_certificates
from qsin_desktop.signing.findings import Findings
from tests.founding import copy_of, opened
from tests.signing import tampering
from tests.signing.conftest import NOW, PASSWORD, REASON, Signed, Wallet
from tests.signing.tampering import sign_elsewhere, written

GOOD = SignatureState.GOOD


@pytest.fixture
def trust(wallet: Wallet) -> list[Path]:
    return [wallet.certificate("body"), wallet.certificate("network")]


@pytest.fixture
def verify(trust: list[Path]) -> Callable[..., Verdict]:
    def check(path: Path, **more: object) -> Verdict:
        return verifying.verify_report(path, **{"trust": trust, "now": NOW, **more})  # type: ignore[arg-type]

    return check


Verify = Callable[..., Verdict]


# ---- good -----------------------------------------------------------------------------------------------


def test_a_good_report_names_who_in_what_role_when_and_by_whom_trusted(
    signed: Signed, verify: Verify
) -> None:
    verdict = verify(signed.states[3])
    assert verdict.good
    assert not verdict.quick
    assert [(s.slot.name, s.slot.role, s.state, s.trusted_by) for s in verdict.signatures] == [
        ("Lena Lead", "lead", GOOD, "Quality Body"),
        ("Ada Assessor", "peer", GOOD, "Quality Body"),
        ("Nell Network", "network", GOOD, "Nell Network"),
    ]
    assert "signed 24 November 2026, 10:42 UTC by the signer’s own clock" in verdict.signatures[0].words
    assert "with a self-signed credential; you trust this very certificate" in verdict.signatures[2].words
    assert "Not signed by: Tom Technical." in verdict.lines
    assert "Since the first signature only further signatures and timestamps were added." in verdict.lines


@pytest.mark.usefixtures("here")
def test_a_trusted_credential_of_somebody_else_is_told_first(
    earlier: OpenVisit, signed: Signed, wallet: Wallet, tmp_path: Path, verify: Verify
) -> None:
    lent = tmp_path / "lent.pdf"
    signing.sign_report(earlier, signed.states[1], signer="network", credential=wallet.open("peer"), out=lent)
    verdict = verify(lent)
    assert verdict.state is FileState.GOOD
    assert verdict.headline == verdict.lines[0]
    assert verdict.headline.endswith(
        "But that of Nell Network was made with a credential in the name of Ada Assessor."
    )
    assert "But" not in verify(signed.states[3]).headline
    quick = verify(lent, visit=earlier)
    assert (quick.quick, quick.headline) == (True, verdict.headline)
    assert "the credential is in the name of Ada Assessor" in quick.signatures[-1].words


@pytest.mark.usefixtures("here")
def test_the_visit_tells_at_once_and_fully(visit: OpenVisit, signed: Signed, verify: Verify) -> None:
    quick = verify(signed.states[3], visit=visit, trust=[])
    assert (quick.state, quick.quick, len(quick.signatures)) == (FileState.GOOD, True, 3)
    full = verify(signed.states[3], visit=visit, trust=[], full=True)
    assert (full.state, full.quick) == (FileState.GOOD, False)
    assert {s.trusted_by for s in full.signatures} == {"the visit’s trail"}


def test_another_reader_agrees_on_the_good_file(signed: Signed) -> None:
    if shutil.which("pdfsig") is None:
        pytest.skip("pdfsig (poppler-utils) is not installed: not compared with it")
    told = subprocess.run(["pdfsig", signed.states[3]], capture_output=True, text=True, check=False).stdout
    assert told.count("Signature Validation: Signature is Valid.") == 3
    assert told.count("Total document signed") == 1
    assert told.count("Signature Type: ETSI.CAdES.detached") == 3


@pytest.mark.usefixtures("here")
def test_the_report_before_any_signature(visit: OpenVisit, signed: Signed, verify: Verify) -> None:
    assert verify(signed.states[0]).state is FileState.UNSIGNED
    assert verify(signed.states[0], visit=visit).state is FileState.ROLLED_BACK


# ---- altered --------------------------------------------------------------------------------------------


def test_flipped_bytes(signed: Signed, trust: list[Path]) -> None:
    """Wherever they are, also in the frame of a signature and the zeros after it, which no hash covers."""
    content = signed.states[1].read_bytes()
    roots = [one for path in trust for one in read_certificates(path)]
    odds = random.Random(1)
    padding = content.rindex(b"0" * 500) + 250
    middle, end = len(content) // 2, len(content) - 40
    begins = content.rindex(b"/Contents <") + len(b"/Contents <")
    frame = range(begins, begins + 112)  # every digit before the first certificate
    signature = [*frame, *range(frame.stop, content.index(b"0" * 500, begins), 211)]
    flipped = [(at, tampering.flip(content, at)) for at in (20, middle, end, padding)]
    flipped += [(at, tampering.flip(content, at)) for at in (odds.randrange(len(content)) for _ in range(12))]
    flipped += [(at, tampering.another_digit(content, at)) for at in signature]
    for at, altered in flipped:
        found = checking.check_file(io.BytesIO(altered), roots=roots, now=NOW)
        assert found.problem or [s.state for s in found.signatures] != [GOOD], at


@pytest.mark.usefixtures("here")
def test_a_flipped_byte_is_broken(signed: Signed, tmp_path: Path, verify: Verify) -> None:
    content = signed.states[3].read_bytes()
    verdict = verify(written(tmp_path, "r.pdf", tampering.flip(content, len(content) // 3)))
    assert verdict.state in (FileState.BROKEN, FileState.INVALID)
    assert "Do not rely" in verdict.headline


@pytest.mark.parametrize(
    "change",
    [
        tampering.redraw_a_page,
        tampering.add_a_note,
        tampering.rename_the_visit,
        tampering.retitle,
        tampering.retitle_in_metadata,
        tampering.say_more,
    ],
)
def test_an_update_that_is_no_signature(
    change: Callable[[bytes], bytes], signed: Signed, visit: OpenVisit, tmp_path: Path, verify: Verify
) -> None:
    path = written(tmp_path, "r.pdf", change(signed.states[2].read_bytes()))
    for verdict in (verify(path), verify(path, visit=visit)):
        assert verdict.state is FileState.CHANGED
        assert "changed after this signature" in verdict.signatures[0].words


@pytest.mark.parametrize(
    ("change", "now"),
    [(tampering.retitle, "Everything is met"), (tampering.retitle_in_metadata, "Flawless")],
)
def test_a_forged_title_is_told_beside_the_one_that_was_signed(
    change: Callable[[bytes], bytes], now: str, signed: Signed, tmp_path: Path, verify: Verify
) -> None:
    verdict = verify(written(tmp_path, "r.pdf", change(signed.states[2].read_bytes())))
    assert verdict.title.startswith("Assessment report")
    assert {verify(signed.states[number]).title for number in range(4)} == {verdict.title}
    (told,) = (line for line in verdict.lines if line.startswith("Its title was changed"))
    assert f"now calls itself “{now}" in told


@pytest.mark.usefixtures("here")
def test_appended_bytes(signed: Signed, visit: OpenVisit, tmp_path: Path, verify: Verify) -> None:
    path = written(tmp_path, "r.pdf", tampering.append_text(signed.states[2].read_bytes()))
    for verdict in (verify(path), verify(path, visit=visit)):
        assert verdict.state is FileState.APPENDED
        assert "22 bytes stand after the end of the document." in verdict.lines


@pytest.mark.usefixtures("here")
def test_an_update_that_nobody_signed_is_told_though_it_alters_nothing(
    signed: Signed, visit: OpenVisit, tmp_path: Path, verify: Verify
) -> None:
    path = written(tmp_path, "r.pdf", tampering.save_again(signed.states[2].read_bytes()))
    for verdict in (verify(path), verify(path, visit=visit)):
        assert verdict.state is FileState.APPENDED
        assert "An update stands after the last signature, and nobody signed what is in it." in verdict.lines


@pytest.mark.usefixtures("here")
def test_an_update_below_a_later_signature_is_told(
    signed: Signed, wallet: Wallet, tmp_path: Path, verify: Verify
) -> None:
    path = written(tmp_path, "r.pdf", tampering.save_again(signed.states[1].read_bytes()))
    sign_elsewhere(path, "network-1", wallet.open("network"))
    verdict = verify(path)
    assert verdict.state is FileState.GOOD
    assert any("and 1 update that alters nothing that is shown" in line for line in verdict.lines)


@pytest.mark.usefixtures("here")
def test_what_a_later_check_needs_is_no_alteration(signed: Signed, tmp_path: Path, verify: Verify) -> None:
    verdict = verify(written(tmp_path, "r.pdf", tampering.keep_proof(signed.states[2].read_bytes())))
    assert verdict.state is FileState.GOOD
    assert "Since the first signature only further signatures and timestamps were added." in verdict.lines


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("more", [lambda whole: whole, lambda whole: b"\n%%EOF\n"], ids=["twice", "a mark"])
def test_a_mark_of_an_end_does_not_hide_what_was_appended(
    more: Callable[[bytes], bytes], signed: Signed, tmp_path: Path, verify: Verify
) -> None:
    """A file put after itself reads as the same document, for its last lines point into the first half."""
    whole = signed.states[2].read_bytes()
    verdict = verify(written(tmp_path, "r.pdf", whole + more(whole)))
    assert verdict.state is FileState.APPENDED
    assert {s.state for s in verdict.signatures} == {SignatureState.GOOD}
    assert f"{len(more(whole)):,} bytes stand after the end of the document." in verdict.lines


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "change",
    [lambda whole: whole + bytes(5_000_000), lambda whole: whole + b"PK\x03\x04" + b"x" * 5_000],
    ids=["nothing, much of it", "an archive"],
)
def test_much_that_was_appended_is_not_searched(
    change: Callable[[bytes], bytes], signed: Signed, tmp_path: Path, verify: Verify
) -> None:
    """Readers look for the end of a document backwards; a gigabyte of nothing took them hours."""
    verdict = verify(written(tmp_path, "r.pdf", change(signed.states[2].read_bytes())))
    assert verdict.state is FileState.APPENDED
    assert {s.state for s in verdict.signatures} == {SignatureState.GOOD}


@pytest.mark.usefixtures("here")
def test_a_file_that_was_cut_off(signed: Signed, tmp_path: Path, verify: Verify) -> None:
    whole, before = signed.states[2].read_bytes(), len(signed.states[1].read_bytes())
    for end in (before + (len(whole) - before) // 2, before // 2, 2_000):
        path = written(tmp_path, "r.pdf", whole[:end])
        assert verify(path).state is FileState.INVALID
    with pytest.raises(NothingToVerify, match="is empty"):
        verify(written(tmp_path, "empty.pdf", b""))


@pytest.mark.usefixtures("here")
def test_a_rolled_back_report(signed: Signed, visit: OpenVisit, verify: Verify) -> None:
    assert verify(signed.states[1]).state is FileState.GOOD  # the file alone cannot tell
    for full in (False, True):
        verdict = verify(signed.states[1], visit=visit, full=full)
        assert verdict.state is FileState.ROLLED_BACK
        assert "The trail knows of 3 signatures on this version, and this file has 1." in verdict.lines


@pytest.mark.usefixtures("here")
def test_a_report_of_another_visit(
    signed: Signed, tmp_path: Path, verify: Verify, elsewhere: OpenVisit
) -> None:
    verdict = verify(signed.states[3], visit=elsewhere)
    assert (verdict.state, verdict.headline) == (FileState.WRONG_VISIT, "This is a report of another visit.")


@pytest.mark.usefixtures("here")
def test_a_report_that_the_visit_has_not_met(
    founded: Path, wallet: Wallet, tmp_path: Path, signed: Signed, verify: Verify
) -> None:
    """Signed in another copy of the same visit, whose entries have not come here."""
    from qsin_desktop.actions import reporting

    with opened(copy_of(founded, tmp_path / "one")) as visit:
        snapshot = signing.seal_for_signing(visit, wallet.open("lead"), in_spite_of=REASON)
        path = tmp_path / "r.pdf"
        reporting.record_export(visit, reporting.draw(snapshot, reporting.DocumentKind.REPORT, path))
        signing.sign_report(visit, path, signer="lead", credential=wallet.open("lead"))
    with opened(copy_of(founded, tmp_path / "two")) as visit:
        assert verify(path, visit=visit).state is FileState.UNKNOWN


# ---- whom to trust --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("here")
def test_nobody_is_trusted_unasked(signed: Signed, verify: Verify, wallet: Wallet) -> None:
    verdict = verify(signed.states[3], trust=[])
    assert verdict.state is FileState.UNTRUSTED
    assert {s.state for s in verdict.signatures} == {SignatureState.UNTRUSTED}
    assert "Ring or meet Nell Network" in verdict.signatures[2].words
    assert wallet.open("network").facts.fingerprint[:4].upper() in verdict.signatures[2].words
    assert verify(signed.states[3], trust=[wallet.certificate("body")]).state is FileState.UNTRUSTED


@pytest.mark.usefixtures("here")
def test_a_forger_who_copies_names(
    signed: Signed, verify: Verify, wallet: Wallet, tmp_path: Path, earlier: OpenVisit
) -> None:
    """Another body of the same name issues a credential in the lead's name, and signs the report as made."""
    forged = tmp_path / "forged"
    forged.mkdir()
    word = {"password": PASSWORD, "now": NOW}
    credentials.make_authority(forged / "body.p12", name="Quality Body", **word)  # type: ignore[arg-type]
    credentials.issue_credential(
        forged / "lead.p12",
        authority=forged / "body.p12",
        authority_password=PASSWORD,
        name="Lena Lead",
        **word,  # type: ignore[arg-type]
    )
    path = written(tmp_path, "r.pdf", signed.states[0].read_bytes())
    sign_elsewhere(path, "lead-1", credentials.open_credential(forged / "lead.p12", PASSWORD, now=NOW))
    for verdict in (verify(path), verify(path, visit=earlier)):
        assert not verdict.good
        assert (
            "It says that Quality Body issued its credential, but the Quality Body that you trust did not"
            in (verdict.signatures[0].words)
        )
    assert "But that of Lena Lead is suspicious" in verify(path).headline


@pytest.mark.usefixtures("here")
def test_a_credential_that_ran_out_since(signed: Signed, verify: Verify) -> None:
    verdict = verify(signed.states[1], now=NOW + timedelta(days=500))
    assert verdict.state is FileState.EXPIRED
    assert "NOT TRUSTED any more" in verdict.signatures[0].words
    assert "ran out on 29 December 2027" in verdict.signatures[0].words


@pytest.mark.usefixtures("here")
def test_a_clock_that_is_behind(signed: Signed, verify: Verify) -> None:
    verdict = verify(signed.states[1], now=datetime(2026, 1, 1, tzinfo=NOW.tzinfo))
    assert [s.state for s in verdict.signatures] == [SignatureState.NOT_YET_VALID]
    assert not verdict.good


# ---- what is no report ----------------------------------------------------------------------------------

JUNK: dict[str, tuple[Callable[[], bytes], set[FileState]]] = {
    "no PDF": (lambda: b"hello", {FileState.NOT_PDF}),
    "the head of one": (lambda: b"%PDF-1.7\njunk", {FileState.INVALID}),
    "a bomb": (tampering.bomb, {FileState.INVALID}),
    "pages in a circle": (tampering.circle, {FileState.INVALID, FileState.UNSIGNED}),
    "tables in a circle": (tampering.previous_without_end, {FileState.INVALID, FileState.UNSIGNED}),
    "brackets without end": (tampering.deep, {FileState.INVALID, FileState.UNSIGNED}),
}


@pytest.mark.parametrize("case", JUNK)
def test_what_is_no_report(case: str, tmp_path: Path, verify: Verify) -> None:
    make, states = JUNK[case]
    verdict = verify(written(tmp_path, "r.pdf", make()))
    assert verdict.state in states
    assert not verdict.good
    assert verdict.lines[0].endswith(".")


@pytest.mark.usefixtures("here")
def test_half_a_report(signed: Signed, tmp_path: Path, verify: Verify) -> None:
    content = signed.states[3].read_bytes()
    verdict = verify(written(tmp_path, "r.pdf", content[: len(content) // 2]))
    assert verdict.state in (FileState.INVALID, FileState.BROKEN)


def test_a_locked_one(signed: Signed, tmp_path: Path, verify: Verify) -> None:
    path = tmp_path / "r.pdf"
    with pikepdf.open(signed.states[0]) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert verify(path).state is FileState.LOCKED


def test_a_file_that_is_not_there(tmp_path: Path, verify: Verify) -> None:
    with pytest.raises(verifying.NothingToVerify, match=r"“gone.pdf” is not a file that is there"):
        verify(tmp_path / "gone.pdf")


def test_a_file_that_goes_away_is_not_called_damaged(
    signed: Signed, tmp_path: Path, verify: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "r.pdf", signed.states[1].read_bytes())

    def lost(file: Path, **more: Any) -> Findings:
        file.unlink()
        return find_out(file, **more)

    monkeypatch.setattr(verifying, "find_out", lost)
    with pytest.raises(NothingToVerify, match="went away while it was being checked"):
        verify(path)


def test_a_check_can_be_stopped(signed: Signed, trust: list[Path]) -> None:
    asked = verifying.prepare(signed.states[3], trust=trust, now=NOW)
    with pytest.raises(CheckStopped):
        asked.answer(cancelled=lambda: True)


@pytest.mark.usefixtures("here")
def test_a_file_of_another_program_is_told_as_one_first(
    wallet: Wallet, tmp_path: Path, verify: Verify, visit: OpenVisit
) -> None:
    path = tmp_path / "letter.pdf"
    with pikepdf.new() as letter:
        letter.add_blank_page()
        letter.save(path)
    sign_elsewhere(path, "Signature1", wallet.open("peer"))
    verdict = verify(path)
    assert verdict.headline.startswith("This is not a report that QSIN Desktop made. ")
    assert sum("that QSIN Desktop made" in line for line in verdict.lines) == 1
    known = verify(path, visit=visit)
    assert known.headline == "This is not a report that QSIN Desktop made. This visit does not know it."
