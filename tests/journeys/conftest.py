"""The window's fixtures, for whole stories."""

from __future__ import annotations

from tests.ui.conftest import show, theme

__all__ = ["show", "theme"]
