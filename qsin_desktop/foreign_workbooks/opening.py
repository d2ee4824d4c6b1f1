"""Opens a workbook with the library, but for its texts, which stay as the file spells them.

The library drops every “x005F_” in a shared text and reads no other code: what somebody typed as “_x005F_”
would come home as “_”, and a typed “_x000D_” could not be told from a line end.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

_TEXT = f"{{{SHEET_MAIN_NS}}}si"


def opened(raw: bytes) -> Any:
    """The library's workbook, to be read only. Raises whatever the library trips over in a damaged file."""
    reader = _Reader(BytesIO(raw), read_only=True, data_only=True, keep_links=False)
    reader.read()
    return reader.wb


class _Reader(ExcelReader):
    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]  # so in the stubs
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as file:
            for _, node in iterparse(file):
                if node.tag == _TEXT:
                    text: Any = Text.from_tree(node)
                    self.shared_strings.append(text.content)
                    node.clear()
