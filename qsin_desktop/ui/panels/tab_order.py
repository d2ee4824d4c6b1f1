"""Puts widgets that come later where they stand in the order of Tab."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtWidgets import QWidget


def tab_after(first: QWidget, widgets: Iterable[QWidget]) -> None:
    """One after another behind `first`, which takes the focus too."""
    for before, after in pairwise((first, *widgets)):
        QWidget.setTabOrder(before, after)
