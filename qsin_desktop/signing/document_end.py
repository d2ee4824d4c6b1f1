"""Where a PDF document ends, and what was put after it in the same file."""

from __future__ import annotations

import os
import re
from typing import BinaryIO

_BLOCK = 1 << 20
_FOLLOWING = 1024
_MARK = re.compile(rb"startxref\s{1,8}(\d{1,12})\s{1,8}%%EOF")
_MARK_BYTES = 64  # at most
_BEGUN = re.compile(rb"\s*\d+\s+\d+\s+obj")  # an update that the end of the file cuts off
_LARGEST = 1 << 30  # bytes of a document; a report of 450 pages has 30 million
_LINE_ENDS = (b"\r\n", b"\n", b"\r", b"")


def without_appended(file: BinaryIO) -> tuple[bytes, int]:
    """The document, and how many bytes stand after the mark that ends it; a line end belongs to it.

    Whatever was appended is not read as a document: a gigabyte of nothing would be searched for hours, and a
    mark that only repeats the one before it ends nothing. Raises `ValueError` where the mark is missing, of
    the document or of a further update that was begun.
    """
    size = file.seek(0, os.SEEK_END)
    table, end = _last_mark(file, size)
    if not 0 <= end < _LARGEST:
        raise ValueError(end)
    file.seek(0)
    content = file.read(end)
    same = re.compile(rb"startxref\s{1,8}0*%d\s{1,8}%%%%EOF" % table).search(content, table)
    end = same.end() if same else end
    file.seek(end)
    following = file.read(_FOLLOWING)
    if _BEGUN.match(following):
        raise ValueError(following)
    end += next(len(line) for line in _LINE_ENDS if following.startswith(line))
    del content  # which may be large
    file.seek(0)
    return file.read(end), size - end


def _last_mark(file: BinaryIO, size: int) -> tuple[int, int]:
    """Where the cross-reference table stands that it names, and where it ends; -1 where there is none."""
    at = size
    while at > 0:
        start = max(0, at - _BLOCK)
        file.seek(start)
        marks = list(_MARK.finditer(file.read(at - start + _MARK_BYTES)))
        if marks:
            return int(marks[-1][1]), start + marks[-1].end()
        at = start
    return 0, -1
