"""Animations: the frame that shows something, where the first one is blank or has not faded in yet."""

import numpy as np
from PIL import Image as Pillow

from engine.scan.decoder_errors import DECODER_ERRORS

BLANK = 8.0
"""A frame whose grey values deviate by less (of 255, standard deviation) shows nothing, or next to nothing."""

PLAIN = 24.0
"""One that deviates by this much is taken at once; what lies between may still be fading in."""

MOST_FRAMES = 120
"""Frames that are looked at."""

MOST_PIXELS = 200_000_000
"""Pixels of all the frames that are looked at."""

_SAMPLED = 64


def show_a_frame(picture: Pillow.Image) -> None:
    """Seek an opened picture to the first frame that shows something, or else to the one that shows most.

    The first frame stays where it shows something itself, which is nearly always.
    """
    count = _frames_of(picture)
    if count < 2 or (best := _contrast(picture)) >= BLANK:
        return
    looked_at = min(count, MOST_FRAMES, max(2, MOST_PIXELS // max(1, picture.width * picture.height)))
    chosen = 0
    for number in range(1, looked_at):
        try:
            picture.seek(number)
            contrast = _contrast(picture)
        except DECODER_ERRORS:
            break
        if contrast > best:
            best, chosen = contrast, number
        if contrast >= PLAIN:
            break
    picture.seek(chosen)


def _frames_of(picture: Pillow.Image) -> int:
    try:
        return int(getattr(picture, "n_frames", 1))
    except DECODER_ERRORS:
        return 1


def _contrast(picture: Pillow.Image) -> float:
    """Return the standard deviation of the frame's grey values, on white and seen from afar."""
    step = max(1, min(picture.size) // _SAMPLED)
    small = picture.convert("RGBA") if picture.mode == "P" else picture
    small = small.resize((max(1, small.width // step), max(1, small.height // step)), Pillow.Resampling.NEAREST)
    ground = Pillow.new("RGBA", small.size, (255, 255, 255, 255))
    return float(np.asarray(Pillow.alpha_composite(ground, small.convert("RGBA")).convert("L")).std())
