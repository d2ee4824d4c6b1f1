"""Cut the static Inter faces in resources/fonts/ from the variable faces of the package `fontpkg-inter`.

Qt and ReportLab want one file a weight. Run it with the development environment's Python:

    python packaging/cut_fonts.py [FOLDER]

The same input gives the same bytes. The optical size is the one for text (14), which also reads well at the
sizes of our headings. The DejaVu faces beside them are unchanged copies of release 2.37.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fontpkg_inter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
FAMILY = "Inter"
TEXT_SIZE = 14
WINDOWS_ENGLISH = (3, 1, 0x409)

# Name table entries (OpenType specification, "name": name IDs).
LEGACY_FAMILY, LEGACY_STYLE, UNIQUE, FULL, POSTSCRIPT = 1, 2, 3, 4, 6
FAMILY_NAME, STYLE_NAME, VARIATIONS_PREFIX = 16, 17, 25

# Bits of OS/2.fsSelection and head.macStyle.
FS_ITALIC, FS_BOLD, FS_REGULAR, FS_TYPO_METRICS = 1 << 0, 1 << 5, 1 << 6, 1 << 7
MAC_BOLD, MAC_ITALIC = 1 << 0, 1 << 1


@dataclass(frozen=True)
class Cut:
    style: str
    weight: int
    italic: bool = False

    @property
    def file_name(self) -> str:
        return f"{FAMILY}-{self.style}.ttf"

    @property
    def source(self) -> str:
        return "Inter-Italic[opsz,wght].ttf" if self.italic else "Inter[opsz,wght].ttf"

    @property
    def in_basic_four(self) -> bool:
        """Regular, Italic, Bold and Bold Italic share a family even in programs that know only those four."""
        return self.weight in (400, 700)


CUTS = (
    Cut("Regular", 400),
    Cut("Medium", 500),
    Cut("SemiBold", 600),
    Cut("Bold", 700),
    Cut("Italic", 400, italic=True),
)


def cut(wanted: Cut, source_folder: Path) -> Any:
    """A static TrueType face with its own names."""
    variable = TTFont(source_folder / wanted.source, recalcTimestamp=False)
    face = instancer.instantiateVariableFont(variable, {"opsz": TEXT_SIZE, "wght": wanted.weight})
    if "STAT" in face:
        del face["STAT"]
    set_names(face, wanted)
    set_style_bits(face, wanted)
    return face


def set_names(face: Any, wanted: Cut) -> None:
    names = face["name"]
    version = names.getDebugName(5).removeprefix("Version ").partition(";")[0]
    postscript = f"{FAMILY}-{wanted.style}"
    texts = {
        LEGACY_FAMILY: FAMILY if wanted.in_basic_four else f"{FAMILY} {wanted.style}",
        LEGACY_STYLE: wanted.style if wanted.in_basic_four else "Regular",
        UNIQUE: f"{version};{postscript}",
        FULL: f"{FAMILY} {wanted.style}",
        POSTSCRIPT: postscript,
    }
    if not wanted.in_basic_four:
        texts |= {FAMILY_NAME: FAMILY, STYLE_NAME: wanted.style}
    for stale in (FAMILY_NAME, STYLE_NAME, VARIATIONS_PREFIX):
        names.removeNames(nameID=stale)
    for name_id, text in texts.items():
        names.setName(text, name_id, *WINDOWS_ENGLISH)


def set_style_bits(face: Any, wanted: Cut) -> None:
    bold, plain = wanted.weight == 700, wanted.weight != 700 and not wanted.italic
    os2 = face["OS/2"]
    os2.usWeightClass = wanted.weight
    os2.fsSelection = (
        (os2.fsSelection & FS_TYPO_METRICS)
        | (FS_ITALIC if wanted.italic else 0)
        | (FS_BOLD if bold else 0)
        | (FS_REGULAR if plain else 0)
    )
    face["head"].macStyle = (MAC_BOLD if bold else 0) | (MAC_ITALIC if wanted.italic else 0)


def main(folder: Path) -> None:
    package = Path(fontpkg_inter.__file__).parent
    folder.mkdir(parents=True, exist_ok=True)
    for wanted in CUTS:
        cut(wanted, package / "files").save(folder / wanted.file_name)
        print(folder / wanted.file_name)
    shutil.copyfile(package / "LICENSE", folder / "Inter-OFL.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FONTS)
