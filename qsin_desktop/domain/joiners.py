"""The marks that hold letters together or apart in some scripts, and make one sign of several emoji."""

from __future__ import annotations

from typing import Final

JOINERS: Final = "\u200c\u200d"
"""Nothing is seen of them by themselves, and they are part of names all the same."""
