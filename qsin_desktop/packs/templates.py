"""Read and check a body's report template: a folder with `template.yaml` and a logo."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.templates import (
    NEEDED,
    ReportTemplate,
    Section,
    contrast,
    is_readable,
    made_readable,
)
from qsin_desktop.packs.frozen import read_frozen
from qsin_desktop.packs.located import Located
from qsin_desktop.packs.logos import LogoRefused, logo_address, logo_fault
from qsin_desktop.packs.refusals import MOST_ERRORS, CannotWrite, FrozenPackDamaged, PackError, cut_short
from qsin_desktop.packs.schema_check import WHOLE, schema_errors
from qsin_desktop.packs.shipped import TEMPLATES, report_template
from qsin_desktop.packs.text_check import text_errors
from qsin_desktop.packs.text_files import FileRefused, read_text
from qsin_desktop.packs.whole_files import write_whole
from qsin_desktop.packs.yaml_lines import YamlRefused, read_yaml

FILE = "template.yaml"
_FORMAT = 1
_SHOWN = ("heat_map", "series_bars", "people_heard", "photos")


class TemplateRefused(Refusal):
    """A template that is not used, with all of its errors in the order of the file."""

    def __init__(self, name: str, errors: tuple[PackError, ...]) -> None:
        more = f" It has {len(errors) - 1} more: “template check” names them all." if errors[1:] else ""
        super().__init__(
            f"The template “{cut_short(name)}” cannot be used: {errors[0]}{more} Nothing was changed."
        )
        self.errors = errors


@dataclass(frozen=True)
class CheckedTemplate:
    errors: tuple[PackError, ...]
    template: ReportTemplate | None = None


def read_template(folder: Path) -> ReportTemplate:
    """Raises `TemplateRefused` with every error."""
    found = check_template(folder)
    if found.template is None:
        raise TemplateRefused(folder.name or str(folder), found.errors)
    return found.template


def check_template(folder: Path) -> CheckedTemplate:
    """Every error with its line, and the template where there is none."""
    try:
        located = read_yaml(read_text(_file_in(folder)))
    except FileRefused as refused:
        return CheckedTemplate((refused.error,))
    except YamlRefused as refused:
        return CheckedTemplate(refused.errors)
    errors = [*schema_errors(TEMPLATES, located), *text_errors(located, WHOLE[TEMPLATES])]
    errors += [*_colour_errors(located), *_section_errors(located)]
    logo = _logo(located, folder, errors)
    if errors:
        return CheckedTemplate(tuple(sorted(errors, key=lambda error: error.line or 0))[:MOST_ERRORS])
    return CheckedTemplate((), _template(folder.resolve().name, cast("dict[str, Any]", located.value), logo))


def write_example(folder: Path) -> Path:
    """A commented template in a new or empty folder; raises `FileInTheWay` or `CannotWrite`."""
    try:
        folder.mkdir(exist_ok=True)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise CannotWrite(folder.name, f"no folder could be made ({why}).") from None
    path = folder / FILE
    write_whole(path, report_template().read_text(encoding="utf-8"))
    return path


def _file_in(folder: Path) -> Path:
    try:
        if not folder.is_dir():
            raise FileRefused(f"it is no folder; name the folder that holds {FILE}.")
        if not (folder / FILE).exists():
            raise FileRefused(f"there is no {FILE} in this folder.")
    except PermissionError:
        raise FileRefused(
            "this account may not look into the folder; copy it to a place of your own."
        ) from None
    except (OSError, ValueError):
        raise FileRefused("it cannot be read.") from None
    return folder / FILE


def _colour_errors(located: Located) -> Iterator[PackError]:
    accent = _within(located, "colours", "accent")
    if isinstance(accent, str) and _is_colour(accent) and not is_readable(accent):
        yield located.error(
            ("colours", "accent"),
            f"The colour {accent} is too pale to be read: its contrast on white is {contrast(accent):.1f} to "
            f"1, and text needs more than 4.5. A darker shade of it is {made_readable(accent)}.",
        )


def _is_colour(text: str) -> bool:
    return len(text) == 7 and text[0] == "#" and all(ch in "0123456789abcdefABCDEF" for ch in text[1:])


def _section_errors(located: Located) -> Iterator[PackError]:
    given = _within(located, "sections")
    if not isinstance(given, list):
        return
    for section in NEEDED:
        if section.value not in given:
            yield located.error(
                ("sections",),
                f"The section “{section.value}” cannot be left out: {_WHY.get(section, _EVERY_REPORT)}",
            )
    if Section.SIGNATURES.value in given[:-1]:
        place = given.index(Section.SIGNATURES.value)
        yield located.error(
            ("sections", place),
            "The signatures come last: they are made over all that stands before them.",
        )


_EVERY_REPORT = "every assessment report has it."
_WHY = {
    Section.DISAGREEMENTS: "a report says what its assessors did not agree about.",
    Section.NOT_COVERED: "a report says what was not looked at.",
    Section.EXHIBITS: "the list of exhibits with their fingerprints is what the report rests on.",
    Section.SIGNATURES: "the report is signed there.",
}


def _logo(located: Located, folder: Path, errors: list[PackError]) -> str:
    logo = _within(located, "logo")
    if not isinstance(logo, str) or not logo.strip():
        return ""
    try:
        return logo_address(logo, folder)
    except LogoRefused as refused:
        errors.append(located.error(("logo",), logo_fault(logo, refused)))
        return ""


def _within(located: Located, *path: str) -> object:
    here = located.value
    for name in path:
        here = here.get(name) if isinstance(here, dict) else None
    return here


def _template(name: str, value: dict[str, Any], logo: str) -> ReportTemplate:
    shown = value.get("show", {})
    return ReportTemplate(
        name=name,
        body=" ".join(value["body"].split()),
        contact=" ".join(value.get("contact", "").split()),
        language=value.get("language", ""),
        accent=value.get("colours", {}).get("accent", "").upper(),
        logo=logo,
        texts=tuple((name, text.strip()) for name, text in value.get("texts", {}).items()),
        sections=tuple(value.get("sections", ())),
        **{part: shown.get(part, True) for part in _SHOWN},
    )


# ---- the copy that a visit holds -----------------------------------------------------------------------


@dataclass(frozen=True)
class _Frozen:
    format: int
    template: ReportTemplate


def template_to_bytes(template: ReportTemplate) -> bytes:
    value = asdict(_Frozen(_FORMAT, template))
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def template_from_bytes(frozen: bytes) -> ReportTemplate:
    """Raises `FrozenPackDamaged` for anything that `template_to_bytes` does not write."""
    found = read_frozen(_Frozen, frozen, "template")
    if found.format != _FORMAT or (found.template.accent and not _is_colour(found.template.accent)):
        raise FrozenPackDamaged("it is in a format that this program does not know")
    if set(found.template.sections) - {section.value for section in Section}:
        raise FrozenPackDamaged("it names a section that this program does not know")
    return found.template


def template_hash(frozen: bytes) -> str:
    return hashlib.sha256(frozen).hexdigest()
