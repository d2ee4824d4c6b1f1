"""Evidence: notes of what was read, heard and seen, and numbered exhibits with their links."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qsin_desktop.domain.marks import Mark
from qsin_desktop.domain.visits import NETWORK, Stage
from qsin_desktop.domain.withdrawals import Withdrawal


class NoteKind(StrEnum):
    DOCUMENT = "document"
    INTERVIEW = "interview"
    OBSERVATION = "observation"
    SAMPLE = "sample"

    @property
    def label(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True)
class Note:
    """A note belongs to its author; two people writing are two notes."""

    id: str
    criterion: str
    kind: NoteKind
    text: str
    by: str
    at: str
    stage: Stage = Stage.SITE
    site: str = NETWORK
    heard: str = ""  # who said it or showed it
    role: str = ""  # in what role
    when: str = ""  # when it was heard or seen, as the assessor wrote it
    shown: bool = True  # goes into the report
    withdrawal: Withdrawal | None = None  # taken back by its author; still to be read
    disputed: bool = False
    n: int = 0


@dataclass(frozen=True)
class SeenDocument:
    """A document seen on site and not copied. `dated` and `seen_on` are as the assessor wrote them."""

    number: str = ""
    title: str = ""
    dated: str = ""
    where: str = ""
    seen_by: str = ""
    seen_on: str = ""
    showed: str = ""


@dataclass(frozen=True)
class Exhibit:
    """One numbered piece of evidence: a file held in the visit, or a document seen and not copied.

    `sha256` is of the file's bytes, hex; `size` in bytes; `pieces` are the SHA-256 of its parts in order.
    """

    id: str
    number: str  # E-001
    title: str
    by: str
    at: str
    name: str = ""
    size: int = 0
    sha256: str = ""
    pieces: tuple[str, ...] = ()
    mime: str = ""
    group: str = ""  # photo, image, pdf, document, sheet, slides, audio, video, text, archive, program, other
    kind: str = ""  # in words: “PDF document”
    seen: SeenDocument | None = None
    marks: tuple[Mark, ...] = ()  # drawn over the picture wherever it is shown; the file stays as it is
    withdrawn: str = ""  # the reason; it keeps its number and stays visible, its citations do not count
    withdrawal: Withdrawal | None = None  # the same with who and when
    disputed: bool = False
    n: int = 0


@dataclass(frozen=True)
class ExhibitLink:
    """Where an exhibit is cited, with the place in it that matters there."""

    id: str
    exhibit: str
    criterion: str = ""  # one of criterion and finding is given
    finding: str = ""
    locator: str = ""
    caption: str = ""
    by: str = ""
    at: str = ""
    n: int = 0
