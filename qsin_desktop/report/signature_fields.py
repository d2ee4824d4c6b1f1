"""The empty fields that signatures go into, made with the report so that signing changes nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from qsin_desktop.domain.signatures import SignatureSlot, signature_slots
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.pdf_file import PdfFile
from qsin_desktop.report.pdf_syntax import number, pdf_text, reference
from qsin_desktop.report.printing import Printing
from qsin_desktop.report.tagging import Annotated, Tag
from qsin_desktop.report.wording import report_number

WIDTH, HEIGHT = 214.0, 74.0  # of every field, points


def field_words(slot: SignatureSlot) -> str:
    """What a reader by ear is told that the field is."""
    whose = f" of {slot.name}" if slot.name else ""
    return f"Signature{whose}. {slot.purpose}"


def write_field(
    printing: Printing, slot: SignatureSlot, tag: Tag, page: int, box: tuple[float, float, float, float]
) -> int:
    """Write an empty field and answer its object number; `box` is left, bottom, right, top on the page.

    Its lock says that signing it closes it and nothing else. The empty look is for archives, which want one.
    """
    file = printing.file
    width, height = box[2] - box[0], box[3] - box[1]
    look = file.write_stream(
        f"/Type/XObject/Subtype/Form/BBox[0 0 {number(width)} {number(height)}]/Resources<<>>", b""
    )
    name, words = pdf_text(slot.field), pdf_text(field_words(slot))
    lock = file.write(f"<</Type/SigFieldLock/Action/Include/Fields[{name}]>>")
    rectangle = " ".join(number(v) for v in box)
    key = printing.tree.annotation_key(tag)
    field = file.write(
        f"<</Type/Annot/Subtype/Widget/FT/Sig/T {name}/TU {words}/Contents {words}/F 4/Rect[{rectangle}]"
        f"/P {reference(page)}/StructParent {key}/Lock {reference(lock)}/AP<</N {reference(look)}>>>>"
    )
    tag.kids.append(Annotated(page, field))
    printing.fields.append(field)
    return field


def write_form(file: PdfFile, fields: Sequence[int]) -> str:
    """The catalog's entry for the fields; nothing where there are none."""
    if not fields:
        return ""
    form = file.write(f"<</Fields[{' '.join(reference(field) for field in fields)}]/SigFlags 0>>")
    return f"/AcroForm {reference(form)}"


def report_mark(visit: VisitSnapshot) -> str:
    """The catalog's entry that says of which visit, version and seal the file is, and who signs where."""
    seal = visit.seal.entry if visit.seal else ""
    slots = "".join(_slot(slot) for slot in signature_slots(visit.people)) if visit.final else ""
    return (
        f"/QSIN_Report<</Visit {pdf_text(visit.visit_id)}/Version {visit.version}/Seal {pdf_text(seal)}"
        f"/Number {pdf_text(report_number(visit))}/Final {'true' if visit.final else 'false'}"
        f"/Signers[{slots}]>>"
    )


def _slot(slot: SignatureSlot) -> str:
    return (
        f"<</Field {pdf_text(slot.field)}/Role {pdf_text(slot.role.value)}/Person {pdf_text(slot.person)}"
        f"/Name {pdf_text(slot.name)}>>"
    )
