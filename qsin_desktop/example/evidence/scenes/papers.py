"""Things read off walls and desks: boards, a sticker, a log sheet."""

from __future__ import annotations

from PIL import Image

from qsin_desktop.example.evidence.scenes.canvas import LANDSCAPE, PORTRAIT, Colour, Scene

WHITE: Colour = (250, 250, 248)
INK: Colour = (34, 42, 50)
BLUE: Colour = (28, 74, 156)
RED: Colour = (188, 40, 40)
GREEN: Colour = (24, 118, 70)

ROTA = (
    ("Mon 23", "A, B", "C", "D from Ford", "ok"),
    ("Tue 24", "A, E", "C", "none", "CT 2 closed pm"),
    ("Wed 25", "B, E", "F", "D from Ford", "ok"),
    ("Thu 26", "A, B", "F", "G from Royal Wessex", "ok"),
    ("Fri 27", "B", "C", "none", "1 short"),
    ("Sat 28", "on call", "-", "-", "-"),
)

SAID_AND_DID = (
    ("The letter did not say which entrance.", "Letters now show a map and the door."),
    ("I waited alone after my scan.", "A call bell is at every waiting bay."),
    ("Nobody told me when results come.", "A card with the date is given at the desk."),
)

STICKER = (
    ("Date", "3 Sep 2025"),
    ("By", "Medical physics"),
    ("Next due", "3 Sep 2026"),
    ("Ref", "CAL-2025-0419"),
)


def rota_whiteboard() -> Image.Image:
    scene = Scene(LANDSCAPE, 101, (206, 200, 186), (188, 182, 168))
    scene.shade((150, 150, 1900, 1400), 0.4, 40)
    scene.box((120, 100, 1890, 1380), (168, 174, 178), radius=12)
    scene.faded_box((146, 126, 1864, 1354), (252, 253, 253), (236, 239, 240))
    scene.glow((300, 140, 900, 520), 0.5, 120)
    scene.by_hand((190, 220), "Radiographers this week, Moor", 66, BLUE)
    scene.by_hand((1330, 220), "letters, not names", 40, (96, 104, 112))
    columns = (190, 420, 660, 840, 1480)
    for x, heading in zip(columns, ("Day", "CT", "MR", "From other sites", "Gaps"), strict=True):
        scene.by_hand((x, 330), heading, 48, RED)
    scene.line([(180, 352), (1830, 358)], INK, 4)
    for row, cells in enumerate(ROTA):
        y = 450 + row * 138
        for x, cell in zip(columns, cells, strict=True):
            colour = RED if "short" in cell or "closed" in cell else INK
            scene.by_hand((x, y), cell, 47, colour)
        scene.line([(180, y + 34), (1830, y + 38)], (196, 202, 206), 3)
    scene.by_hand((190, 1290), "Bank staff via the network desk before 10:00", 46, GREEN)
    scene.faded_box((700, 1354, 1320, 1400), (196, 202, 206), (140, 148, 152), radius=8)
    for x, colour in ((740, RED), (900, BLUE), (1060, GREEN)):
        scene.box((x, 1356, x + 130, 1380), colour, radius=10)
    return scene.image


def noticeboard() -> Image.Image:
    scene = Scene(LANDSCAPE, 113, (222, 218, 208), (204, 200, 190))
    scene.shade((100, 110, 1940, 1440), 0.38, 40)
    scene.box((90, 80, 1926, 1420), (132, 96, 62), radius=10)
    scene.box((126, 116, 1890, 1384), (24, 96, 104))
    scene.write((1008, 204), "You said, we did", 96, WHITE, weight=700, anchor="mm")
    scene.write((1008, 292), "Imaging at St Aldhelm's, autumn 2026", 40, (206, 232, 232), anchor="mm")
    for row, (said, did) in enumerate(SAID_AND_DID):
        y = 360 + row * 296
        _pinned(scene, (190, y, 960, y + 250), "You said", said, (255, 242, 190))
        _pinned(scene, (1050, y, 1830, y + 250), "We did", did, (214, 240, 214))
        scene.line([(976, y + 125), (1030, y + 125)], WHITE, 8)
        scene.shape([(1044, y + 125), (1018, y + 106), (1018, y + 144)], WHITE)
    scene.write((1008, 1314), "Tell us more: ask for a card at the desk", 40, WHITE, weight=500, anchor="mm")
    return scene.image


def _pinned(
    scene: Scene, box: tuple[float, float, float, float], heading: str, text: str, tint: Colour
) -> None:
    x0, y0, x1, y1 = box
    scene.shade((x0 + 14, y0 + 16, x1 + 10, y1 + 12), 0.35, 16)
    scene.box(box, tint)
    scene.write((x0 + 34, y0 + 44), heading, 32, (90, 98, 104), weight=600)
    words, lines = text.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 24:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    for i, line in enumerate(lines):
        scene.write((x0 + 34, y0 + 98 + i * 60), line, 44, INK, weight=600)
    scene.oval(((x0 + x1) / 2 - 16, y0 - 8, (x0 + x1) / 2 + 16, y0 + 24), RED)


def calibration_sticker() -> Image.Image:
    scene = Scene(PORTRAIT, 127, (196, 202, 206), (150, 158, 164))
    scene.faded_box((0, 0, 1512, 420), (226, 230, 232), (206, 212, 214))
    scene.line([(0, 424), (1512, 424)], (120, 128, 134), 10)
    for y in range(1500, 1900, 56):
        scene.box((220, y, 1292, y + 26), (92, 100, 106), radius=12)
    scene.box((220, 110, 800, 300), (236, 238, 238), radius=12, outline=(150, 158, 164), width=4)
    scene.write((510, 174), "Ultrasound 3", 56, INK, weight=700, anchor="mm")
    scene.write((510, 246), "Asset EQ-088", 46, INK, anchor="mm")
    scene.oval((1180, 150, 1290, 260), (70, 78, 84))
    scene.oval((1206, 176, 1264, 234), (92, 190, 120))
    _sticker(scene)
    return scene.image


def _sticker(scene: Scene) -> None:
    scene.shade((230, 560, 1310, 1380), 0.4, 22)
    scene.box((216, 540, 1296, 1360), (250, 250, 244), radius=30, outline=GREEN, width=14)
    scene.box((216, 540, 1296, 700), GREEN, radius=30)
    scene.box((216, 660, 1296, 700), GREEN)
    scene.write((756, 620), "CALIBRATED", 100, WHITE, weight=700, anchor="mm")
    for i, (label, value) in enumerate(STICKER):
        y = 800 + i * 142
        scene.write((280, y), label, 50, (92, 100, 106), weight=500, anchor="lm")
        scene.by_hand((600, y + 22), value, 68, BLUE)
        scene.line([(590, y + 44), (1240, y + 44)], (180, 186, 190), 3)


def checks_log() -> Image.Image:
    scene = Scene(LANDSCAPE, 139, (142, 112, 82), (118, 90, 64))
    for y in range(0, 1512, 34):
        tone = scene.dice.randint(-10, 10)
        scene.line([(0, y), (2016, y + scene.dice.randint(-6, 6))], (128 + tone, 100 + tone, 72 + tone), 8)
    scene.shade((300, 110, 1760, 1500), 0.5, 40)
    scene.box((280, 80, 1730, 1480), (86, 62, 44), radius=24)
    scene.box((320, 150, 1690, 1450), (252, 252, 249))
    scene.faded_box((800, 60, 1210, 180), (206, 212, 216), (130, 138, 144), radius=20)
    scene.write((370, 240), "Daily checks, X-ray room 2, Ford", 52, INK, weight=700)
    scene.write((370, 312), "November 2026. Initial each box when the check is done.", 32, (80, 88, 96))
    _log_grid(scene)
    return scene.image


def _log_grid(scene: Scene) -> None:
    headings = ("Date", "Warm-up", "Output", "Collimator", "Clean", "Initials")
    lefts = (370, 580, 800, 1020, 1240, 1440, 1650)
    missed = {16, 18, 19}
    for i, heading in enumerate(headings):
        scene.box((lefts[i], 380, lefts[i + 1], 440), (226, 232, 236), outline=(140, 148, 154), width=2)
        scene.write((lefts[i] + 18, 410), heading, 30, INK, weight=600, anchor="lm")
    for row, day in enumerate((12, 13, 16, 17, 18, 19, 20, 23, 24)):
        top = 440 + row * 104
        for i in range(6):
            scene.box((lefts[i], top, lefts[i + 1], top + 104), None, outline=(170, 178, 184), width=2)
        scene.write((lefts[0] + 18, top + 52), f"{day} Nov", 36, INK, anchor="lm")
        if day in missed:
            continue
        for i in range(1, 5):
            _tick(scene, lefts[i] + 80, top + 56)
        scene.by_hand((lefts[5] + 40, top + 70), scene.dice.choice(("R1", "R2", "R4")), 52, BLUE)


def _tick(scene: Scene, x: float, y: float) -> None:
    slip = scene.dice.uniform(-6, 6)
    scene.line([(x, y + slip), (x + 18, y + 22), (x + 56, y - 28 + slip)], BLUE, 7)
