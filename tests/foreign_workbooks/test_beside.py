"""Pictures and comments of a sheet are found in the parts that belong to it."""

from __future__ import annotations

import io
import zipfile

from qsin_desktop.foreign_workbooks.beside import Beside, Comment, beside

SHEET = "xl/worksheets/sheet1.xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
THREAD = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def archive(relations: dict[str, str], parts: dict[str, str]) -> zipfile.ZipFile:
    """`relations` of the sheet: kind by target."""
    told = "".join(
        f'<Relationship Id="r{n}" Type="{kind}" Target="{target}"/>'
        for n, (target, kind) in enumerate(relations.items())
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(SHEET, "<worksheet/>")
        made.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{told}'
            "</Relationships>",
        )
        for name, part in parts.items():
            made.writestr(name, part)
    return zipfile.ZipFile(out)


def test_a_sheet_without_relations() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(SHEET, "<worksheet/>")
    assert beside(zipfile.ZipFile(out), SHEET) == Beside()


def test_a_thread_is_read_instead_of_the_comment_that_stands_for_it() -> None:
    found = beside(
        archive(
            {"../threadedComments/t1.xml": THREAD, "../comments1.xml": f"{RELATION}/comments"},
            {
                "xl/comments1.xml": f'<comments xmlns="{MAIN}"><commentList>'
                '<comment ref="K6"><text><r><t>[Threaded comment] old</t></r></text></comment>'
                '<comment ref="A1"><text><r><t>two </t></r><r><t>parts</t></r></text></comment>'
                "</commentList></comments>",
                "xl/threadedComments/t1.xml": "<ThreadedComments"
                ' xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
                '<threadedComment ref="K6"><text>We disagree</text></threadedComment>'
                '<threadedComment ref="K6"><text>So do I</text></threadedComment></ThreadedComments>',
            },
        ),
        SHEET,
    )
    assert found == Beside(0, (Comment("K6", "We disagree / So do I"), Comment("A1", "two parts")))


def test_only_what_is_anchored_counts_and_missing_parts_do_not_matter() -> None:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    found = beside(
        archive(
            {
                "../drawings/drawing1.xml": f"{RELATION}/drawing",
                "../drawings/gone.xml": f"{RELATION}/drawing",
                "https://example.org/": f"{RELATION}/hyperlink",
            },
            {
                "xl/drawings/drawing1.xml": f'<wsDr xmlns="{drawing}"><twoCellAnchor/><oneCellAnchor/>'
                "<other/><!-- nothing --></wsDr>"
            },
        ),
        SHEET,
    )
    assert found == Beside(2, ())
