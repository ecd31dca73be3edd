"""From a TIFF page's samples to a picture, by its photometric interpretation (TIFF 6.0, tag 262)."""

import numpy as np
from PIL import Image as Pillow
from tifffile import PHOTOMETRIC

from engine.errors import PhotoError
from engine.geometry import Image
from engine.scan.tiff_samples import Samples
from engine.words import sentence

_SIGN = np.uint8(0x80)


def to_picture(samples: Samples) -> Pillow.Image:
    """Return the samples as a picture of mode L, RGB, CMYK or LAB; transparent parts lie on white.

    Raises `PhotoError` where it is not known what colours they are.
    """
    values, kind = samples.values, samples.photometric
    channels = values.shape[2]
    if kind in (PHOTOMETRIC.MINISWHITE, PHOTOMETRIC.MINISBLACK) or (kind == PHOTOMETRIC.RGB and channels < 3):
        grey = values[..., :1]
        return _on_white(255 - grey if kind == PHOTOMETRIC.MINISWHITE else grey, samples)
    if kind == PHOTOMETRIC.RGB:
        return _on_white(values[..., :3], samples)
    if kind == PHOTOMETRIC.SEPARATED and channels >= 4:
        return Pillow.fromarray(np.ascontiguousarray(values[..., :4]), "CMYK")
    if kind == PHOTOMETRIC.YCBCR and channels >= 3:
        return Pillow.fromarray(np.ascontiguousarray(values[..., :3]), "YCbCr").convert("RGB")
    if kind in (PHOTOMETRIC.CIELAB, PHOTOMETRIC.ICCLAB) and channels >= 3:
        lab = np.ascontiguousarray(values[..., :3])
        if kind == PHOTOMETRIC.ICCLAB:  # its colours begin at 0, Pillow's are signed
            lab[..., 1:] ^= _SIGN
        return Pillow.fromarray(lab, "LAB")
    raise PhotoError(
        sentence("The TIFF picture is of a kind of colours that Kinfolk does not know."), sentence("Save it as JPEG.")
    )


def _on_white(colours: Image, samples: Samples) -> Pillow.Image:
    """Return grey or RGB colours, laid on white where a channel says how much of it shows."""
    if samples.alpha is not None and samples.alpha < samples.values.shape[2]:
        shown = samples.values[..., samples.alpha : samples.alpha + 1].astype(np.uint16)
        front = colours.astype(np.uint16) * (255 if samples.premultiplied else shown)
        colours = ((front + 255 * (255 - shown) + 127) // 255).clip(0, 255).astype(np.uint8)
    if colours.shape[2] == 1:
        return Pillow.fromarray(np.ascontiguousarray(colours[..., 0]))
    return Pillow.fromarray(np.ascontiguousarray(colours))
