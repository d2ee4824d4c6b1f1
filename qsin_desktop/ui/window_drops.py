"""Files dropped anywhere on the window: visits, bundles, the network's workbooks and reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qsin_desktop.ui.places import RETURN, Place
from qsin_desktop.ui.words import count

if TYPE_CHECKING:
    from qsin_desktop.ui.main_window import MainWindow

_WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}  # the last ones are refused with a sentence of their own


def take_dropped(window: MainWindow, paths: tuple[Path, ...]) -> None:
    """What a screen does not take for itself comes here."""
    from qsin_desktop.actions.arrivals import BUNDLE_SUFFIX
    from qsin_desktop.actions.library import is_visit

    reports = [path for path in paths if path.suffix.casefold() == ".pdf"]
    workbooks = [path for path in paths if path.suffix.casefold() in _WORKBOOKS]
    bundles = tuple(path for path in paths if path.suffix.casefold() == BUNDLE_SUFFIX)
    visits = [path for path in paths if is_visit(path)]
    taken: tuple[Path, ...] = paths
    if visits:
        taken = (visits[0],)
        window.open(visits[0])
    elif bundles and window.frame is not None:
        taken = bundles
        window.frame.desk.exchanges.receive(bundles)
    elif bundles and window.receiving is not None:
        taken = bundles
        window.receiving.take(bundles)
    elif workbooks and window.frame is not None:
        taken = (workbooks[0],)
        window.frame.show_place(Place(RETURN, file=workbooks[0]))
    elif workbooks:
        window.workplace.messages.info(
            "Open the visit first that this workbook belongs to, then drop it again."
        )
    elif reports:
        taken = (reports[0],)
        window.check_report(reports[0])
    else:
        window.workplace.messages.info(
            "Dropped here, a visit is opened, a colleague's bundle received, a report checked and the "
            "network's workbook read back. To attach files as evidence, drop them on the evidence of a "
            "criterion."
        )
    _tell_left_alone(window, [path for path in paths if path not in taken])


def _tell_left_alone(window: MainWindow, left: list[Path]) -> None:
    """One drop does one thing; what else was in it is not passed over in silence."""
    if not left:
        return
    first = f"“{left[0].name}”"
    if len(left) == 1:
        words = f"{first} was left alone; drop it by itself."
    else:
        words = f"{first} and {count(len(left) - 1, 'more', 'more')} were left alone; drop them one by one."
    window.workplace.messages.info(words)
