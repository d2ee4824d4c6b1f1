"""Write resources/packs/pack-template.xlsx anew; run after a change of its columns or texts."""

from __future__ import annotations

import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from qsin_desktop.packs.sheet_template import write_template  # noqa: E402  # found once the path is set

write_template(TOP / "resources" / "packs" / "pack-template.xlsx")
