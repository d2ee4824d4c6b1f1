"""Rooms as they are walked through: a scanner, a storeroom, a basin and a door."""

from __future__ import annotations

from PIL import Image

from qsin_desktop.example.evidence.scenes.canvas import LANDSCAPE, PORTRAIT, Colour, Scene, mixed

WHITE: Colour = (246, 247, 247)
INK: Colour = (38, 46, 54)
STEEL: Colour = (176, 184, 190)
WASHING = (
    "Wet both hands",
    "One press of soap",
    "Rub for twenty seconds",
    "Rinse under the tap",
    "Dry with a clean towel",
)


def scanner_room() -> Image.Image:
    scene = Scene(LANDSCAPE, 11, (214, 224, 226), (196, 210, 212))
    _ceiling_and_floor(scene)
    _control_window(scene)
    _wall_fittings(scene)
    _gantry(scene)
    _table(scene)
    return scene.image


def _ceiling_and_floor(scene: Scene) -> None:
    scene.shape([(0, 0), (2016, 0), (1700, 190), (260, 190)], (232, 235, 234))
    for left, right in ((520, 760), (900, 1120), (1260, 1480)):
        spread = (left - 1008) * 0.18, (right - 1008) * 0.18
        scene.shape(
            [(left + spread[0], 40), (right + spread[1], 40), (right, 150), (left, 150)], (253, 253, 248)
        )
        scene.glow((left - 60, 20, right + 60, 260), 0.4)
    floor = [(0, 1512), (2016, 1512), (2016, 1240), (1720, 1020), (240, 1020), (0, 1190)]
    scene.shape([(float(x), float(y)) for x, y in floor], (150, 158, 162))
    scene.shape([(0, 1190), (240, 1020), (240, 996), (0, 1158)], (116, 128, 134))
    scene.shape([(240, 996), (1720, 996), (1720, 1020), (240, 1020)], (116, 128, 134))
    scene.shape([(1720, 996), (2016, 1206), (2016, 1240), (1720, 1020)], (104, 116, 122))
    scene.line([(240, 190), (240, 1000)], (168, 184, 188), 4)
    scene.line([(1720, 190), (1720, 1000)], (168, 184, 188), 4)
    for step in range(7):
        y = 1060 + step * step * 9
        scene.line([(0, y + 60), (2016, y + 60)], (144, 152, 156), 2)


def _control_window(scene: Scene) -> None:
    scene.box((300, 370, 720, 700), (128, 140, 146), radius=6)
    scene.faded_box((318, 388, 702, 682), (62, 84, 96), (34, 50, 60))
    scene.shape([(350, 388), (440, 388), (390, 682), (320, 682), (320, 480)], (84, 108, 120))
    for x, tint in ((470, (118, 176, 208)), (560, (150, 190, 170))):
        scene.box((x, 560, x + 78, 612), tint, radius=4)
        scene.line([(x + 39, 612), (x + 39, 640)], (20, 28, 34), 8)
    scene.box((300, 640, 702, 682), (24, 34, 42))


def _wall_fittings(scene: Scene) -> None:
    scene.box((1560, 250, 1690, 310), (24, 92, 74), radius=8)
    scene.write((1625, 281), "CT 2", 36, WHITE, weight=700, anchor="mm")
    scene.box((300, 250, 590, 326), (250, 205, 60), radius=8)
    scene.write((445, 276), "Controlled area", 26, INK, weight=700, anchor="mm")
    scene.write((445, 306), "X-rays when lit", 20, INK, anchor="mm")
    scene.box((612, 250, 672, 326), (196, 64, 52), radius=10)
    scene.box((1600, 640, 1680, 760), (250, 214, 70), radius=8)
    scene.box((1592, 616, 1688, 648), (205, 60, 50), radius=8)
    scene.write((1640, 702), "SHARPS", 17, INK, weight=700, anchor="mm")
    scene.line([(1180, 60), (1180, 250), (1330, 330)], STEEL, 20)
    scene.box((1300, 318, 1372, 420), (232, 234, 232), radius=10, outline=(150, 158, 162), width=3)
    scene.box((1312, 332, 1360, 362), (52, 96, 84), radius=4)


def _gantry(scene: Scene) -> None:
    scene.shade((760, 960, 1640, 1120), 0.5, 50)
    scene.faded_box((800, 320, 1580, 1070), (250, 251, 250), (206, 212, 214), radius=150)
    scene.faded_box((832, 348, 1548, 1040), (254, 254, 253), (226, 230, 231), radius=132)
    centre, middle = 1190, 660
    rings = ((262, (198, 206, 210)), (246, (232, 236, 238)), (226, (126, 140, 148)), (214, (58, 68, 76)))
    for radius, colour in rings:
        scene.oval((centre - radius, middle - radius, centre + radius, middle + radius), colour)
    for step in range(14):
        radius = 208 - step * 8
        tint = mixed((58, 68, 76), (118, 128, 134), step / 13)
        high = middle - step * 2
        scene.oval((centre - radius, high - radius, centre + radius, high + radius), tint)
    scene.pen.arc((920, 390, 1460, 930), 205, 335, (64, 158, 206), 8)
    for x in (880, 1452):
        scene.box((x, 560, x + 52, 760), (220, 225, 227), radius=16, outline=(178, 186, 190), width=2)
        for i, light in enumerate(((92, 180, 120), (240, 196, 84), (120, 160, 200), (120, 160, 200))):
            scene.oval((x + 13, 578 + i * 44, x + 39, 604 + i * 44), light)
    scene.box((1090, 356, 1290, 392), (22, 30, 38), radius=10)
    scene.write((1190, 375), "READY  120 kV", 20, (126, 220, 168), weight=600, anchor="mm")
    scene.box((1376, 876, 1540, 926), (255, 255, 252), radius=4, outline=(140, 150, 156), width=2)
    scene.write((1458, 902), "Asset EQ-014", 22, INK, weight=600, anchor="mm")


def _table(scene: Scene) -> None:
    scene.shade((820, 1300, 1480, 1480), 0.5, 60)
    scene.shape([(1040, 1010), (1340, 1010), (1400, 1420), (960, 1420)], (206, 212, 214))
    scene.shape([(960, 1420), (1400, 1420), (1420, 1470), (940, 1470)], (122, 132, 138))
    for i in range(6):
        y = 1090 + i * 50
        scene.line([(1030 - i * 11, y), (1350 + i * 9, y)], (184, 192, 196), 5)
    scene.shape([(1066, 742), (1314, 742), (1470, 1180), (890, 1180)], (226, 230, 232))
    scene.shape([(890, 1180), (1470, 1180), (1466, 1236), (894, 1236)], (184, 192, 196))
    scene.shape([(1086, 748), (1294, 748), (1424, 1160), (938, 1160)], (54, 78, 104))
    scene.shape([(1102, 752), (1278, 752), (1296, 830), (1084, 830)], (74, 100, 128))
    for share in (0.35, 0.62):
        edge, half = 748 + 412 * share, 104 + 139 * share
        scene.line([(1190 - half, edge), (1190 + half, edge)], (38, 58, 80), 5)
    scene.line([(1180, 752), (1176, 1156)], (206, 70, 62), 3)


def storeroom() -> Image.Image:
    scene = Scene(PORTRAIT, 23, (206, 204, 196), (176, 172, 164))
    scene.shape([(0, 2016), (1512, 2016), (1512, 1800), (0, 1800)], (126, 120, 112))
    for x in (90, 1392):
        scene.box((x, 120, x + 34, 1880), (138, 146, 152))
    for row, y in enumerate((520, 930, 1340, 1750)):
        _shelf(scene, row, y)
    scene.box((330, 60, 1180, 190), (252, 252, 250), radius=10, outline=(120, 128, 134), width=3)
    scene.write((755, 104), "Store 3: consumables and coils", 40, INK, weight=700, anchor="mm")
    scene.write((755, 156), "Check weekly. Sign the list on the door.", 28, INK, anchor="mm")
    return scene.image


def _shelf(scene: Scene, row: int, y: int) -> None:
    scene.shade((124, y - 330, 1392, y - 250), 0.28, 50)
    x, right = 150.0, 1370.0
    while x < right - 110:
        width = min(float(scene.dice.choice((150, 190, 230, 280))), right - x)
        height = scene.dice.choice((170, 210, 250, 280))
        _carton(scene, (x, y - height, x + width - 14, y), row)
        x += width
    scene.faded_box((90, y, 1426, y + 34), (186, 194, 198), (128, 138, 144))
    label = ("Cannulae and lines", "Linen, single use", "Coil covers and pads", "Contrast, sealed packs")[row]
    scene.box((560, y - 2, 970, y + 40), (255, 240, 150), radius=4)
    scene.write((765, y + 19), label, 26, INK, weight=600, anchor="mm")


def _carton(scene: Scene, box: tuple[float, float, float, float], row: int) -> None:
    tints = ((196, 164, 122), (222, 226, 228), (118, 152, 178), (206, 186, 150), (164, 186, 168))
    tint = scene.dice.choice(tints)
    x0, y0, x1, y1 = box
    scene.faded_box(box, mixed(tint, (255, 255, 255), 0.14), mixed(tint, (40, 40, 40), 0.16), radius=6)
    scene.line([(x0 + 6, y0 + 26), (x1 - 6, y0 + 26)], mixed(tint, (40, 40, 40), 0.3), 3)
    if x1 - x0 > 150:
        scene.box((x0 + 22, y1 - 96, x1 - 22, y1 - 34), (250, 250, 246), radius=3)
        code = f"ST-{row + 1}{scene.dice.randint(10, 99)}"
        scene.write(((x0 + x1) / 2, y1 - 65), code, 24, INK, weight=600, anchor="mm")


def hand_hygiene() -> Image.Image:
    scene = Scene(PORTRAIT, 37, (226, 232, 232), (204, 214, 214))
    for x in range(0, 1513, 252):
        scene.line([(x, 0), (x, 2016)], (208, 217, 217), 4)
    for y in range(0, 2017, 252):
        scene.line([(0, y), (1512, y)], (208, 217, 217), 4)
    _hygiene_poster(scene)
    _dispensers(scene)
    _basin(scene)
    return scene.image


def _hygiene_poster(scene: Scene) -> None:
    scene.shade((330, 170, 1200, 760), 0.3, 30)
    scene.box((320, 140, 1190, 740), (252, 253, 253), radius=10)
    scene.box((320, 140, 1190, 250), (16, 112, 140), radius=10)
    scene.write((755, 196), "Clean hands at this basin", 48, WHITE, weight=700, anchor="mm")
    for i, step in enumerate(WASHING):
        y = 312 + i * 86
        scene.oval((370, y - 30, 430, y + 30), (16, 112, 140))
        scene.write((400, y), str(i + 1), 34, WHITE, weight=700, anchor="mm")
        scene.write((462, y), step, 38, INK, weight=500, anchor="lm")


def _dispensers(scene: Scene) -> None:
    for x, top, label, level in ((250, 850, "GEL", 0.16), (980, 850, "SOAP", 0.7)):
        scene.shade((x + 10, top + 30, x + 280, top + 420), 0.3, 30)
        scene.faded_box((x, top, x + 270, top + 400), (250, 251, 251), (214, 221, 223), radius=34)
        scene.box((x + 40, top + 60, x + 230, top + 270), (196, 208, 212), radius=14)
        full = top + 270 - 210 * level
        scene.box((x + 40, full, x + 230, top + 270), (150, 196, 214), radius=14)
        scene.write((x + 135, top + 326), label, 40, (16, 112, 140), weight=700, anchor="mm")
        scene.box((x + 105, top + 396, x + 165, top + 440), (176, 186, 190), radius=10)
    scene.faded_box((600, 850, 900, 1130), (236, 238, 238), (198, 206, 208), radius=18)
    scene.write((750, 910), "TOWELS", 34, (70, 86, 92), weight=700, anchor="mm")
    scene.shape([(650, 1128), (850, 1128), (836, 1230), (668, 1218)], (250, 250, 248))


def _basin(scene: Scene) -> None:
    scene.shade((220, 1500, 1300, 1760), 0.34, 50)
    scene.faded_box((210, 1460, 1300, 1600), (250, 251, 251), (222, 228, 230), radius=50)
    scene.shape([(270, 1580), (1240, 1580), (1090, 1850), (420, 1850)], (226, 231, 233))
    scene.oval((300, 1478, 1210, 1580), (188, 200, 204))
    scene.oval((340, 1492, 1170, 1574), (206, 216, 219))
    scene.oval((720, 1528, 790, 1556), (96, 106, 112))
    scene.line([(755, 1480), (755, 1330), (790, 1296), (880, 1300), (884, 1380)], (150, 160, 166), 40)
    scene.line([(748, 1470), (748, 1336), (790, 1292), (872, 1294)], (226, 232, 234), 10)
    scene.box((600, 1420, 690, 1446), (176, 186, 190), radius=12)


def scanner_door() -> Image.Image:
    scene = Scene(PORTRAIT, 53, (222, 222, 214), (200, 200, 192))
    scene.shape([(0, 2016), (1512, 2016), (1512, 1890), (0, 1890)], (112, 122, 128))
    scene.shade((250, 170, 1330, 1900), 0.3, 40)
    scene.box((230, 130, 1290, 1896), (128, 134, 136))
    scene.faded_box((270, 170, 1250, 1896), (120, 164, 176), (92, 134, 148))
    scene.box((270, 1640, 1250, 1896), (168, 176, 180))
    scene.box((1110, 1040, 1160, 1300), (206, 212, 216), radius=24)
    _door_signs(scene)
    scene.box((1340, 1000, 1450, 1170), (60, 66, 72), radius=14)
    scene.oval((1376, 1024, 1414, 1062), (92, 200, 120))
    for i in range(9):
        x, y = 1362 + (i % 3) * 26, 1082 + (i // 3) * 26
        scene.box((x, y, x + 18, y + 18), (150, 158, 164), radius=3)
    return scene.image


def _door_signs(scene: Scene) -> None:
    scene.box((420, 300, 1100, 760), (250, 206, 44), radius=18, outline=INK, width=8)
    scene.shape([(760, 340), (930, 620), (590, 620)], INK)
    scene.shape([(760, 386), (888, 598), (632, 598)], (250, 206, 44))
    scene.line([(700, 580), (700, 510), (720, 474), (760, 462), (800, 474), (820, 510), (820, 580)], INK, 26)
    scene.write((760, 690), "Strong magnetic field", 52, INK, weight=700, anchor="mm")
    scene.box((420, 800, 1100, 990), (196, 48, 40), radius=14)
    scene.write((760, 862), "Always on", 56, WHITE, weight=700, anchor="mm")
    scene.write((760, 936), "Screened staff and visitors only", 36, WHITE, weight=500, anchor="mm")
    scene.box((420, 1040, 1060, 1190), WHITE, radius=10)
    scene.write((740, 1084), "MR 1  Quay", 44, INK, weight=700, anchor="mm")
    scene.write((740, 1144), "Asset EQ-057", 34, INK, anchor="mm")
