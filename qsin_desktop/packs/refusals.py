"""Why a standards pack, rule set or sheet could not be used: every error, each with its line."""

from __future__ import annotations

from dataclasses import dataclass

from qsin_desktop.domain.errors import Refusal

MOST_ERRORS = 1000  # a file with more is not a pack that somebody is mending


@dataclass(frozen=True)
class PackError:
    """One error; `line` counts from 1, or is None where the file as a whole (or a sheet's row) is meant."""

    line: int | None
    reason: str

    def __str__(self) -> str:
        return self.reason if self.line is None else f"line {self.line}: {self.reason}"


class PackRefused(Refusal):
    """A pack or rule set that is not used, with all of its errors in the order of the file."""

    def __init__(self, what: str, errors: tuple[PackError, ...]) -> None:
        super().__init__(f"{what} cannot be used: {_first_of(errors)} Nothing was changed.")
        self.errors = errors


class SheetRefused(PackRefused):
    """An Excel sheet that no pack was made of; its errors name sheet and row."""


class UnknownPack(Refusal):
    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"There is no standards pack “{cut_short(name)}”. "
            f"Name a pack file, or one that comes with the program: {', '.join(known)}."
        )


class UnknownRules(Refusal):
    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"There is no rule set “{cut_short(name)}”. This pack can be used with: {', '.join(known)}."
        )


class FileInTheWay(Refusal):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{cut_short(name)}” is there already and was not replaced; "
            "give another name, or ask to overwrite it."
        )


class CannotWrite(Refusal):
    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"“{cut_short(name)}” could not be written: {why} Nothing was changed.")


class FrozenPackDamaged(Refusal):
    """The copy of the pack that a visit holds cannot be read."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The visit's copy of its standards pack cannot be read: {why}.")


def cut_short(text: str) -> str:
    """A foreign text as it may stand in a sentence: at most 60 characters, all of them visible."""
    visible = "".join(ch if ch.isprintable() else "\ufffd" for ch in text[:61])
    return visible if len(text) <= 60 else visible[:59] + "…"


def _first_of(errors: tuple[PackError, ...]) -> str:
    if len(errors) == 1:
        return str(errors[0])
    count = f"at least {MOST_ERRORS:,}" if len(errors) >= MOST_ERRORS else str(len(errors))
    return f"it has {count} errors, the first at {errors[0]}"
