from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import Certificate

from qsin_desktop.actions import credentials, planning, reporting, signing, stamping, verifying
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.reporting import DocumentKind
from qsin_desktop.signing import checking, issuing
from qsin_desktop.signing.credentials import Credential
from qsin_desktop.signing.findings import Findings
from tests.founding import PEER, copy_of, found_small_visit, opened

REASON = "The network asked for the report today."
PASSWORD = "ten letters and more"
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Wallet:
    """Credentials on disk: the body's, those it issued, and one that its owner made."""

    place: Path

    def path(self, name: str) -> Path:
        return self.place / f"{name}.p12"

    def certificate(self, name: str) -> Path:
        return self.place / f"{name}.cer"

    def open(self, name: str) -> Credential:
        return credentials.open_credential(self.path(name), PASSWORD, now=NOW)


@pytest.fixture(scope="session")
def wallet(tmp_path_factory: pytest.TempPathFactory) -> Wallet:
    """`body` issued `lead` and `peer`; `network` is self-signed; `old` was issued and has run out by now."""
    made = Wallet(tmp_path_factory.mktemp("wallet"))
    with pytest.MonkeyPatch.context() as patch:  # RSA keys take seconds to find; test_credentials makes one
        patch.setattr(issuing, "_new_key", lambda: ec.generate_private_key(ec.SECP256R1()))
        _fill(made)
    return made


def _fill(made: Wallet) -> None:
    early = datetime(2024, 1, 1, tzinfo=UTC)
    credentials.make_authority(made.path("body"), name="Quality Body", password=PASSWORD, now=early)
    for name, person, when, days in (
        ("lead", "Lena Lead", NOW, 400),
        ("peer", "Ada Assessor", NOW, 400),
        ("brief", "Lena Lead", NOW, 2),
        ("old", "Lena Lead", early, 30),
        ("early", "Lena Lead", datetime(2027, 6, 1, tzinfo=UTC), 30),
    ):
        credentials.issue_credential(
            made.path(name),
            authority=made.path("body"),
            authority_password=PASSWORD,
            name=person,
            organisation="Quality Body",
            password=PASSWORD,
            days=days,
            now=when,
        )
    credentials.make_self_signed(
        made.path("network"), name="Nell Network", organisation="Thames Estuary", password=PASSWORD, now=NOW
    )


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = found_small_visit(tmp_path_factory.mktemp("founded") / "Thames Estuary 2026.qsin")
    with opened(path) as visit:
        planning.confirm_device(visit, device=PEER.device, person=PEER.person)
    return path


@dataclass(frozen=True)
class Signed:
    """The states of a report, as made, by the lead, by the peer, by the network, and the visit at each."""

    visits: tuple[Path, ...]
    states: tuple[Path, ...]


@pytest.fixture(scope="session")
def signed(founded: Path, wallet: Wallet, tmp_path_factory: pytest.TempPathFactory) -> Signed:
    """Signed by three people. Copy what is to be changed."""
    place = tmp_path_factory.mktemp("signed")
    folder = copy_of(founded, place)
    states = [place / "report-0.pdf"]
    visits: list[Path] = []
    with opened(folder) as visit:
        snapshot = signing.seal_for_signing(visit, wallet.open("lead"), in_spite_of=REASON)
        reporting.record_export(visit, reporting.draw(snapshot, DocumentKind.REPORT, states[0]))
    for who, name in (("lead", "lead"), ("peer", "Ada Assessor"), ("network", "Nell Network")):
        visits.append(copy_of(folder, place / str(len(visits))))
        states.append(place / f"report-{len(states)}.pdf")
        with opened(folder) as visit:
            signing.sign_report(visit, states[-2], signer=name, credential=wallet.open(who), out=states[-1])
    return Signed((*visits, folder), tuple(states))


@pytest.fixture
def visit(signed: Signed, tmp_path: Path) -> Iterator[OpenVisit]:
    """A copy of the lead's visit that the report was signed from, after all three."""
    with opened(copy_of(signed.visits[3], tmp_path)) as open_:
        yield open_


@pytest.fixture
def earlier(signed: Signed, tmp_path: Path) -> Iterator[OpenVisit]:
    """The same after the lead's signature."""
    with opened(copy_of(signed.visits[1], tmp_path / "earlier")) as open_:
        yield open_


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same check in this process, which saves the start of a child; some tests use the child."""

    def find_here(
        path: Path, *, roots: Sequence[Certificate], now: datetime, cancelled: object = None
    ) -> Findings:
        with path.open("rb") as file:
            return checking.check_file(file, roots=roots, now=now)

    for module in (verifying, signing, stamping):
        monkeypatch.setattr(module, "find_out", find_here)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[OpenVisit]:
    """Quite another visit."""
    from qsin_desktop.actions.founding import Protection, found_visit
    from tests.founding import CHEAP, ME, PASSPHRASE, Clock, new_visit

    path = tmp_path / "Elsewhere.qsin"
    protection = Protection(passphrase=PASSPHRASE, key_file=None, cost=CHEAP)
    with found_visit(path, new_visit(), identity=ME, protection=protection, clock=Clock()) as visit:
        yield visit
