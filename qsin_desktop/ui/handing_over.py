"""Starts what a person asked for by button, menu, key or drop: hand over, receive, exchange now."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from qsin_desktop.actions.arrivals import BUNDLE_SUFFIX
from qsin_desktop.actions.enrolling import Card
from qsin_desktop.actions.welcoming import welcome
from qsin_desktop.domain.people import Role
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.hand_over import BUNDLES, FOLDER, HandOverPage
from qsin_desktop.ui.dialogs.invite import InvitePage

ALL_FILES = "All files (*)"
_WRITTEN = (
    "The invitation “{file}” is written. Give it to {name}; once something of theirs has come back, "
    "confirm their laptop here by the six words."
)


def ask_hand_over(desk: Desk, window: QWidget) -> HandOverPage:
    def done(kind: str, path: Path, person: str) -> None:
        if kind == FOLDER:
            desk.exchanges.meet(path)
        else:
            desk.exchanges.hand_over(path, person)

    page = HandOverPage(desk, done, window)
    page.open()
    return page


def ask_invite(desk: Desk, window: QWidget) -> InvitePage:
    """The newcomer is in the team before the file is written, or the file could not be made for them."""

    def done(card: Card, role: Role, planned: str, path: Path) -> None:
        if desk.act(lambda: welcome(desk.visit, card, role=role, instead_of=planned)) is not None:
            desk.exchanges.hand_over(path, told=_WRITTEN.format(file=path.name, name=card.name))

    page = InvitePage(desk, done, window)
    page.open()
    return page


def ask_receive(desk: Desk, window: QWidget) -> None:
    if desk.visit.read_only:
        desk.messages.refused(desk.visit.read_only)
        return
    kinds = f"{BUNDLES};;{ALL_FILES}"
    paths = desk.asking.files(window, "Receive from a colleague", "receive", kinds)
    if paths:
        desk.exchanges.receive(paths)


def meet_now(desk: Desk) -> None:
    """By key: says so when no folder is chosen."""
    if desk.team_folder.state.folder is None:
        desk.messages.info("No folder of the team is chosen yet; choose one on the Team screen.")
    else:
        desk.team_folder.meet_now()


def bundles_among(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Those that are named as bundles are."""
    return tuple(path for path in paths if path.suffix.casefold() == BUNDLE_SUFFIX and path.is_file())
