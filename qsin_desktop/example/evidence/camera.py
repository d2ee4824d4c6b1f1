"""Turns a drawn scene into what a camera hands over: light, grain, rotation, and EXIF with a place."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO

from PIL import ExifTags, Image, ImageChops, ImageDraw, ImageFilter

from qsin_desktop.example.evidence.scenes.canvas import lettering

MAKE, MODEL, SOFTWARE = "Northlight", "NL-7 Visit", "Northlight Camera 4.2"
NOTICE = "Example drawing: an invented scene, no real place"
_GRAIN_SEED = 4032
_STORED = {1: None, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}


@dataclass(frozen=True)
class Shot:
    """When, where and how one photo was taken: EXIF orientation 1, 6 or 8, `lean` of the hand in degrees."""

    taken: datetime
    latitude: float
    longitude: float
    orientation: int = 1
    lean: float = 0.0
    iso: int = 100
    exposure: int = 60  # 1/60 s


def photo(scene: Image.Image, shot: Shot) -> bytes:
    """A JPEG of twice the scene's size, turned as its EXIF orientation says."""
    lit = _lit(_tilted(scene, shot.lean))
    grained = ImageChops.add(lit, _grain(lit.size), 1, -128)
    _sign(grained)
    turn = _STORED[shot.orientation]
    stored = grained.transpose(turn) if turn is not None else grained
    large = stored.resize((stored.width * 2, stored.height * 2), Image.Resampling.BICUBIC)
    out = BytesIO()
    large.save(out, "JPEG", quality=86, subsampling=2, exif=_exif(shot, large.size), dpi=(72, 72))
    return out.getvalue()


def _tilted(scene: Image.Image, lean: float) -> Image.Image:
    """Held by hand: turned about the middle and enlarged just enough that no corner is empty."""
    width, height = scene.size
    turn = math.radians(lean)
    ratio = max(width / height, height / width)
    zoom = 1 / (math.cos(turn) + ratio * abs(math.sin(turn)))
    a, b = math.cos(turn) * zoom, math.sin(turn) * zoom
    x, y = width / 2, height / 2
    across = (a, b, x - a * x - b * y, -b, a, y + b * x - a * y)
    return scene.transform(scene.size, Image.Transform.AFFINE, across, Image.Resampling.BILINEAR)


def _lit(scene: Image.Image) -> Image.Image:
    """Darker towards the corners, warmer at the lower end."""
    corners = Image.radial_gradient("L").point([255 - max(0, v - 104) * 2 // 5 for v in range(256)])
    warm = Image.linear_gradient("L").point([255 - v // 14 for v in range(256)])
    faint = Image.linear_gradient("L").point([255 - v // 36 for v in range(256)])
    light = Image.merge(
        "RGB", (corners, ImageChops.multiply(corners, faint), ImageChops.multiply(corners, warm))
    )
    return ImageChops.multiply(scene, light.resize(scene.size, Image.Resampling.BICUBIC))


@cache
def _grain(size: tuple[int, int]) -> Image.Image:
    """Sensor noise around mid grey, the same for every photo of a size."""
    width, height = size
    raw = Image.frombytes("L", size, random.Random(_GRAIN_SEED).randbytes(width * height))
    soft = raw.filter(ImageFilter.BoxBlur(1)).point([128 + (v - 128) // 7 for v in range(256)])
    return Image.merge("RGB", (soft, soft, ImageChops.offset(soft, 501, 307)))


def _sign(picture: Image.Image) -> None:
    font = lettering(30, 500)
    pen = ImageDraw.Draw(picture, "RGBA")
    left, top = picture.width - font.getlength(NOTICE) - 76, picture.height - 82
    pen.rounded_rectangle((left, top, picture.width - 28, picture.height - 26), 12, (12, 18, 24, 170))
    pen.text((left + 24, top + 28), NOTICE, (255, 255, 255, 235), font, "lm")


def _exif(shot: Shot, size: tuple[int, int]) -> Image.Exif:
    taken = shot.taken.strftime("%Y:%m:%d %H:%M:%S")
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = MAKE
    exif[ExifTags.Base.Model] = MODEL
    exif[ExifTags.Base.Software] = SOFTWARE
    exif[ExifTags.Base.Orientation] = shot.orientation
    exif[ExifTags.Base.DateTime] = taken
    exif[ExifTags.Base.ImageDescription] = NOTICE
    exif.get_ifd(ExifTags.IFD.Exif).update(
        {
            ExifTags.Base.DateTimeOriginal: taken,
            ExifTags.Base.DateTimeDigitized: taken,
            ExifTags.Base.OffsetTimeOriginal: "+00:00",
            ExifTags.Base.ExposureTime: 1 / shot.exposure,
            ExifTags.Base.FNumber: 1.8,
            ExifTags.Base.FocalLength: 5.7,
            ExifTags.Base.ISOSpeedRatings: shot.iso,
            ExifTags.Base.ExifImageWidth: size[0],
            ExifTags.Base.ExifImageHeight: size[1],
        }
    )
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N" if shot.latitude >= 0 else "S",
            ExifTags.GPS.GPSLatitude: _sexagesimal(shot.latitude),
            ExifTags.GPS.GPSLongitudeRef: "E" if shot.longitude >= 0 else "W",
            ExifTags.GPS.GPSLongitude: _sexagesimal(shot.longitude),
            ExifTags.GPS.GPSAltitude: 4.0,
            ExifTags.GPS.GPSDateStamp: shot.taken.strftime("%Y:%m:%d"),
            ExifTags.GPS.GPSTimeStamp: (shot.taken.hour, shot.taken.minute, shot.taken.second),
        }
    )
    return exif


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    whole = abs(degrees)
    minutes = (whole % 1) * 60
    return float(int(whole)), float(int(minutes)), round((minutes % 1) * 60, 2)
