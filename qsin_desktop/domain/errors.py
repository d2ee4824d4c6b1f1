"""The world's faults: each class writes the one sentence that the user reads.

A `Refusal` is expected and is shown as it stands (exit code 1 on the command line).
Anything else that is raised is a bug of ours.
"""

from qsin_desktop.domain.joiners import JOINERS


class Refusal(Exception):
    """Something that cannot be done, told in one sentence: what happened, what is safe, what to do.

    `brief` is what goes behind “Not saved:” where there is room for two words.
    """

    brief = ""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


class Damage(Refusal):
    """A part of a visit is not what it should be; “Repair” may put it right."""


_SHOWN = 80


def shown(name: str) -> str:
    """What a person gave as a name, fit to stand in a sentence: cut short, and on one line."""
    cut = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
    return "".join(sign if sign.isprintable() or sign in JOINERS else "□" for sign in cut)


class UnknownCriterion(Refusal):
    def __init__(self, code: str) -> None:
        super().__init__(f"There is no criterion “{shown(code)}” in this visit's standards pack.")


class UnknownStandard(Refusal):
    def __init__(self, code: str) -> None:
        super().__init__(f"There is no standard “{shown(code)}” in this visit's standards pack.")


class UnknownSite(Refusal):
    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        listed = "; ".join(known) if known else "none"
        super().__init__(f"There is no site “{shown(name)}” in this visit. Its sites are: {listed}.")


class UnknownRating(Refusal):
    def __init__(self, given: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"“{shown(given)}” is not on this visit's rating scale, which has: {', '.join(known)}."
        )


class UnknownGrade(Refusal):
    def __init__(self, given: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"“{shown(given)}” is not a finding grade of this visit, which has: {', '.join(known)}."
        )


class ReasonNeeded(Refusal):
    """The rating asked for must carry a reason; nothing was recorded."""

    def __init__(self, label: str, because: str = "") -> None:
        super().__init__(f"{label} needs a reason{because}. Write it and the rating is recorded.")


class NotApplicableForbidden(Refusal):
    def __init__(self, code: str) -> None:
        super().__init__(f"{code} applies to every network, so it cannot be rated not applicable.")


class TextTooLong(Refusal):
    """`file_instead`: the text is one that could as well be attached."""

    brief = "text too long"

    def __init__(self, what: str, length: int, limit: int, *, file_instead: bool = True) -> None:
        advice = "attach it as a file instead" if file_instead else "write it shorter"
        super().__init__(
            f"The {what} has {length:,} characters and at most {limit:,} can be kept; {advice}. "
            "Nothing was changed."
        )


class TextMissing(Refusal):
    def __init__(self, what: str) -> None:
        super().__init__(f"The {what} is empty; write something first.")


class NotFound(Refusal):
    """A finding, note, exhibit or person named by the user does not exist."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(f"There is no {what} “{shown(name)}” in this visit.")


class VisitSealed(Refusal):
    brief = "sealed"

    def __init__(self) -> None:
        super().__init__(
            "This visit is sealed. The lead assessor can reopen it with a reason; nothing was changed."
        )


class LeadOnly(Refusal):
    def __init__(self, what: str) -> None:
        super().__init__(f"Only the lead assessor can {what}.")


class NothingToUndo(Refusal):
    def __init__(self, word: str = "undo") -> None:
        super().__init__(f"There is nothing to {word}.")


class ReadOnlyVisit(Refusal):
    """The visit is open for reading only, with the reason."""

    brief = "read only"

    def __init__(self, why: str) -> None:
        super().__init__(f"This visit can only be read here: {why} Nothing was changed.")
