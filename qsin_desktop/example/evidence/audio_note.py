"""A spoken-like note: a WAV file of a few seconds with the rise and fall of speech, and no words in it."""

from __future__ import annotations

import math
import random
import wave
from array import array
from io import BytesIO
from sys import byteorder

RATE = 16_000  # samples a second, 16 bit, one channel
SECONDS = 9
_LOUD = 9_000


def make_audio_note() -> bytes:
    samples = array("h", _chime(880) + _chime(1175))
    dice = random.Random(9)
    while len(samples) < RATE * SECONDS - RATE // 2:
        samples.extend(_syllable(dice))
        if dice.random() < 0.22:
            samples.extend([0] * (RATE // 4))
    samples.extend(_chime(660))
    if byteorder == "big":
        samples.byteswap()
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return out.getvalue()


def _chime(pitch: float) -> list[int]:
    length = RATE // 5
    step = 2 * math.pi * pitch / RATE
    return [round(_LOUD * (1 - i / length) * math.sin(step * i)) for i in range(length)]


def _syllable(dice: random.Random) -> list[int]:
    """A voiced buzz with two overtones, swelling and falling, its pitch gliding a little."""
    length = int(RATE * dice.uniform(0.09, 0.2))
    pitch, glide = dice.uniform(105, 150), dice.uniform(-18, 12)
    formants = dice.uniform(0.3, 0.8), dice.uniform(0.1, 0.4)
    samples, phase = [], 0.0
    for i in range(length):
        phase += 2 * math.pi * (pitch + glide * i / length) / RATE
        voice = math.sin(phase) + formants[0] * math.sin(4 * phase) + formants[1] * math.sin(9 * phase)
        samples.append(round(_LOUD / 2 * math.sin(math.pi * i / length) * voice))
    return samples
