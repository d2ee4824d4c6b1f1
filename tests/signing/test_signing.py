"""Signing: who may, in which order, and what it leaves in the file and in the trail."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from qsin_desktop.actions import reporting, signing
from qsin_desktop.actions.late_changes import late_changes
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.reporting import DocumentKind
from qsin_desktop.signing.refusals import CannotSign
from tests.founding import copy_of, opened
from tests.signing.conftest import REASON, Signed, Wallet


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
