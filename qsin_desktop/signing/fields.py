"""The signature fields of a report, as they are in the file: for whom, signed or not, and of which visit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from qsin_desktop.domain.people import Role
from qsin_desktop.domain.signatures import SignatureSlot
from qsin_desktop.signing.quiet import quiet

MARK = "/QSIN_Report"


@dataclass(frozen=True)
class ReportMark:
    """What the report says of itself, bound by its signatures. Empty for what is no report of ours."""

    visit: str = ""
    version: int = 0
    seal: str = ""
    number: str = ""
    final: bool = False
    slots: tuple[SignatureSlot, ...] = ()

    def slot(self, field: str) -> SignatureSlot | None:
        return next((slot for slot in self.slots if slot.field == field), None)


@dataclass(frozen=True)
class FieldState:
    """A signature field; `signer` is the name in the certificate, empty while it is not signed."""

    field: str
    signer: str


@dataclass(frozen=True)
class SignedReport:
    mark: ReportMark
    fields: tuple[FieldState, ...]
    certified: bool

    @property
    def signatures(self) -> int:
        return sum(1 for field in self.fields if field.signer)

    def signer_of(self, field: str) -> str | None:
        """Empty for a field that waits, None for one that is not there."""
        return next((state.signer for state in self.fields if state.field == field), None)


def read_fields(file: BinaryIO) -> SignedReport:
    """For a file whose bytes are known to be a report of this program; another may raise anything."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    with quiet():
        reader = PdfFileReader(file, strict=False)
        fields = tuple(FieldState(name, _signer(field)) for name, field in signature_fields(reader))
        return SignedReport(mark_of(reader), fields, "/DocMDP" in reader.root.get("/Perms", {}))


def signature_fields(reader: Any) -> Iterator[tuple[str, Any]]:
    """Signature fields that people sign, by name; those of document timestamps are left out."""
    from pyhanko.sign.fields import enumerate_sig_fields

    for name, value, reference in enumerate_sig_fields(reader):
        if value is None or value.get_object().get("/Type", "/Sig") != "/DocTimeStamp":
            yield str(name), reference.get_object()


def mark_of(reader: Any) -> ReportMark:
    """Empty for a file that bears none, or one that is not shaped as ours."""
    try:
        mark = reader.root[MARK]
        slots = tuple(
            SignatureSlot(str(s["/Field"]), Role(str(s["/Role"])), str(s["/Person"]), str(s["/Name"]))
            for s in mark["/Signers"]
        )
        return ReportMark(
            visit=str(mark["/Visit"]),
            version=int(mark["/Version"]),
            seal=str(mark["/Seal"]),
            number=str(mark["/Number"]),
            final=mark["/Final"].value is True,
            slots=slots,
        )
    except (KeyError, TypeError, ValueError):
        return ReportMark()


def _signer(field: Any) -> str:
    from asn1crypto import cms

    from qsin_desktop.signing.certificates import facts_from

    try:
        value = field["/V"]
    except KeyError:
        return ""
    try:
        data = cms.ContentInfo.load(bytes(value["/Contents"]))["content"]
        serial = data["signer_infos"][0]["sid"].chosen["serial_number"].native
        own = next(c.chosen for c in data["certificates"] if c.chosen.serial_number == serial)
        return facts_from(own.dump()).name
    except (KeyError, TypeError, ValueError, StopIteration, IndexError):
        return "somebody who cannot be told"
