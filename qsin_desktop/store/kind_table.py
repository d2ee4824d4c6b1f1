"""The kinds of content the program has words for: type, group, what a person calls it, usual endings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

MACROS: Final = "It holds macros; open it only if you trust who gave it."
IS_PROGRAM: Final = "It is a program, not a document: do not open it."
PATIENTS: Final = "Files of this kind usually name a patient."


@dataclass(frozen=True)
class ContentKind:
    """What a file is by its content. `warning` is one sentence for the user, mostly empty."""

    mime: str
    group: str  # photo, image, pdf, document, sheet, slides, audio, video, text, archive, program, other
    label: str
    extension: str  # without the dot; empty when nothing is known
    warning: str = ""

    def warned(self, warning: str) -> ContentKind:
        """With a warning more."""
        return replace(self, warning=f"{self.warning} {warning}".strip())


_OOXML: Final = "application/vnd.openxmlformats-officedocument."
_ODF: Final = "application/vnd.oasis.opendocument."

# type, group, label, endings (the first is the usual one), warning
_ROWS: Final[tuple[tuple[str, str, str, str, str], ...]] = (
    ("image/jpeg", "photo", "JPEG photo", "jpg jpeg jpe jfif", ""),
    ("image/heic", "photo", "HEIC photo", "heic heif hif", ""),
    ("image/x-canon-cr2", "photo", "Camera raw photo", "cr2", ""),
    ("image/x-canon-cr3", "photo", "Camera raw photo", "cr3", ""),
    ("image/png", "image", "PNG image", "png", ""),
    ("image/apng", "image", "PNG image", "png apng", ""),
    ("image/gif", "image", "GIF image", "gif", ""),
    ("image/webp", "image", "WebP image", "webp", ""),
    ("image/avif", "image", "AVIF image", "avif", ""),
    ("image/tiff", "image", "TIFF image", "tif tiff", ""),
    ("image/bmp", "image", "Bitmap image", "bmp", ""),
    ("image/svg+xml", "image", "SVG drawing", "svg", ""),
    ("image/jpx", "image", "JPEG 2000 image", "jp2 jpx", ""),
    ("image/vnd.ms-photo", "image", "JPEG XR image", "jxr", ""),
    ("image/vnd.adobe.photoshop", "image", "Photoshop image", "psd", ""),
    ("image/x-icon", "image", "Icon", "ico", ""),
    ("image/x-xcf", "image", "GIMP image", "xcf", ""),
    ("image/vnd.dwg", "document", "AutoCAD drawing", "dwg", ""),
    ("application/dicom", "other", "DICOM image", "dcm", PATIENTS),
    ("application/pdf", "pdf", "PDF document", "pdf", ""),
    (_OOXML + "wordprocessingml.document", "document", "Word document", "docx", ""),
    ("application/vnd.ms-word.document.macroenabled.12", "document", "Word document", "docm", MACROS),
    ("application/msword", "document", "Word document (97-2003)", "doc dot", ""),
    (_ODF + "text", "document", "OpenDocument text", "odt", ""),
    ("application/rtf", "document", "RTF document", "rtf", ""),
    ("application/vnd.apple.pages", "document", "Pages document", "pages", ""),
    ("application/epub+zip", "document", "E-book (EPUB)", "epub", ""),
    ("application/postscript", "document", "PostScript document", "ps eps ai", ""),
    ("application/vnd.visio", "document", "Visio drawing", "vsdx", ""),
    ("message/rfc822", "document", "E-mail message", "eml", ""),
    ("application/vnd.ms-outlook", "document", "Outlook message", "msg", ""),
    (
        "application/x-encrypted-office",
        "document",
        "Office document with a password",
        "docx xlsx pptx",
        "It asks for a password, so its content cannot be shown or searched here.",
    ),
    ("application/x-ole-storage", "other", "Older Office file", "", ""),
    (_OOXML + "spreadsheetml.sheet", "sheet", "Excel workbook", "xlsx", ""),
    ("application/vnd.ms-excel.sheet.macroenabled.12", "sheet", "Excel workbook", "xlsm", MACROS),
    ("application/vnd.ms-excel.sheet.binary.macroenabled.12", "sheet", "Excel workbook (binary)", "xlsb", ""),
    ("application/vnd.ms-excel", "sheet", "Excel workbook (97-2003)", "xls xlt", ""),
    (_ODF + "spreadsheet", "sheet", "OpenDocument sheet", "ods", ""),
    ("application/vnd.apple.numbers", "sheet", "Numbers sheet", "numbers", ""),
    ("text/csv", "sheet", "CSV table", "csv", ""),
    ("text/tab-separated-values", "sheet", "Table with tabs", "tsv tab", ""),
    (_OOXML + "presentationml.presentation", "slides", "PowerPoint slides", "pptx ppsx", ""),
    (
        "application/vnd.ms-powerpoint.presentation.macroenabled.12",
        "slides",
        "PowerPoint slides",
        "pptm",
        MACROS,
    ),
    ("application/vnd.ms-powerpoint", "slides", "PowerPoint slides (97-2003)", "ppt pps", ""),
    (_ODF + "presentation", "slides", "OpenDocument slides", "odp", ""),
    (_ODF + "graphics", "image", "OpenDocument drawing", "odg", ""),
    ("application/vnd.apple.keynote", "slides", "Keynote slides", "key", ""),
    ("audio/mpeg", "audio", "MP3 audio", "mp3", ""),
    ("audio/mp4", "audio", "M4A audio", "m4a m4b", ""),
    ("audio/x-wav", "audio", "WAV audio", "wav", ""),
    ("audio/ogg", "audio", "Ogg audio", "ogg oga opus", ""),
    ("audio/x-flac", "audio", "FLAC audio", "flac", ""),
    ("audio/aac", "audio", "AAC audio", "aac", ""),
    ("audio/amr", "audio", "AMR audio", "amr", ""),
    ("audio/x-aiff", "audio", "AIFF audio", "aiff aif", ""),
    ("audio/midi", "audio", "MIDI audio", "mid midi", ""),
    ("video/mp4", "video", "MP4 video", "mp4", ""),
    ("video/x-m4v", "video", "MP4 video", "m4v", ""),
    ("video/quicktime", "video", "QuickTime video", "mov", ""),
    ("video/3gpp", "video", "3GP video", "3gp", ""),
    ("video/webm", "video", "WebM video", "webm", ""),
    ("video/x-matroska", "video", "Matroska video", "mkv", ""),
    ("video/x-msvideo", "video", "AVI video", "avi", ""),
    ("video/x-ms-wmv", "video", "Windows Media video", "wmv", ""),
    ("video/mpeg", "video", "MPEG video", "mpg mpeg", ""),
    ("video/x-flv", "video", "Flash video", "flv", ""),
    ("text/plain", "text", "Plain text", "txt text log asc", ""),
    ("text/markdown", "text", "Markdown text", "md markdown", ""),
    ("text/html", "text", "Web page", "html htm xhtml mht", ""),
    ("application/json", "text", "JSON", "json geojson", ""),
    ("application/xml", "text", "XML", "xml xsd xsl", ""),
    ("text/calendar", "text", "Calendar entry", "ics", ""),
    ("text/vcard", "text", "Contact card", "vcf", ""),
    ("application/zip", "archive", "ZIP archive", "zip", ""),
    ("application/x-7z-compressed", "archive", "7-Zip archive", "7z", ""),
    ("application/x-rar-compressed", "archive", "RAR archive", "rar", ""),
    ("application/x-tar", "archive", "TAR archive", "tar", ""),
    ("application/gzip", "archive", "GZIP archive", "gz tgz", ""),
    ("application/x-bzip2", "archive", "BZIP2 archive", "bz2", ""),
    ("application/x-xz", "archive", "XZ archive", "xz", ""),
    ("application/zstd", "archive", "Zstandard archive", "zst", ""),
    ("application/vnd.ms-cab-compressed", "archive", "CAB archive", "cab", ""),
    ("application/x-msdownload", "program", "Windows program", "exe dll scr com sys", IS_PROGRAM),
    ("application/x-msi", "program", "Windows installer", "msi msp", IS_PROGRAM),
    ("application/x-executable", "program", "Linux program", "elf so", IS_PROGRAM),
    ("application/x-mach-binary", "program", "macOS program", "dylib", IS_PROGRAM),
    ("application/java-archive", "program", "Java program", "jar class", IS_PROGRAM),
    ("application/vnd.android.package-archive", "program", "Android program", "apk", IS_PROGRAM),
    ("application/wasm", "program", "WebAssembly program", "wasm", IS_PROGRAM),
    ("text/x-script", "program", "Script", "sh bat cmd ps1 vbs vbe js jse wsf hta reg py", IS_PROGRAM),
    (
        "application/x-ms-shortcut",
        "other",
        "Windows shortcut",
        "lnk",
        "It only points to a file: attach the file itself.",
    ),
    ("application/x-sqlite3", "other", "SQLite database", "sqlite db", ""),
    ("application/octet-stream", "other", "File of an unknown kind", "", ""),
)

KNOWN: Final[dict[str, ContentKind]] = {
    mime: ContentKind(mime, group, label, endings.partition(" ")[0], warning)
    for mime, group, label, endings, warning in _ROWS
}
ENDINGS: Final[dict[str, frozenset[str]]] = {
    mime: frozenset(endings.split()) for mime, _, _, endings, _ in _ROWS
}
UNKNOWN: Final = KNOWN["application/octet-stream"]

_TEXTS: Final = frozenset(
    {mime for mime, group, *_ in _ROWS if group == "text"}
    | {"text/csv", "text/tab-separated-values", "text/x-script", "message/rfc822", "image/svg+xml"}
)
_TAKEN: Final = frozenset(ending for endings in ENDINGS.values() for ending in endings)


def misnamed(kind: ContentKind, ending: str) -> bool:
    """Whether the ending promises another kind than the content is; texts may pass for each other."""
    if kind is UNKNOWN or ending not in _TAKEN or ending in ENDINGS.get(kind.mime, frozenset()):
        return False
    return not (kind.mime in _TEXTS and any(ending in ENDINGS[mime] for mime in _TEXTS))
