"""What decoding will cost, told by headers alone: cheap pictures need no process of their own."""

import struct

from engine.errors import PhotoError
from engine.scan.formats import Kind, kind_of
from engine.scan.jpeg import MAX_SCANS, memory_of
from engine.scan.jpeg_parts import parts_of
from engine.scan.png import png_parts
from engine.scan.purpose import Wish
from engine.scan.webp_header import webp_header

JPEG_MEMORY = 120_000_000
"""Bytes. Photos of 60 megapixels at half size take 90 million, progressive ones of 24 megapixels 110 million."""

JPEG_PIXELS = 130_000_000
PROGRESSIVE_WORK = 800_000_000
"""Pixels times scans: a photo of 48 megapixels in 12 scans takes a second and a half."""

SIMPLE_PIXELS = 4_000_000
SIMPLE_BYTES = 32_000_000
GIF_PIXELS = 250_000


def is_cheap(data: bytes, wish: Wish) -> bool:
    """Say whether a photo takes little memory and time and a decoder that is known never to fail badly.

    That are JPEGs, nearly always, and small PNGs, WebPs, BMPs and GIFs. What is no photo at all is refused cheaply.
    """
    try:
        kind = kind_of(data)
        if kind is Kind.JPEG:
            return _is_cheap_jpeg(data, wish)
        if len(data) > SIMPLE_BYTES:
            return False
        if kind is Kind.PNG:
            parts = png_parts(data)
            return parts.width * parts.height <= SIMPLE_PIXELS and not parts.is_animated
        if kind is Kind.WEBP:
            (width, height), is_animated, _ = webp_header(data)
            return width * height <= SIMPLE_PIXELS and not is_animated
    except PhotoError:
        return True
    return _is_small(kind, data)


def _is_cheap_jpeg(data: bytes, wish: Wish) -> bool:
    parts = parts_of(data)
    if parts.frame is None:
        return True
    pixels = parts.frame.width * parts.frame.height
    if pixels > JPEG_PIXELS or memory_of(parts, wish) > JPEG_MEMORY:
        return False
    scans = len(parts.scans) if parts.is_buffered else 1
    return scans > MAX_SCANS or pixels * scans <= PROGRESSIVE_WORK


def _is_small(kind: Kind, data: bytes) -> bool:
    """Say so of a format whose header has the size at a fixed place."""
    try:
        if kind is Kind.BMP:
            width, height = struct.unpack_from("<ii", data, 18)
            return bool(0 < abs(width) * abs(height) <= SIMPLE_PIXELS)
        if kind is Kind.GIF:
            width, height = struct.unpack_from("<HH", data, 6)
            return int(width) * int(height) <= GIF_PIXELS and len(data) <= GIF_PIXELS
    except struct.error:
        return True
    return False
