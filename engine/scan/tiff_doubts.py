"""TIFF pages by which programs mean two things, so that a picture read the one way is the negative of the other.

`benchmarks/tiff_table.py` compares what tifffile writes, by TIFF 6.0, with what ImageMagick writes and reads.
"""

from tifffile import PHOTOMETRIC, TiffPage

from engine.errors import PhotoError
from engine.words import sentence


def refuse_what_means_two_things(page: TiffPage) -> None:
    """Raise PhotoError where nothing in the file tells what is black in it."""
    if page.dtype is not None and page.dtype.kind == "i" and page.bitspersample <= 16:
        # By TIFF 6.0 the least is black; some write ordinary numbers and only call them signed, so that 0 is. Longer
        # numbers are spread over what they use.
        raise PhotoError(
            sentence("Its numbers are called signed, and nothing tells whether 0 is black or grey."),
            sentence("Save it with unsigned numbers, by the program that made it."),
        )
    odd = page.extrasamples or page.bitspersample > 16 or (page.dtype is not None and page.dtype.kind == "f")
    if page.photometric == PHOTOMETRIC.MINISWHITE and odd:
        # By TIFF 6.0 the least is white; some take it for black unless samples are whole, short and without alpha.
        raise PhotoError(
            sentence("It says that 0 is white in a way of which programs mean the opposite, too."),
            sentence("Save it as an ordinary picture, by the program that made it."),
        )
    if page.extrasamples and page.bitspersample == 1:
        raise PhotoError(
            sentence("It is transparent by single bits, which programs read differently."), sentence("Save it as PNG.")
        )
