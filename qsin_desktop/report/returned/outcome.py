"""What a workbook that came home says: differences to take over, alterations and remarks to know of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.responses import Response


class CannotReadReturn(Refusal):
    """The file is not a workbook of this visit that can be read; nothing of it was taken."""

    def __init__(self, name: str, reason: str) -> None:
        visible = "".join(ch if ch.isprintable() else "\ufffd" for ch in name[:120])
        super().__init__(f"“{visible}” was not read: {reason} Nothing was changed.")


class ReadingStopped(Refusal):
    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” was not read to its end. Nothing was changed.")


class About(StrEnum):
    """What a remark is about."""

    FILE = "file"
    ROUND = "round"
    COLUMNS = "columns"
    ROWS = "rows"
    CELL = "cell"  # read, in a way that should be known
    NOT_READ = "not-read"  # a cell or row that was written in and is not taken over


@dataclass(frozen=True)
class Remark:
    """A sentence for the person who looks before taking over. `finding` is an id or empty."""

    about: About
    words: str
    finding: str = ""


@dataclass(frozen=True)
class Difference:
    """One answer that differs from what stands. Days are ISO days; `before` is empty for a first answer.

    `remark` says how it was read where that is not plain.
    """

    finding: str
    number: str
    column: Response
    before: str
    after: str
    remark: str = ""


@dataclass(frozen=True)
class Alteration:
    """A locked cell that is not as it was sent; never taken over.

    Outside the rows of findings `finding` is empty, `sheet` the title and `number` the place; then `column`
    may be empty too, for a whole row. `certain` is False where the visit has changed since the workbook was
    sent: that may be why, or `before` cannot be told.
    """

    finding: str
    number: str
    column: str
    before: str
    after: str
    certain: bool = True
    sheet: str = ""

    @property
    def where(self) -> str:
        return f"{self.number}, {self.column}" if self.column else self.number

    @property
    def told_before(self) -> bool:
        return self.certain or not self.sheet

    @property
    def doubt(self) -> str:
        """What stands in the way of certainty, without an end; empty where nothing does."""
        if self.certain:
            return ""
        if self.sheet:
            return "what was sent there is not known here"
        return "the finding has changed since the workbook was sent, which may be why"


@dataclass(frozen=True)
class Return:
    """A returned workbook, read and compared. `round` is the sending it answers, 0 where it does not say.

    `answers` are all texts written in it by finding id, changed or not; `rows` counts the findings found.
    """

    file: str
    sha256: str
    round: int
    rows: int
    differences: tuple[Difference, ...]
    alterations: tuple[Alteration, ...]
    remarks: tuple[Remark, ...]
    answers: Mapping[str, Mapping[Response, str]] = field(default_factory=dict)
