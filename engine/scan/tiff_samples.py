"""A TIFF page's samples as eight bits, reduced while its strips and tiles are read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tifffile import COMPRESSION, PHOTOMETRIC, PLANARCONFIG, TiffPage

from engine.geometry import Image
from engine.scan.decoder_errors import DECODER_ERRORS
from engine.scan.pixels import stretched, value_range
from engine.scan.tiff_doubts import refuse_what_means_two_things

_PALETTE_TAG, _SUBSAMPLING = 320, 530
_JPEGS = (COMPRESSION.JPEG, 34892, 33007)
_NEARLY_ALL = 0.99
_ROWS_OF = 2_000_000
"""Samples of a page without compression that are taken at a time."""

Segment = tuple[NDArray[Any] | None, int, int, int, int, int]
"""Samples (rows, columns, channels) or None where the file has none, their first channel, row and column, and how many
rows and columns of them lie in the picture."""

_LEFT_TO_PILLOW = frozenset({COMPRESSION.OJPEG, 34676, 34677, 32766, 32809})
"""JPEG of the old kind, SGI's logarithms, NeXT and ThunderScan."""


@dataclass(frozen=True, slots=True)
class Samples:
    """A page as stored: rows × columns × channels uint8, with what says which colours they are."""

    values: Image
    photometric: int
    alpha: int | None
    premultiplied: bool


def memory_of(page: TiffPage, scale: int) -> int:
    """Return the bytes that reading a page takes: what comes of it, and its largest strip or tile in several forms."""
    out = -(-page.imagewidth // scale) * -(-page.imagelength // scale)
    channels = max(3, page.samplesperpixel)
    if _is_plain(page):
        piece = _ROWS_OF * 8
    else:
        piece = int(np.prod([int(length) for length in page.chunks])) * max(1, page.bitspersample // 8)
    return out * (channels * (6 if scale > 1 else 2) + 6) + 4 * piece


def read_samples(page: TiffPage, scale: int) -> Samples | None:
    """Read a page, reduced by `scale`; None where it is of a kind that only libtiff knows.

    Raises what tifffile and imagecodecs raise for damage, and PhotoError for what programs mean two things by.
    """
    refuse_what_means_two_things(page)
    if page.compression in _LEFT_TO_PILLOW or _kind(page) not in ("u", "i", "f", "b") or _is_odd(page):
        return None
    if _is_subsampled(page):
        return None
    to_eight = _to_eight_bits(page)
    palette = _palette(page)
    channels = 3 if palette is not None else page.samplesperpixel
    sums = _Sums(page, scale, channels)
    for values, channel, top, left, rows, columns in _segments(page):
        if values is None:
            continue
        eight = palette[_indices(values)] if palette is not None else to_eight(values)
        sums.add(eight[:rows, :columns], channel, top, left)
    extra = tuple(int(kind) for kind in page.extrasamples)
    alpha = next((page.samplesperpixel - len(extra) + at for at, kind in enumerate(extra) if kind in (1, 2)), None)
    premultiplied = alpha is not None and 1 in extra
    photometric = PHOTOMETRIC.RGB if palette is not None else page.photometric
    if (
        page.photometric == PHOTOMETRIC.YCBCR
        and page.compression in _JPEGS
        and page.planarconfig == PLANARCONFIG.CONTIG
    ):
        photometric = PHOTOMETRIC.RGB  # the JPEG decoder has converted it
    return Samples(sums.mean(), int(photometric), None if palette is not None else alpha, premultiplied)


def _kind(page: TiffPage) -> str:
    """Return the kind of its numbers, numpy's letter; empty where that is not known."""
    return "" if page.dtype is None else page.dtype.kind


def _is_odd(page: TiffPage) -> bool:
    """Say whether it has real numbers of 24 bits, of which there are several kinds, or as places in a palette."""
    if page.photometric == PHOTOMETRIC.PALETTE and _kind(page) not in ("u", "b"):
        return True
    return bool(_kind(page) == "f" and page.bitspersample not in (16, 32, 64))


def _is_subsampled(page: TiffPage) -> bool:
    """Say whether colours are stored for blocks of pixels, in a way that only libtiff undoes."""
    if page.photometric != PHOTOMETRIC.YCBCR or page.compression in _JPEGS:
        return False
    try:
        return tuple(page.tags.valueof(_SUBSAMPLING, default=(2, 2))) != (1, 1)
    except DECODER_ERRORS:
        return True


def _segments(page: TiffPage) -> Iterator[Segment]:
    """Yield the page's strips or tiles."""
    if _is_plain(page):
        yield from _plain_rows(page)
        return
    for values, (channel, depth, top, left, _), shape in page.segments(maxworkers=1):
        if depth == 0:
            rows, columns = int(shape[1]), int(shape[2])
            yield (None if values is None else values[0]), channel, top, left, rows, columns


def _is_plain(page: TiffPage) -> bool:
    """Say whether the samples lie in the file as they are, in one piece."""
    return (
        bool(page.is_contiguous)
        and page.bitspersample in (8, 16, 32, 64)
        and page.imagedepth == 1
        and page.fillorder == 1
    )


def _plain_rows(page: TiffPage) -> Iterator[Segment]:
    offset = int(page.dataoffsets[0])
    dtype = np.dtype(page.dtype).newbyteorder(page.parent.byteorder)
    separate, _, height, width, together = (int(length) for length in page.shaped)
    row = width * together
    step = max(1, _ROWS_OF // max(1, row))
    for channel in range(separate):
        for top in range(0, height, step):
            rows = min(step, height - top)
            page.parent.filehandle.seek(offset + (channel * height + top) * row * dtype.itemsize)
            data = page.parent.filehandle.read(rows * row * dtype.itemsize)
            if len(data) < rows * row * dtype.itemsize:
                raise EOFError
            values = np.frombuffer(data, dtype, rows * row).reshape(rows, width, together)
            yield values, channel, top, 0, rows, width


class _Sums:
    """Adds up what falls into each pixel of the reduced picture; without reduction it holds the picture itself."""

    def __init__(self, page: TiffPage, scale: int, channels: int) -> None:
        self.scale = scale
        self.size = (int(page.imagelength), int(page.imagewidth))
        shape = (*(-(-length // scale) for length in self.size), channels)
        self.sums = np.zeros(shape, np.uint8 if scale == 1 else np.uint32)

    def add(self, values: Image, channel: int, top: int, left: int) -> None:
        """Add some rows and columns of some channels, from that place on."""
        values = values[: self.size[0] - top, : self.size[1] - left]  # tiles reach beyond the edge
        rows, columns = values.shape[:2]
        place = slice(channel, channel + values.shape[2])
        if not rows or not columns:
            return
        if self.scale == 1:
            self.sums[top : top + rows, left : left + columns, place] = values[..., : self.sums.shape[2] - channel]
            return
        values = values[..., : self.sums.shape[2] - channel]
        across = np.add.reduceat(values, _starts(left, columns, self.scale), axis=1, dtype=np.uint32)
        both = np.add.reduceat(across, _starts(top, rows, self.scale), axis=0, dtype=np.uint32)
        at, beside = top // self.scale, left // self.scale
        self.sums[at : at + both.shape[0], beside : beside + both.shape[1], place] += both

    def mean(self) -> Image:
        """Return the reduced picture, uint8."""
        if self.scale == 1:
            return np.asarray(self.sums, np.uint8)
        down, across = (_counts(length, self.scale) for length in self.size)
        for row, count in zip(self.sums, down, strict=True):
            row //= (count * across)[:, None]
        return self.sums.astype(np.uint8)


def _starts(first: int, length: int, scale: int) -> NDArray[np.int64]:
    """Return where, among `length` places from `first` on, each reduced pixel begins."""
    ahead = -first % scale
    starts = np.arange(ahead, length, scale)
    return np.concatenate([[0], starts]) if ahead else starts


def _counts(length: int, scale: int) -> NDArray[np.uint32]:
    """Return how many of `length` pixels fall into each reduced one."""
    starts = np.arange(0, length, scale)
    return np.minimum(scale, length - starts).astype(np.uint32)


def _indices(values: NDArray[Any]) -> NDArray[Any]:
    return values[..., 0]


def _palette(page: TiffPage) -> Image | None:
    """Return the colour table, entries × 3 uint8, or None where the page has none."""
    if page.photometric != PHOTOMETRIC.PALETTE or _kind(page) != "u" or page.bitspersample > 16:
        return None
    try:
        table = np.asarray(page.tags.valueof(_PALETTE_TAG), np.uint32).reshape(3, -1)
    except DECODER_ERRORS:
        return None
    eight = (table >> 8 if table.max(initial=0) > 255 else table).astype(np.uint8).T
    whole = np.zeros((1 << 16, 3), np.uint8)
    whole[: len(eight)] = eight[: len(whole)]
    return whole


def _to_eight_bits(page: TiffPage) -> Callable[[NDArray[Any]], Image]:
    """Return what brings this page's samples to 0 to 255."""
    bits, kind = int(page.bitspersample), _kind(page)
    if kind == "b" or bits == 1:
        return lambda values: (values.astype(np.uint8) * np.uint8(255)).astype(np.uint8)
    if kind == "f" or bits > 16:
        low, high = _range(page)
        return lambda values: stretched(values, low, high)
    if bits == 8:
        return lambda values: values.astype(np.uint8, copy=False)
    if bits == 16:
        return lambda values: (values >> 8).astype(np.uint8)
    white = (1 << bits) - 1
    return lambda values: ((values.astype(np.uint32) * 255 + white // 2) // white).astype(np.uint8)


def _range(page: TiffPage) -> tuple[float, float]:
    """Return what is black and white among numbers of 32 bits and more.

    Real numbers go from 0 to 1 where nearly all do (brighter lights are clipped); whole ones over all that they can
    hold, unless they use next to nothing of it.
    """
    seen = [_sample(values) for values, *_ in _segments(page) if values is not None]
    numbers = np.concatenate(seen) if seen else np.zeros(1, np.float32)
    if _kind(page) == "f":
        finite = numbers[np.isfinite(numbers)]
        if finite.size and ((finite >= 0) & (finite <= 1)).mean() >= _NEARLY_ALL:
            return 0.0, 1.0
        return value_range(numbers)
    bits = int(page.bitspersample)
    least, most = (-(2.0 ** (bits - 1)), 2.0 ** (bits - 1) - 1) if _kind(page) == "i" else (0.0, 2.0**bits - 1)
    low, high = value_range(numbers)
    return (least, most) if high > most / 256 else (low, high)


def _sample(values: NDArray[Any]) -> NDArray[Any]:
    """Return some of the numbers of a strip or tile, and the least and greatest of them all."""
    flat = values.reshape(-1)
    extremes = np.array([np.nanmin(flat), np.nanmax(flat)], flat.dtype) if flat.size else flat
    return np.concatenate([flat[:: max(1, flat.size // 4096)], extremes])
