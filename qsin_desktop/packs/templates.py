"""Read and check a body's report template: a folder with `template.yaml` and a logo."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.templates import ReportTemplate
from qsin_desktop.packs.building import template_from
from qsin_desktop.packs.frozen import read_frozen, refuse_unknown_look
from qsin_desktop.packs.logos import logo_at
from qsin_desktop.packs.refusals import MOST_ERRORS, CannotWrite, FrozenPackDamaged, PackError, cut_short
from qsin_desktop.packs.schema_check import WHOLE, schema_errors
from qsin_desktop.packs.shipped import TEMPLATES, report_template
from qsin_desktop.packs.template_check import template_errors
from qsin_desktop.packs.text_check import text_errors
from qsin_desktop.packs.text_files import FileRefused, read_text
from qsin_desktop.packs.whole_files import write_whole
from qsin_desktop.packs.yaml_lines import YamlRefused, read_yaml

FILE = "template.yaml"
_FORMAT = 1


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
    errors += template_errors(located, located.value)
    logo = logo_at(located, ("logo",), folder, errors)
    if errors:
        return CheckedTemplate(tuple(sorted(errors, key=lambda error: error.line or 0))[:MOST_ERRORS])
    return CheckedTemplate(
        (), template_from(folder.resolve().name, cast("dict[str, Any]", located.value), logo)
    )


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
    if found.format != _FORMAT:
        raise FrozenPackDamaged("it is in a format that this program does not know")
    refuse_unknown_look(found.template)
    return found.template


def template_hash(frozen: bytes) -> str:
    return hashlib.sha256(frozen).hexdigest()
