"""Puts one signature into its field, as an update after everything that is there already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from qsin_desktop.signing.credentials import Credential
from qsin_desktop.signing.quiet import quiet

if TYPE_CHECKING:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.stamp import StaticStampStyle

DIGEST = "sha256"


@dataclass(frozen=True)
class SigningOrder:
    """What goes into the signature. `look` is a one-page PDF of the field's size, drawn into it.

    `certifies`: the first signature says that afterwards only signatures may be added.
    """

    field: str
    name: str
    reason: str
    look: bytes
    at: datetime
    certifies: bool


def sign(source: BinaryIO, out: BinaryIO, order: SigningOrder, credential: Credential) -> None:
    """Copy `source` to `out` and add the signature; the bytes that were there stay as they are.

    The visit's part is done before: the field is there and waits, the file is a report of this program.
    """
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata

    metadata = PdfSignatureMetadata(
        field_name=order.field,
        md_algorithm=DIGEST,
        name=order.name,
        reason=order.reason,
        certify=order.certifies,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        subfilter=SigSeedSubFilter.PADES,
    )
    with quiet(), credential.signer() as signer:
        writer = appending(source)
        made = _signer_at(order.at)(metadata, signer=signer, stamp_style=_look(order.look))
        made.sign_pdf(writer, existing_fields_only=True, output=out)


def appending(source: BinaryIO) -> IncrementalPdfFileWriter:
    """Writes updates after the file and leaves its metadata alone.

    pyHanko would write the file's XMP anew with each update and lose what archives need in it.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(source)
    writer._update_meta = lambda: None  # type: ignore[method-assign]  # noqa: SLF001  # no public way
    return writer


def _signer_at(at: datetime) -> Any:
    """The signer with the moment given, so that look and signature name the same one.

    It keeps the file a PDF 1.7, as its accessibility and archive standards want, whatever kind of key signs.
    """
    from pyhanko.sign.signers import PdfSigner
    from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
    from pyhanko.sign.signers.pdf_signer import PdfSigningSession

    class SignerAt(PdfSigner):
        def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> PdfSigningSession:  # noqa: FBT001, FBT002
            session = super().init_signing_session(pdf_out, existing_fields_only)
            session.system_time = at
            return session

        def register_extensions(self, pdf_out: Any, *, md_algorithm: str) -> None:  # noqa: ARG002
            pdf_out.ensure_output_version((1, 7))
            pdf_out.register_extension(ESIC_EXTENSION_1)

    return SignerAt


def _look(page: bytes) -> StaticStampStyle:
    """The page as it was drawn: no border, no margin, nothing seen through it."""
    from pyhanko.pdf_utils.content import PdfContent
    from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.stamp import StaticStampStyle

    class Drawn(PdfContent):
        def render(self) -> bytes:
            form = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(page)))
            self.resources.xobject["/Look"] = form
            left, low, right, high = (float(v) for v in form.get_object()["/BBox"])
            self.box = BoxConstraints(width=right - left, height=high - low)
            return b"/Look Do"

    middle = AxisAlignment.ALIGN_MID
    layout = SimpleBoxLayoutRule(x_align=middle, y_align=middle, margins=Margins())
    return StaticStampStyle(
        background=Drawn(), background_layout=layout, background_opacity=1.0, border_width=0
    )
