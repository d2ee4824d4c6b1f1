"""The empty fields of a final report, and what a signature looks like in one."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from qsin_desktop.domain.people import Person, Role
from qsin_desktop.domain.signatures import Appearance, Stroke, signature_slots
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.pdf import draw_report
from qsin_desktop.report.signature_fields import HEIGHT, WIDTH
from qsin_desktop.report.signature_look import SignatureUnusable, draw_look
from tests.report.make_snapshot import make_snapshot
from tests.report.pdf_reading import faults_of, page_texts, text_of

LINES = ("Signed by L. Lead, lead assessor", "24 November 2026, 10:42 UTC", "with a self-signed credential")


def final() -> VisitSnapshot:
    return make_snapshot(sealed=True, disagreements=0)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("final") / "report.pdf"
    draw_report(final(), out)
    return out


def test_lead_each_assessor_and_the_network_have_a_field(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        assert [str(f.T) for f in fields] == ["lead-1", "peer-1", "lay-1", "network-1"]
        assert [str(f.TU) for f in fields][:1] == ["Signature of L. Lead. Lead assessor, for the team"]
        assert all(str(f.Contents) == str(f.TU) and int(f.F) == 4 and "/V" not in f for f in fields)
        assert all([str(n) for n in f.Lock.Fields] == [str(f.T)] for f in fields)
        forms = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Form"]
        assert [f.K.Obj.objgen for f in forms] == [f.objgen for f in fields]
        assert faults_of(pdf) == []


def test_fields_stand_below_their_names_and_apart(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        boxes = [[float(v) for v in f.Rect] for f in pdf.Root.AcroForm.Fields]
        page = pdf.Root.AcroForm.Fields[0].P
        inside = [float(v) for v in page.MediaBox]
    for place, (left, low, right, high) in enumerate(boxes):
        assert (round(right - left, 1), round(high - low, 1)) == (WIDTH, HEIGHT)
        assert inside[0] < left
        assert right < inside[2]
        for other in boxes[:place]:
            assert left >= other[2] or other[0] >= right or low >= other[3] or other[1] >= high


def test_a_draft_has_none_and_says_why(tmp_path: Path) -> None:
    draft = tmp_path / "draft.pdf"
    draw_report(make_snapshot(), draft)
    with pikepdf.open(draft) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert not pdf.Root["/QSIN_Report"].Final
    assert "a draft is not signed" in " ".join(page_texts(draft)[-1].split())


def test_the_printed_page_says_how_the_original_is_verified(report: Path) -> None:
    text = " ".join(text_of(report).split())
    assert "The original is the PDF file, and a printed page proves nothing by itself." in text
    assert "verified with QSIN Desktop" in text


def test_the_report_says_of_which_visit_it_is(report: Path) -> None:
    snapshot = final()
    with pikepdf.open(report) as pdf:
        mark = pdf.Root["/QSIN_Report"]
        assert (str(mark.Visit), int(mark.Version)) == (snapshot.visit_id, snapshot.version)
        assert snapshot.seal is not None
        assert (str(mark.Seal), bool(mark.Final)) == (snapshot.seal.entry, True)


def test_a_team_of_twenty_and_odd_names(tmp_path: Path) -> None:
    odd = ("(brackets) \\ and >>", "שלום עולם", "Rhian Ŵyn-Jones", "Long " * 30)
    people = [Person("l", "L. Lead", Role.LEAD), Person("n", "", Role.NETWORK)]
    people += [Person(f"p{n}", odd[n % len(odd)] + str(n), Role.PEER) for n in range(18)]
    out = tmp_path / "r.pdf"
    draw_report(replace(final(), people=tuple(people)), out)
    with pikepdf.open(out) as pdf:
        assert len(pdf.Root.AcroForm.Fields) == 20
        assert faults_of(pdf) == []
        names = [str(s.Name) for s in pdf.Root["/QSIN_Report"].Signers]
        assert names == [slot.name for slot in signature_slots(people)]


# ---- how it looks ---------------------------------------------------------------------------------------


def picture(mode: str = "RGBA") -> bytes:
    image = Image.new(mode, (400, 120), (255, 255, 255, 0) if mode == "RGBA" else "white")
    ImageDraw.Draw(image).line([(20, 100), (200, 10), (380, 90)], fill="black", width=6)
    out = io.BytesIO()
    image.save(out, "PNG" if mode == "RGBA" else "JPEG")
    return out.getvalue()


STROKES: tuple[Stroke, ...] = (((0, 0), (10, 30), (25, 5)), ((30, 12),), ((40, 0), (60, 20)))
LOOKS: dict[str, Appearance] = {
    "typed": Appearance(),
    "typed in a name of one's own": Appearance(typed="Lena"),
    "a very long name": Appearance(typed="Lena Maria " * 20),
    "drawn": Appearance(strokes=STROKES),
    "a dot": Appearance(strokes=(((5.0, 5.0),),)),
    "a line": Appearance(strokes=(((0.0, 0.0), (9000.0, 0.0)),)),
    "a hundred thousand points": Appearance(strokes=(tuple((n % 500, n % 77) for n in range(100_000)),)),
    "picture": Appearance(image=picture()),
    "photo": Appearance(image=picture("RGB")),
}


def inked(look: bytes) -> tuple[float, float]:
    """How much of the upper and of the lower part is not white."""
    page = pypdfium2.PdfDocument(look)[0]
    grey = page.render(scale=3).to_pil().convert("L")
    middle = grey.height * 0.55
    parts = (0, 0, grey.width, int(middle)), (0, int(middle), grey.width, grey.height)
    dark = [grey.crop(part).point(lambda light: 255 if light < 200 else 0) for part in parts]
    return dark[0].histogram()[255] / grey.width, dark[1].histogram()[255] / grey.width


@pytest.mark.parametrize("case", LOOKS)
def test_signature_above_and_words_below(case: str) -> None:
    look = draw_look(LOOKS[case], "L. Lead", LINES)
    with pypdfium2.PdfDocument(look) as pdf:
        text = pdf[0].get_textpage().get_text_range()
        assert [round(v, 1) for v in pdf[0].get_size()] == [WIDTH, HEIGHT]
    assert all(line in text for line in LINES)
    above, below = inked(look)
    assert above > 0.02
    assert below > 1
    assert len(look) < 300_000


def test_names_of_other_scripts_are_drawn() -> None:
    for name in ("Rhian Ŵyn-Jones", "שלום", "Ἀριστοτέλης"):
        look = draw_look(Appearance(), name, (f"Signed by {name}", "now", "so"))
        assert inked(look)[0] > 0.5


def test_whose_credential_it_was_is_not_cut() -> None:
    """It may be in another name than the signer's, and the page says so in full."""
    last = f"with a credential issued by {'The Body ' * 7}in the name of {'Somebody Else ' * 4}Entirely"
    look = draw_look(Appearance(), "L. Lead", (*LINES[:2], last))
    with pypdfium2.PdfDocument(look) as pdf:
        assert last in " ".join(pdf[0].get_textpage().get_text_range().split())
    assert inked(look)[0] > 0.02


def blank() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (50, 50), "white").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("appearance", "said"),
    [
        (Appearance(strokes=((),)), "no ink"),
        (Appearance(strokes=(((float("nan"), 0.0),),)), "no ink"),
        (Appearance(strokes=(((1e300, 0.0), (0.0, 0.0)),)), "no ink"),
        (Appearance(image=b"hello"), "no whole PNG or JPEG"),
        (Appearance(image=picture()[:200]), "no whole PNG or JPEG"),
        (Appearance(image=b"x" * 21_000_000), "too large"),
        (Appearance(image=blank()), "is empty"),
    ],
    ids=["nothing", "no number", "beyond the page", "text", "half", "huge", "blank"],
)
def test_what_is_no_signature(appearance: Appearance, said: str) -> None:
    with pytest.raises(SignatureUnusable, match=said):
        draw_look(appearance, "L. Lead", LINES)
