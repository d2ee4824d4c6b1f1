"""What the file says of itself: title, language, dates, colours, and that it is accessible and lasting."""

from __future__ import annotations

import hashlib
from datetime import datetime
from xml.sax.saxutils import escape

from PIL import ImageCms

from qsin_desktop import __version__
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.pdf_file import PdfFile
from qsin_desktop.report.pdf_syntax import pdf_text, reference
from qsin_desktop.report.standing_texts import LANGUAGE, body_name, standing_text
from qsin_desktop.report.wording import report_number

_ICC_DATE = slice(24, 36)
_PRODUCER = f"QSIN Desktop {__version__}"


def document_title(visit: VisitSnapshot) -> str:
    number = report_number(visit)
    return f"{standing_text(visit, 'title')} {number}: {visit.facts.network or 'network not named'}"


def identity(visit: VisitSnapshot) -> bytes:
    """Sixteen bytes that name this making of this report."""
    made = f"{visit.visit_id}|{visit.version}|{visit.made_at.isoformat()}"
    return hashlib.sha256(made.encode()).digest()[:16]


def write_info(file: PdfFile, visit: VisitSnapshot, title: str) -> int:
    made = _pdf_date(visit.made_at)
    author = f"/Author {pdf_text(body_name(visit))}" if body_name(visit) else ""
    return file.write(
        f"<</Title {pdf_text(title)}{author}/Creator {pdf_text(_PRODUCER)}/Producer {pdf_text(_PRODUCER)}"
        f"/CreationDate({made})/ModDate({made})>>"
    )


def write_xmp(file: PdfFile, visit: VisitSnapshot, title: str) -> int:
    packet = _xmp(visit, title).encode()
    return file.write_stream("/Type/Metadata/Subtype/XML", packet, compress=False)


def write_output_intent(file: PdfFile) -> int:
    """Says that the colours are sRGB, as a file that is to last must."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_ICC_DATE] = bytes(12)  # the moment it was made; the same report has the same bytes
    icc = file.write_stream("/N 3", bytes(profile))
    return file.write(
        "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)"
        f"/DestOutputProfile {reference(icc)}>>"
    )


def write_catalog(
    file: PdfFile, *, pages: int, outline: int, structure: int, xmp: int, intent: int, more: str = ""
) -> int:
    """`more` are further entries, as they are spelled in the file."""
    return file.write(
        f"<</Type/Catalog/Pages {reference(pages)}/Outlines {reference(outline)}/PageMode/UseOutlines"
        f"/StructTreeRoot {reference(structure)}/MarkInfo<</Marked true>>/Lang {pdf_text(LANGUAGE)}"
        f"/ViewerPreferences<</DisplayDocTitle true>>/Metadata {reference(xmp)}"
        f"/OutputIntents[{reference(intent)}]{more}>>"
    )


def _pdf_date(when: datetime) -> str:
    offset = when.utcoffset()
    if offset is None:
        return f"D:{when:%Y%m%d%H%M%S}"
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"D:{when:%Y%m%d%H%M%S}{sign}{abs(minutes) // 60:02d}'{abs(minutes) % 60:02d}'"


def _xmp(visit: VisitSnapshot, title: str) -> str:
    made = visit.made_at.replace(microsecond=0).isoformat()
    body = _xml(body_name(visit))
    creator = f"<dc:creator><rdf:Seq><rdf:li>{body}</rdf:li></rdf:Seq></dc:creator>" if body else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
        ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
        ' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
        ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
        ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\n'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_xml(title)}</rdf:li></rdf:Alt></dc:title>\n'
        f"{creator}<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>\n"
        f"<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>\n"
        f"<xmp:CreatorTool>{_xml(_PRODUCER)}</xmp:CreatorTool><pdf:Producer>{_xml(_PRODUCER)}</pdf:Producer>\n"
        "<pdfuaid:part>1</pdfuaid:part><pdfaid:part>2</pdfaid:part>"
        f"<pdfaid:conformance>A</pdfaid:conformance>\n{_UA_SCHEMA}"
        '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    )


# The archive format wants every property explained that it does not know itself.
_UA_SCHEMA = (
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289 that is followed</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
)


def _xml(text: str) -> str:
    """Escaped, and without what XML cannot hold."""
    kept = "".join(c for c in text if c.isprintable() or c == " ")
    return escape(kept.encode("utf-8", "replace").decode("utf-8"))
