from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from qsin_desktop.app import open_window
from qsin_desktop.crashes import stop_noting
from qsin_desktop.store.identity import IDENTITY_NAME
from qsin_desktop.ui.main_window import MainWindow
from qsin_desktop.ui.messages import BUG_SENTENCE
from qsin_desktop.ui.theme import Theme
from tests.founding import ME, key_file_of

HEAVY = ("sqlalchemy", "cryptography", "openpyxl", "reportlab", "alembic", "yaml", "qtawesome", "sqlcipher3")
STARTED = f"""
import sys
from pathlib import Path
from qsin_desktop.ui.main_window import MainWindow

furnish = MainWindow.furnish

def told(window):
    print("before:", [name for name in {HEAVY!r} if name in sys.modules])
    furnish(window)
    window.close()

MainWindow.furnish = told
from qsin_desktop.app import open_window
sys.exit(open_window(home=Path(sys.argv[1])))
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    ME.keep(home / IDENTITY_NAME)
    return home


@pytest.fixture(autouse=True)
def _no_test_hangs(theme: Theme) -> Iterator[None]:
    """A window that nobody closes is closed; the test then fails by what it saw."""
    clock = QTimer()
    clock.setSingleShot(True)
    clock.timeout.connect(QApplication.closeAllWindows)
    clock.start(15_000)
    yield
    clock.stop()
    stop_noting()


def windows() -> list[MainWindow]:
    shown = QApplication.topLevelWidgets()
    return [widget for widget in shown if isinstance(widget, MainWindow) and widget.isVisible()]


def test_the_window_paints_before_the_store_is_imported(home: Path) -> None:
    command = [sys.executable, "-c", STARTED, str(home)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "before: []\n"), done.stderr


def test_a_visit_is_opened_and_closed_again(theme: Theme, home: Path, visit_folder: Path) -> None:
    seen: list[str] = []

    def look() -> None:
        (window,) = windows()
        if window.frame is not None:
            seen.append(window.frame.desk.record.facts.network)
            clock.stop()
            window.close()

    clock = QTimer()
    clock.timeout.connect(look)
    clock.start(20)
    assert open_window(home=home, visit=visit_folder, key_file=key_file_of(visit_folder)) == 0
    assert seen == ["Thames Estuary Imaging Network"]
    assert gc.isenabled()


@pytest.mark.logs_warnings
def test_a_fault_of_ours_is_one_calm_sentence_and_the_work_goes_on(theme: Theme, home: Path) -> None:
    told: list[str] = []

    def fail() -> None:
        (window,) = windows()
        QTimer.singleShot(0, look)
        sys.excepthook(ZeroDivisionError, ZeroDivisionError("x"), None)
        told.extend(window.workplace.messages.texts)

    def look() -> None:
        (window,) = windows()
        told.append("still there" if window.isVisible() else "gone")
        window.close()

    QTimer.singleShot(300, fail)
    assert open_window(home=home) == 0
    assert told == [BUG_SENTENCE, "still there"]
