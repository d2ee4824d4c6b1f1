"""Files dropped anywhere on the window: visits, bundles, the network's workbooks and reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qsin_desktop.ui.places import RETURN, Place

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
    if visits:
        window.open(visits[0])
    elif bundles and window.frame is not None:
        window.frame.desk.exchanges.receive(bundles)
    elif bundles and window.receiving is not None:
        window.receiving.take(bundles)
    elif workbooks and window.frame is not None:
        window.frame.show_place(Place(RETURN, file=workbooks[0]))
    elif workbooks:
        window.workplace.messages.info(
            "Open the visit first that this workbook belongs to, then drop it again."
        )
    elif reports:
        window.check_report(reports[0])
    else:
        window.workplace.messages.info(
            "Dropped here, a visit is opened, a colleague's bundle received, a report checked and the "
            "network's workbook read back. To attach files as evidence, drop them on the evidence of a "
            "criterion."
        )
