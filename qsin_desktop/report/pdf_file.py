"""A PDF file written object by object, so that pages and pictures never pile up in memory."""

from __future__ import annotations

import hashlib
import zlib
from typing import BinaryIO

from qsin_desktop.report.pdf_syntax import reference

_LEVEL = 6


class PdfFile:
    """Numbers objects, writes them where they come, and closes with the table of where each one is."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._at = 0
        self._hash = hashlib.sha256()
        self._offsets: list[int] = [0]
        self._emit(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    @property
    def sha256(self) -> str:
        """Of all that was written, hex."""
        return self._hash.hexdigest()

    def reserve(self) -> int:
        """A number for an object that is written later, for others to point at now."""
        self._offsets.append(0)
        return len(self._offsets) - 1

    def write(self, body: str, number: int | None = None) -> int:
        """Write one object, of a new number unless one was reserved, and answer its number."""
        return self._write(body.encode("latin-1"), number)

    def write_stream(
        self, entries: str, content: bytes, *, number: int | None = None, compress: bool = True
    ) -> int:
        """`entries` are the dictionary's own, without Length and, where compressed here, without Filter."""
        if compress:
            content = zlib.compress(content, _LEVEL)
            entries += "/Filter/FlateDecode"
        head = f"<<{entries}/Length {len(content)}>>\nstream\n".encode("latin-1")
        # Both characters of the line end, or content that ends in the first of them is read as shorter.
        return self._write(head + content + b"\r\nendstream", number)

    def finish(self, *, root: int, info: int, identity: bytes) -> None:
        """Write the cross-reference table and the trailer; `identity` is 16 bytes that name this file."""
        start = self._at
        missing = [n for n, offset in enumerate(self._offsets) if n and not offset]
        if missing:
            raise AssertionError(f"reserved and never written: {missing[:5]}")
        table = [f"xref\n0 {len(self._offsets)}\n0000000000 65535 f \n"]
        table.extend(f"{offset:010d} 00000 n \n" for offset in self._offsets[1:])
        name = identity.hex().upper()
        table.append(
            f"trailer\n<</Size {len(self._offsets)}/Root {reference(root)}/Info {reference(info)}"
            f"/ID[<{name}><{name}>]>>\nstartxref\n{start}\n%%EOF\n"
        )
        self._emit("".join(table).encode("ascii"))

    def _write(self, body: bytes, number: int | None) -> int:
        number = self.reserve() if number is None else number
        self._offsets[number] = self._at
        self._emit(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        return number

    def _emit(self, content: bytes) -> None:
        self._out.write(content)
        self._hash.update(content)
        self._at += len(content)
