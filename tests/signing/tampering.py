"""What a forger, a careless program or a bad disk may do to a signed report."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf
from pyhanko.sign.validation.dss import DocumentSecurityStore

from qsin_desktop.signing.credentials import Credential


def redraw_a_page(content: bytes) -> bytes:
    """An update after the last signature that paints over the first page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    drawn = generic.StreamObject(stream_data=b"q 1 1 1 rg 0 0 400 400 re f Q")
    writer.add_stream_to_page(0, writer.add_object(drawn))
    return _written(writer)


def add_a_note(content: bytes) -> bytes:
    """As a reader's comment tool does."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0]
    note = writer.add_object(
        generic.DictionaryObject(
            {
                generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
                generic.pdf_name("/Subtype"): generic.pdf_name("/Text"),
                generic.pdf_name("/Rect"): generic.ArrayObject(
                    [generic.NumberObject(n) for n in (50, 700, 70, 720)]
                ),
                generic.pdf_name("/Contents"): generic.pdf_string("The rating of IN-301 is met."),
            }
        )
    )
    page[generic.pdf_name("/Annots")] = generic.ArrayObject([note])
    writer.update_container(page)
    return _written(writer)


def rename_the_visit(content: bytes) -> bytes:
    """What the report says of itself, changed afterwards."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    writer.root["/QSIN_Report"][generic.pdf_name("/Visit")] = generic.pdf_string("0" * 32)
    writer.update_root()
    return _written(writer)


def retitle(content: bytes) -> bytes:
    """The name that readers show in their title bar."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    info = writer.trailer["/Info"]
    info[generic.pdf_name("/Title")] = generic.pdf_string("Everything is met")
    writer.update_container(info)
    return _written(writer)


def retitle_in_metadata(content: bytes) -> bytes:
    """The same where accessible files have it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    old = writer.root["/Metadata"]
    new = generic.StreamObject(dict_data=dict(old), stream_data=old.data.replace(b"Assessment", b"Flawless"))
    writer.root[generic.pdf_name("/Metadata")] = writer.add_object(new)
    writer.update_root()
    return _written(writer)


def say_more(content: bytes) -> bytes:
    """An entry of the file's information that no program writes."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    info = writer.trailer["/Info"]
    info[generic.pdf_name("/Verdict")] = generic.pdf_string("Accredited")
    writer.update_container(info)
    return _written(writer)


def save_again(content: bytes) -> bytes:
    """As programs do that save a file without a change: a new moment, and nothing else."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    info = writer.trailer["/Info"]
    info[generic.pdf_name("/ModDate")] = generic.pdf_string("D:20301224000000Z")
    writer.update_container(info)
    return _written(writer)


def keep_proof(content: bytes) -> bytes:
    """What a later check will need, put in apart, as other programs do."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    (first, *_) = writer.prev.embedded_regular_signatures
    DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=[first.signer_cert])
    return _written(writer)


def append_text(content: bytes) -> bytes:
    return content + b"and everything is met\n"


def flip(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0x10]) + content[at + 1 :]


def another_digit(content: bytes, at: int) -> bytes:
    """In the signature itself, which is written in hex."""
    return content[:at] + (b"1" if content[at : at + 1] == b"0" else b"0") + content[at + 1 :]


def bomb() -> bytes:
    """A small PDF whose only stream unpacks to half a gigabyte, and whose cross-reference leads to it."""
    packed = zlib.compress(zlib.compress(b"\0" * (1 << 29), 9), 9)
    head = b"%PDF-1.5\n"
    table = (
        b"1 0 obj\n<</Type/XRef/Size 3/W[1 2 1]/Root 2 0 R/Filter[/FlateDecode/FlateDecode]/Length %d>>\n"
        b"stream\n" % len(packed)
    )
    return head + table + packed + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)


def circle() -> bytes:
    """Pages that are their own parent and child."""
    body = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    second = len(body)
    body += b"2 0 obj\n<</Type/Pages/Count 2 0 R/Kids[2 0 R]/Parent 2 0 R>>\nendobj\n"
    start = len(body)
    return body + (
        b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n%010d 00000 n \n"
        b"trailer\n<</Size 3/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (second, start)
    )


def previous_without_end() -> bytes:
    """A cross-reference table whose previous one is itself."""
    body = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 1 0 R>>\nendobj\n"
    start = len(body)
    return body + (
        b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n"
        b"trailer\n<</Size 2/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (start, start)
    )


def deep() -> bytes:
    """Brackets within brackets, a hundred thousand of them."""
    body = b"%PDF-1.4\n1 0 obj\n" + b"[" * 100_000 + b"]" * 100_000 + b"\nendobj\n"
    start = len(body)
    return body + (
        b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n"
        b"trailer\n<</Size 2/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
    )


def written(place: Path, name: str, content: bytes) -> Path:
    path = place / name
    path.write_bytes(content)
    return path


def sign_elsewhere(path: Path, field: str, credential: Credential) -> None:
    """As another program does, without a look of ours."""
    content = io.BytesIO(path.read_bytes())
    with credential.signer() as signer:
        out = sign_pdf(IncrementalPdfFileWriter(content), PdfSignatureMetadata(field_name=field), signer)
    path.write_bytes(out.getvalue())


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    writer._update_meta = lambda: None  # type: ignore[method-assign]  # only what is meant is changed
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
