"""Signing: who may, in which order, and what it leaves in the file and in the trail."""

from __future__ import annotations

import errno
import itertools
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from qsin_desktop.actions import reporting, signing, verifying
from qsin_desktop.actions.late_changes import late_changes
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.reporting import DocumentKind
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.people import Role
from qsin_desktop.domain.signatures import FileState, signature_slots
from qsin_desktop.signing.refusals import CannotSign
from tests.founding import copy_of, opened
from tests.signing import tampering
from tests.signing.conftest import NOW, REASON, Signed, Wallet
from tests.signing.tampering import sign_elsewhere, written

pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def open_visit(founded: Path, tmp_path: Path) -> Iterator[OpenVisit]:
    """The lead's, not sealed yet."""
    with opened(copy_of(founded, tmp_path)) as visit:
        yield visit


def final_report(visit: OpenVisit, wallet: Wallet, out: Path) -> Path:
    snapshot = signing.seal_for_signing(visit, wallet.open("lead"), in_spite_of=REASON)
    reporting.record_export(visit, reporting.draw(snapshot, DocumentKind.REPORT, out))
    return out


def test_every_state_begins_with_the_one_before(signed: Signed) -> None:
    contents = [state.read_bytes() for state in signed.states]
    assert all(later.startswith(earlier) for earlier, later in itertools.pairwise(contents))


def test_signing_seals(open_visit: OpenVisit, wallet: Wallet, tmp_path: Path) -> None:
    report = final_report(open_visit, wallet, tmp_path / "r.pdf")
    assert open_visit.record.seal is not None
    assert [f.open for f in signing.signable_fields(open_visit, report)] == [True, False, False, False]


def test_the_trail_names_each_state(visit: OpenVisit, signed: Signed, wallet: Wallet) -> None:
    from qsin_desktop.actions.known_reports import known_reports

    known = known_reports(visit)
    assert [(k.field, k.version, k.signatures) for k in known] == [
        ("exported", 1, 0),
        ("signed", 1, 1),
        ("signed", 1, 2),
        ("signed", 1, 3),
    ]
    assert known[1].values["certificate"] == wallet.open("lead").facts.fingerprint
    assert known[3].values["credential"] == "a self-signed credential"
    assert late_changes(visit) == ()


def test_an_earlier_copy_is_not_signed(
    visit: OpenVisit, signed: Signed, wallet: Wallet, tmp_path: Path
) -> None:
    with pytest.raises(CannotSign, match=r"the trail knows one with 3 signatures, “report-3.pdf”"):
        signing.sign_report(
            visit,
            signed.states[1],
            signer="technical",
            credential=wallet.open("peer"),
            out=tmp_path / "x.pdf",
        )


def test_what_was_signed_elsewhere_is_checked_and_gone_on_with(
    earlier: OpenVisit, signed: Signed, wallet: Wallet, tmp_path: Path
) -> None:
    """The peer signed on a laptop that this one has not met since."""
    out = tmp_path / "r.pdf"
    network = {"signer": "network", "credential": wallet.open("network"), "out": out}
    done = signing.sign_report(earlier, signed.states[2], **network)  # type: ignore[arg-type]
    assert done.signatures == 3
    trust = [wallet.certificate("body"), wallet.certificate("network")]
    assert verifying.verify_report(out, trust=trust, now=NOW).good
    alone = verifying.verify_report(out, visit=earlier, now=NOW)
    assert (alone.state, alone.quick) == (FileState.UNTRUSTED, False), "the trail does not name the peer's"
    assert [s.trusted_by for s in alone.signatures] == ["the visit’s trail", "", "the visit’s trail"]
    assert verifying.verify_report(out, visit=earlier, trust=trust, now=NOW).state is FileState.GOOD
    told = verifying.verify_report(signed.states[3], visit=earlier, trust=trust, now=NOW)
    assert any("made elsewhere" in line for line in told.lines)


def test_what_was_altered_elsewhere_is_not_gone_on_with(
    earlier: OpenVisit, signed: Signed, wallet: Wallet, tmp_path: Path
) -> None:
    for change in (tampering.redraw_a_page, tampering.add_a_note, tampering.append_text):
        path = written(tmp_path, "r.pdf", change(signed.states[1].read_bytes()))
        before = path.read_bytes()
        with pytest.raises(CannotSign, match="and not only by signatures"):
            signing.sign_report(earlier, path, signer="network", credential=wallet.open("network"))
        assert path.read_bytes() == before


def test_another_programs_signature_is_taken(
    earlier: OpenVisit, signed: Signed, wallet: Wallet, tmp_path: Path
) -> None:
    """The network's representative signs in a reader of their own, with another look and another way."""
    path = tmp_path / "r.pdf"
    path.write_bytes(signed.states[1].read_bytes())
    sign_elsewhere(path, "network-1", wallet.open("network"))
    trust = [wallet.certificate("network")]
    verdict = verifying.verify_report(path, visit=earlier, trust=trust, now=NOW)
    assert verdict.state is FileState.GOOD, verdict.lines
    assert [s.trusted_by for s in verdict.signatures] == ["the visit’s trail", "Nell Network"]
    assert any("1 signature more, made elsewhere" in line for line in verdict.lines)


def test_a_disk_that_fills_leaves_the_file_as_it_was(
    earlier: OpenVisit, signed: Signed, wallet: Wallet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.pdf"
    path.write_bytes(signed.states[1].read_bytes())

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(signing, "sign", full)
    with pytest.raises(Refusal, match="disk is full"):
        signing.sign_report(earlier, path, signer="network", credential=wallet.open("network"))
    assert path.read_bytes() == signed.states[1].read_bytes()
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["r.pdf"]


def test_a_signed_report_can_be_read_by_ear(signed: Signed) -> None:
    page = pytest.importorskip("page", reason="page-validation is not installed")
    for state in signed.states:
        checked = page.validate_pdf(state, profile="ua1")
        assert [f"{f.rule_id}: {f.message}" for f in checked.failures] == []
    assert page.validate_pdf(signed.states[0], profile="2a").is_compliant
    left = {f.rule_id for f in page.validate_pdf(signed.states[3], profile="2a").failures}
    assert left == {"PDFA2A-SIGNATURE-BYTERANGE-001"}  # of several signatures only the last covers the whole


def test_what_the_signatures_say_of_themselves(signed: Signed) -> None:
    with pikepdf.open(signed.states[3]) as pdf:
        fields = {str(f.T): f for f in pdf.Root.AcroForm.Fields}
        assert str(fields["network-1"].V.M).startswith("D:20261124104")
        assert str(fields["lead-1"].V.Reason) == "Lead assessor, for the team. Report " + number_of(pdf)
        assert pdf.Root.Perms.DocMDP.objgen == fields["lead-1"].V.objgen
        assert "/V" not in fields["technical-1"]
        assert pdf.pdf_version == "1.7"
        assert "/Version" not in pdf.Root


def number_of(pdf: pikepdf.Pdf) -> str:
    mark = pdf.Root["/QSIN_Report"]
    return f"{mark.Number}, version {mark.Version}"


def test_fields_are_refused(
    open_visit: OpenVisit, wallet: Wallet, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    report = final_report(open_visit, wallet, tmp_path / "r.pdf")
    before = report.read_bytes()
    with subtests.test("an assessor before the lead"), pytest.raises(CannotSign, match="after the lead"):
        signing.sign_report(open_visit, report, signer="Ada Assessor", credential=wallet.open("peer"))
    with subtests.test("nobody's name"), pytest.raises(CannotSign, match="no one field for “Ida”"):
        signing.sign_report(open_visit, report, signer="Ida", credential=wallet.open("peer"))
    assert report.read_bytes() == before
    signing.sign_report(open_visit, report, signer="lead", credential=wallet.open("lead"))
    with subtests.test("twice"), pytest.raises(CannotSign, match="signed already, by Lena Lead"):
        signing.sign_report(open_visit, report, signer="lead", credential=wallet.open("lead"))


def test_a_field_of_nobody_named_yet_is_called_by_whose_place_it_is() -> None:
    called = {slot.role: slot.whom for slot in signature_slots([])}
    assert called == {Role.LEAD: "the lead assessor", Role.NETWORK: "the network’s representative"}
