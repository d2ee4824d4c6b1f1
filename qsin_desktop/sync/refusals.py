"""What can go wrong when laptops meet, each told in one sentence."""

from __future__ import annotations

from qsin_desktop.domain.errors import Refusal

_SAFE = "What is on this laptop is safe."


class NotABundle(Refusal):
    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” is not a bundle of a visit. Nothing was taken from it.")


class BundleDamaged(Refusal):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” is damaged or was cut short, so nothing was taken from it. {_SAFE} "
            "Ask for the bundle again, or copy it again from where it came."
        )


class BundleNewer(Refusal):
    """A bundle or a place of a later format."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” was written by a newer version of QSIN Desktop; install that version to read it. "
            "Nothing was taken from it."
        )


class AnotherVisit(Refusal):
    def __init__(self, name: str, title: str = "") -> None:
        here = f"“{title}”" if title else "this one"
        super().__init__(f"“{name}” belongs to another visit than {here}. Nothing was taken from it.")


class LeadsElsewhere(Refusal):
    """A link stands where a folder of ours should be: what is written there would land somewhere else."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"On “{title}” a link to another place stands where this visit's files belong, so nothing was "
            f"written there. {_SAFE} Remove the link, or use another stick or folder."
        )


class TooLargeForDrive(Refusal):
    """FAT32 takes no file of 4 GiB or more."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” became larger than this drive takes (a FAT32 stick takes files below 4 GiB), and "
            f"nothing was left of it. {_SAFE} Exchange by a folder on the stick instead: its files are small."
        )


class ForOthers(Refusal):
    """Nothing in it can be read with this laptop's key."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” was made for other laptops and cannot be read by this one. Nothing was taken from it. "
            "Give the sender the card of this laptop, and ask for a bundle that is made for it."
        )


class NoInvitation(Refusal):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” does not hold a whole visit, so no new visit was made from it. Receive it into a "
            "visit you have, or ask the lead assessor for an invitation."
        )


class ExchangeStopped(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "The exchange was stopped. What came and went before that stays; start it again to go on "
            "from there."
        )


class RangeRefused(Refusal):
    """A file of entries that is damaged, too large or not what its name says; for this room's summary."""


class PieceRefused(Refusal):
    """A piece of evidence that is damaged or not what its name says."""
