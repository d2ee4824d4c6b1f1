"""The program as a person starts it, until it says that it is painted; then this process ends.

python -m tests.bench.programs.start_window painted     the first paint of the window
python -m tests.bench.programs.start_window listed      the visits on this computer are shown too
"""

from __future__ import annotations

import gc
import sys

gc.disable()  # as open_window does at once; here the window's class is imported a little earlier

from PySide6.QtCore import QTimer  # noqa: E402
from PySide6.QtWidgets import QWidget  # noqa: E402

from qsin_desktop.__main__ import main  # noqa: E402
from qsin_desktop.ui.main_window import MainWindow  # noqa: E402
from tests.bench.programs.painted import say_and_end, say_when_painted  # noqa: E402


def say_when_listed() -> None:
    """After the paint that follows the list of visits: behind what furnishing has asked to be painted."""
    furnish = MainWindow.furnish

    def furnished(self: MainWindow) -> None:
        furnish(self)
        QTimer.singleShot(0, lambda: _paint_and_say(self))

    MainWindow.furnish = furnished  # type: ignore[method-assign]


def _paint_and_say(window: QWidget) -> None:
    window.repaint()
    say_and_end()


if __name__ == "__main__":
    if sys.argv[1:] == ["listed"]:
        say_when_listed()
    else:
        say_when_painted(MainWindow)
    sys.exit(main([]))
