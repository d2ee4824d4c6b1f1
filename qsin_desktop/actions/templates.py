"""The body's report template: the visit holds its own copy, so that every laptop draws the same."""

from __future__ import annotations

import base64
import binascii
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.domain.templates import PLAIN, ReportTemplate
from qsin_desktop.journal.entry import Draft

if TYPE_CHECKING:
    from qsin_desktop.packs.templates import CheckedTemplate

_LARGEST = 4 * 1024 * 1024  # bytes of a copy, unpacked


class TemplateDamaged(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "The report template inside this visit cannot be read, perhaps because a newer program made it. "
            "Choose the template again, or take it off the visit; nothing else is touched."
        )


def template_of(record: VisitRecord) -> ReportTemplate:
    """The template that this visit's report is drawn by: its own, its pack's, or `PLAIN`.

    Raises `TemplateDamaged`.
    """
    value = record.value("visit", record.visit_id, "template")
    if value is None:
        return record.pack.template or PLAIN
    from qsin_desktop.packs.refusals import FrozenPackDamaged
    from qsin_desktop.packs.templates import template_from_bytes, template_hash

    try:
        frozen = zlib.decompressobj().decompress(base64.b64decode(value["packed"], validate=True), _LARGEST)
        if template_hash(frozen) != value["hash"]:
            raise TemplateDamaged
        return template_from_bytes(frozen)
    except (FrozenPackDamaged, zlib.error, binascii.Error, ValueError):
        raise TemplateDamaged from None


def is_own_template(record: VisitRecord) -> bool:
    """Whether one was chosen for this visit, so that it can be taken off again."""
    return record.value("visit", record.visit_id, "template") is not None


def choose_template(visit: OpenVisit, folder: Path) -> Change:
    """Take a copy of the template in `folder`; raises `TemplateRefused` with every error."""
    from qsin_desktop.packs.templates import read_template, template_hash, template_to_bytes

    template = read_template(folder)
    frozen = template_to_bytes(template)
    key, digest = _key(visit), template_hash(frozen)
    standing = visit.record.value("visit", visit.visit_id, "template")
    if isinstance(standing, dict) and standing["hash"] == digest:
        return Change("", "", ())
    value = {
        "name": template.body,
        "hash": digest,
        "packed": base64.b64encode(zlib.compress(frozen, 9)).decode("ascii"),
    }
    return visit.write(f"Use the report template of {template.body}", [Draft(key, value)])


def drop_template(visit: OpenVisit) -> Change:
    """Go back to the report's own look; raises nothing where there is no template."""
    if not is_own_template(visit.record):
        return Change("", "", ())
    return visit.write("Take the report template off", [Draft(_key(visit), None)])


def check_template(folder: Path) -> CheckedTemplate:
    """Every error of the template in a folder."""
    from qsin_desktop.packs.templates import check_template as check

    return check(folder)


def write_example_template(folder: Path) -> Path:
    """A commented template to begin with, in a new folder; raises `FileInTheWay` or `CannotWrite`."""
    from qsin_desktop.packs.templates import write_example

    return write_example(folder)


def _key(visit: OpenVisit) -> FieldKey:
    return FieldKey("visit", visit.visit_id, "template")
