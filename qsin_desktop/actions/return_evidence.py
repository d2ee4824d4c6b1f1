"""Finds for each file that came with a return the findings it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from qsin_desktop.actions.outside import files_in, linked_folders
from qsin_desktop.domain.errors import Refusal, shown
from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.responses import Response
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.returned.outcome import About, Remark, Return
from qsin_desktop.store.pieces import FILE_LIMIT
from qsin_desktop.store.sources import CannotAttach, refuse_unfit

MOST_FILES = 2_000
_MOST_TOLD = 40
_LINK = "“{}” is a link to another place; it is not attached."
_LEAST_STEM = 4  # a name without its ending must be this long to be taken for one inside a sentence
_OF_THE_SYSTEM = {"thumbs.db", "desktop.ini"}
_NUMBER = re.compile(r"f[-_ ]?0*(\d+)([a-z]?)(?![a-z0-9])")
_FILE_NAME = re.compile(  # its last word, which may hold words in brackets
    r"(?:[^\s,;:()“”\"']|\([^\s()]*\))+\.(?:pdf|docx?|xlsx?|pptx?|csv|txt|jpe?g|png|heic|tiff?|zip|msg|eml)\b",
    re.IGNORECASE,
)

Answers = Mapping[str, Mapping[Response, str]]


class NoEvidenceFolder(Refusal):
    def __init__(self, folder: Path) -> None:
        archive = folder.suffix.casefold() in (".zip", ".7z", ".rar") and folder.is_file()
        hint = " Unpack it first, and choose the folder that comes out." if archive else ""
        super().__init__(f"“{shown(folder.name)}” is not a folder with evidence.{hint} Nothing was changed.")


class TooManyFiles(Refusal):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"“{shown(folder.name)}” holds more than {MOST_FILES:,} files; "
            "choose the folder that came with the answers. Nothing was changed."
        )


@dataclass(frozen=True)
class ReturnedFile:
    """A file and the findings (ids, and numbers to show) that it is attached to."""

    path: Path
    findings: tuple[str, ...]
    numbers: tuple[str, ...]


def find_evidence(
    folder: Path, back: Return, workbook: Path, snapshot: VisitSnapshot
) -> tuple[tuple[ReturnedFile, ...], tuple[Remark, ...]]:
    """By the finding's number at the head of a file's or folder's name, or by its name in the reference.

    Raises `NoEvidenceFolder`, `NothingToAttach` or `TooManyFiles`. What belongs to no finding is told.
    """
    if not folder.is_dir():
        raise NoEvidenceFolder(folder)
    remarks, found = [], []
    findings = [f for f in snapshot.findings if not f.withdrawn]
    references = {f.id: _reference(f, back.answers, snapshot) for f in findings}
    paths, strange = _usable(folder, workbook)
    for path in paths:
        matched = [f for f in findings if _belongs(path.relative_to(folder), f, references[f.id])]
        if matched:
            found.append(ReturnedFile(path, tuple(f.id for f in matched), tuple(f.number for f in matched)))
        else:
            strange.append(f"“{shown(path.name)}” is named by no finding; it is not attached.")
    remarks += [Remark(About.NOT_READ, words) for words in strange[:_MOST_TOLD]]
    if len(strange) > _MOST_TOLD:
        more = len(strange) - _MOST_TOLD
        remarks.append(Remark(About.NOT_READ, f"Nor are {more} more files that belong to no finding."))
    remarks += _absent(findings, references, paths)
    return tuple(found), tuple(remarks)


def _usable(folder: Path, workbook: Path) -> tuple[list[Path], list[str]]:
    """The files but the workbook itself; a link leads out of what was sent and is left alone."""
    paths: list[Path] = []
    strange = [_LINK.format(shown(link.name)) for link in linked_folders(folder)]
    for count, path in enumerate(files_in(folder)):
        if count >= MOST_FILES:
            raise TooManyFiles(folder)
        if path.is_symlink():
            strange.append(_LINK.format(shown(path.name)))
        elif not _is_workbook(path, workbook) and path.name.casefold() not in _OF_THE_SYSTEM:
            why = _unfit(path)
            if why:
                strange.append(f"“{shown(path.name)}” {why}; it is not attached.")
            else:
                paths.append(path)
    return paths, strange


def _unfit(path: Path) -> str:
    """Why it can be no exhibit; one such file must not hold up all the others."""
    try:
        refuse_unfit(path, path.name, FILE_LIMIT)
    except CannotAttach as cannot:
        return cannot.why
    except Refusal:
        return "could not be read"
    return ""


def _is_workbook(path: Path, workbook: Path) -> bool:
    return path.name == f"~${workbook.name}" or (path.name == workbook.name and path.samefile(workbook))


def _reference(finding: Finding, answers: Answers, snapshot: VisitSnapshot) -> str:
    """What was written as evidence reference, in this return or before."""
    written = answers.get(finding.id, {}).get(Response.EVIDENCE, "")
    return f"{written}\n{snapshot.response_of(finding.id).texts.get(Response.EVIDENCE, '')}".casefold()


def _belongs(path: Path, finding: Finding, reference: str) -> bool:
    wanted = _number(finding.number)
    if any(_number(part) == wanted for part in path.parts):
        return True
    name, stem = path.name.casefold(), path.stem.casefold()
    return _says(reference, name) or (len(stem) >= _LEAST_STEM and _says(reference, stem))


def _number(name: str) -> tuple[str, str]:
    """`F-012b policy.pdf` → ("12", "b")."""
    found = _NUMBER.match(name.casefold())
    return (found[1], found[2]) if found else ("", "")


def _says(reference: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", reference) is not None


def _absent(
    findings: Iterable[Finding], references: Mapping[str, str], paths: Iterable[Path]
) -> Iterator[Remark]:
    there = [path.name.casefold() for path in paths]
    for finding in findings:
        for name in dict.fromkeys(_FILE_NAME.findall(references[finding.id])):
            if not any(file.endswith(name) for file in there):
                words = f"{finding.number} names “{name}”, which is not in the folder."
                yield Remark(About.FILE, words, finding.id)
