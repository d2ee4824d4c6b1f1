"""Screens: a reporting workstation seen by camera, and a screenshot of the network's dashboard."""

from __future__ import annotations

from PIL import Image

from qsin_desktop.example.evidence.scenes.canvas import LANDSCAPE, Colour, Scene

INK: Colour = (24, 32, 40)
PANEL: Colour = (30, 39, 48)
SOFT: Colour = (148, 164, 178)
PAPER: Colour = (236, 241, 245)
RED: Colour = (230, 92, 80)
AMBER: Colour = (238, 182, 70)
GREEN: Colour = (88, 190, 130)

CASES = (
    ("Case 1", "CT head", "Review first", RED, "0.94"),
    ("Case 2", "CT head", "Review first", RED, "0.91"),
    ("Case 3", "CT head", "Soon", AMBER, "0.63"),
    ("Case 4", "CT chest", "Soon", AMBER, "0.58"),
    ("Case 5", "CT head", "Routine", GREEN, "0.12"),
    ("Case 6", "CT head", "Routine", GREEN, "0.08"),
    ("Case 7", "CT chest", "Routine", GREEN, "0.07"),
    ("Case 8", "CT head", "Routine", GREEN, "0.04"),
)

SITES = (
    ("Royal Wessex", 41, 96),
    ("St Aldhelm's", 28, 97),
    ("Harbour CDC", 64, 88),
    ("Moor", 33, 95),
    ("Quay", 22, 98),
    ("Castle", 71, 84),
    ("Vale", 38, 93),
    ("Ridge", 47, 91),
    ("Ford", 30, 96),
)
TOTALS = (("374", "studies waiting"), ("9 of 9", "sites connected"), ("92.6 %", "within target"))
WHITE: Colour = (255, 255, 255)


def triage_screen() -> Image.Image:
    scene = Scene(LANDSCAPE, 211, (92, 98, 104), (64, 70, 76))
    scene.shape([(0, 1512), (2016, 1512), (2016, 1330), (0, 1330)], (158, 134, 106))
    scene.shade((240, 1290, 1800, 1420), 0.5, 50)
    scene.box((900, 1210, 1120, 1360), (40, 44, 48))
    scene.faded_box((720, 1340, 1300, 1384), (62, 66, 70), (36, 40, 44), radius=18)
    scene.box((180, 110, 1840, 1230), (18, 20, 22), radius=26)
    scene.box((214, 144, 1806, 1180), PANEL)
    _triage_list(scene)
    scene.glow((240, 120, 1000, 620), 0.12, 200)
    scene.box((1320, 1190, 1640, 1222), (232, 232, 226), radius=4)
    scene.write((1480, 1206), "WS-07 Harbour CDC", 24, INK, weight=600, anchor="mm")
    scene.faded_box((560, 1412, 1460, 1500), (52, 56, 60), (38, 42, 46), radius=12)
    return scene.image


def _triage_list(scene: Scene) -> None:
    scene.box((214, 144, 1806, 226), (44, 58, 72))
    scene.write((250, 186), "Rapid Triage 3.1", 40, PAPER, weight=700, anchor="lm")
    scene.write((1770, 186), "24 Nov 2026  14:12", 30, SOFT, anchor="rm")
    scene.write((250, 268), "Identifiers hidden for this photo", 28, SOFT, anchor="lm")
    lefts = (250, 480, 740, 1080)
    for x, heading in zip(lefts, ("Order", "Study", "Priority", "Score"), strict=True):
        scene.write((x, 330), heading, 28, SOFT, weight=600, anchor="lm")
    for row, (case, study, priority, colour, score) in enumerate(CASES):
        y = 400 + row * 92
        if row % 2 == 0:
            scene.box((236, y - 42, 1250, y + 42), (36, 47, 58), radius=8)
        scene.write((lefts[0], y), case, 34, PAPER, anchor="lm")
        scene.write((lefts[1], y), study, 34, PAPER, anchor="lm")
        scene.box((lefts[2] - 12, y - 26, lefts[2] + 250, y + 26), colour, radius=26)
        scene.write((lefts[2] + 119, y), priority, 30, INK, weight=600, anchor="mm")
        scene.write((lefts[3], y), score, 34, PAPER, anchor="lm")
    _grey_slice(scene)


def _grey_slice(scene: Scene) -> None:
    scene.box((1290, 300, 1770, 900), (8, 10, 12), radius=8)
    scene.oval((1370, 350, 1690, 770), (198, 198, 196))
    scene.oval((1386, 368, 1674, 752), (96, 98, 100))
    for _ in range(46):
        x, y = scene.dice.uniform(1420, 1620), scene.dice.uniform(420, 690)
        size, tone = scene.dice.uniform(14, 40), scene.dice.randint(84, 122)
        scene.oval((x, y, x + size, y + size * 1.2), (tone, tone, tone + 2))
    scene.line([(1530, 380), (1530, 740)], (70, 72, 74), 5)
    scene.write((1530, 850), "drawn, not a real scan", 26, SOFT, anchor="mm")
    scene.box((1290, 940, 1770, 1130), (44, 58, 72), radius=10)
    scene.write((1320, 986), "Tool active for all CT heads", 30, PAPER, weight=600, anchor="lm")
    scene.write((1320, 1036), "Since 2 October 2026", 28, SOFT, anchor="lm")
    scene.write((1320, 1084), "Supplied with scanner EQ-031", 28, SOFT, anchor="lm")


def network_dashboard() -> Image.Image:
    """A flat screenshot of 1920 by 1080, with nothing of a camera about it."""
    scene = Scene((1920, 1080), 227, (244, 246, 248), (244, 246, 248))
    scene.box((0, 0, 1920, 84), (22, 60, 104))
    scene.write((48, 42), "Shared worklist: waiting to be reported", 34, WHITE, weight=700, anchor="lm")
    scene.write((1872, 42), "Example drawing · 25 November 2026, 09:05", 22, (206, 220, 236), anchor="rm")
    for i, (value, label) in enumerate(TOTALS):
        x = 48 + i * 614
        scene.box((x, 120, x + 596, 260), WHITE, radius=14, outline=(213, 220, 227), width=2)
        scene.write((x + 32, 164), value, 52, INK, weight=700, anchor="lm")
        scene.write((x + 32, 222), label, 24, (82, 96, 110), anchor="lm")
    scene.box((48, 290, 1872, 1020), WHITE, radius=14, outline=(213, 220, 227), width=2)
    scene.write((80, 336), "Site", 24, (82, 96, 110), weight=600, anchor="lm")
    scene.write((400, 336), "Waiting", 24, (82, 96, 110), weight=600, anchor="lm")
    scene.write((1840, 336), "Reported within target", 24, (82, 96, 110), weight=600, anchor="rm")
    for row, (site, waiting, within) in enumerate(SITES):
        _site_row(scene, 394 + row * 69, site, waiting, within)
    scene.write((48, 1050), "A test system of an invented network.", 20, (82, 96, 110), anchor="lm")
    return scene.image


def _site_row(scene: Scene, y: float, site: str, waiting: int, within: int) -> None:
    scene.line([(80, y - 34), (1840, y - 34)], (226, 231, 236), 2)
    scene.write((80, y), site, 26, INK, weight=500, anchor="lm")
    tint = (11, 92, 173) if waiting < 60 else (178, 94, 20)
    scene.box((400, y - 16, 400 + waiting * 14, y + 16), tint, radius=6)
    scene.write((416 + waiting * 14, y), str(waiting), 24, INK, weight=600, anchor="lm")
    scene.write((1840, y), f"{within} %", 26, INK, weight=600, anchor="rm")
