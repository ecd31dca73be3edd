"""PNG (W3C, third edition): the chunks that make the picture go to the decoder, everything else is left out.

So no profile, comment or text, however large or damaged, decides whether the picture can be read. A large picture is
decoded in bands of rows: the compressed stream is opened piece by piece, and each band is handed to the decoder as a
small PNG of its own, with the row above it, to which its rows refer.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from imagecodecs import png_decode
from numpy.typing import NDArray
from PIL import Image as Pillow

from engine.errors import PhotoError
from engine.scan.metadata import Parts, inflated
from engine.words import sentence

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PICTURE = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"acTL", b"fcTL", b"fdAT"})
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PALETTE = 3
_LIKE = {1: (8, 0), 2: (8, 4), 3: (8, 2), 4: (8, 6), 6: (16, 2), 8: (16, 6)}
"""Bytes of a pixel → bits and colour type of a PNG whose pixels have as many."""

_XMP = b"XML:com.adobe.xmp"
_PROFILES = {
    b"Raw profile type exif": "exif",
    b"Raw profile type APP1": "exif",
    b"Raw profile type iptc": "iptc",
    b"Raw profile type xmp": "xmp",
}
_MAX_TEXT = 8_000_000
"""Bytes of metadata that are opened."""

_PIECE = 1 << 20


@dataclass
class PngParts:
    """A PNG's header and where its chunks lie: (name, start of its content, length), as far as the file goes."""

    data: bytes
    chunks: list[tuple[bytes, int, int]] = field(default_factory=list)
    width: int = 0
    height: int = 0
    bits: int = 0
    colour: int = 0
    interlaced: bool = False

    @property
    def row_bytes(self) -> int:
        """Bytes of a row without its filter's number."""
        return -(-self.width * self.bits * _CHANNELS.get(self.colour, 4) // 8)

    @property
    def is_animated(self) -> bool:
        """Say whether it has further frames."""
        return any(name == b"acTL" for name, _, _ in self.chunks)

    def content(self, name: bytes) -> bytes:
        """Return the first chunk of a name, empty where there is none."""
        found = next(((at, size) for other, at, size in self.chunks if other == name), (0, 0))
        return self.data[found[0] : found[0] + found[1]]


def png_parts(data: bytes) -> PngParts:
    """Read the chunk headers. Raises `PhotoError` where there is no header."""
    parts = PngParts(data)
    at = len(SIGNATURE)
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8]
        parts.chunks.append((name, at + 8, min(size, len(data) - at - 8)))
        if name == b"IEND":
            break
        at += 12 + size
    header = parts.content(b"IHDR")
    if len(header) < 13:
        raise PhotoError(sentence("The PNG ends before its picture begins, or its header is damaged."))
    parts.width, parts.height, parts.bits, parts.colour, _, _, interlaced = struct.unpack(">IIBBBBB", header[:13])
    parts.interlaced = bool(interlaced)
    return parts


def bare_png(parts: PngParts) -> bytes:
    """Return the file without anything but its picture, each chunk as it stands, with its own check sum."""
    pieces = [SIGNATURE]
    pieces += [parts.data[at - 8 : at + size + 4] for name, at, size in parts.chunks if name in _PICTURE]
    return b"".join(pieces)


def metadata_of(parts: PngParts) -> Parts:
    """Return the blocks of metadata, also those that ImageMagick writes as hexadecimal text."""
    blocks = {"exif": parts.content(b"eXIf"), "xmp": b"", "iptc": b""}
    for name, at, size in parts.chunks:
        if name in (b"iTXt", b"zTXt", b"tEXt"):
            _read_text(name, parts.data[at : at + size], blocks)
    _, _, profile = parts.content(b"iCCP").partition(b"\0")
    return Parts(**blocks, icc=inflated(profile[1:]) if profile else b"")


def _read_text(name: bytes, chunk: bytes, blocks: dict[str, bytes]) -> None:
    """Keep a text chunk's content if it is metadata that is not there yet."""
    key, _, rest = chunk.partition(b"\0")
    target = "xmp" if key == _XMP else _PROFILES.get(key)
    if target is None or blocks[target]:
        return
    packed = name == b"zTXt" or (name == b"iTXt" and rest[:1] == b"\1")
    # In iTXt: two bytes that say whether and how it is packed, a language, the key in that language.
    text = rest[2:].split(b"\0", 2)[-1] if name == b"iTXt" else rest[1:] if packed else rest
    if packed:
        text = inflated(text, _MAX_TEXT)
    blocks[target] = text if key == _XMP else _from_hexadecimal(text)


def _from_hexadecimal(text: bytes) -> bytes:
    """Read ImageMagick's way of writing a profile: a name, a length, then lines of hexadecimal digits."""
    lines = text.strip().split(b"\n")
    try:
        return bytes.fromhex(b"".join(lines[2:]).decode("ascii"))
    except ValueError:
        return b""


def row_bands(parts: PngParts, rows: int) -> Iterator[NDArray[np.uint8]]:
    """Yield the picture's bytes, (up to `rows`, `row_bytes`), band by band from the top, as they were before filtering.

    Raises `PhotoError` where the picture ends early, and zlib's and libpng's errors for damage.
    """
    length, left = parts.row_bytes + 1, parts.height
    above = bytes(length)  # filter 0, and what the standard puts above the first row
    waiting = bytearray()
    for piece in _stream(parts):
        waiting += piece
        while left and len(waiting) >= length * min(rows, left):
            count = min(rows, left)
            band = _unfiltered(parts, above + bytes(waiting[: length * count]), count + 1)[1:]
            del waiting[: length * count]
            above, left = b"\0" + band[-1].tobytes(), left - count
            yield band
        if not left:
            return
    raise PhotoError(sentence("The PNG ends early."), sentence("It was probably not copied to the end."))


def _stream(parts: PngParts) -> Iterator[bytes]:
    """Yield the filtered rows as they come out of the compressed stream."""
    unpack = zlib.decompressobj()
    for name, at, size in parts.chunks:
        for start in range(at, at + size if name == b"IDAT" else at, _PIECE):
            packed = parts.data[start : min(start + _PIECE, at + size)]
            while packed:
                yield unpack.decompress(packed, 4 * _PIECE)
                packed = unpack.unconsumed_tail


def _unfiltered(parts: PngParts, filtered: bytes, rows: int) -> NDArray[np.uint8]:
    """Have libpng undo the filters of some rows: as a PNG of 8 or 16 bits whose pixels have as many bytes as these."""
    step = max(1, parts.bits * _CHANNELS.get(parts.colour, 4) // 8)
    bits, colour = _LIKE[step]
    header = struct.pack(">IIBBBBB", parts.row_bytes // step, rows, bits, colour, 0, 0, 0)
    packed = zlib.compress(filtered, 0)
    small = SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")
    pixels = png_decode(small)
    return np.ascontiguousarray(pixels, ">u2" if bits == 16 else np.uint8).view(np.uint8).reshape(rows, parts.row_bytes)


def _chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")


def pictures_of_bands(parts: PngParts, rows: int) -> Iterator[Pillow.Image]:
    """Yield the picture in bands of `rows` rows, of mode L, RGB or RGBA, eight bits."""
    for band in row_bands(parts, rows):
        yield _picture(parts, _samples(parts, band))


def _samples(parts: PngParts, band: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return (rows, width, channels): of 16 bits the upper eight, fewer bits stretched but in a palette."""
    channels = _CHANNELS.get(parts.colour, 4)
    if parts.bits == 16:
        band = band[:, ::2]
    elif parts.bits < 8:
        each = np.unpackbits(band, axis=1).reshape(len(band), -1, parts.bits)
        weights = (1 << np.arange(parts.bits - 1, -1, -1)).astype(np.uint8)
        band = (each * weights).sum(axis=2, dtype=np.uint8)[:, : parts.width]
        if parts.colour != _PALETTE:
            band = band * np.uint8(255 // ((1 << parts.bits) - 1))
    return band.reshape(len(band), parts.width, channels)


def _picture(parts: PngParts, samples: NDArray[np.uint8]) -> Pillow.Image:
    transparent = parts.content(b"tRNS")
    if parts.colour == _PALETTE:
        table = np.zeros((256, 4), np.uint8)
        entries = np.frombuffer(parts.content(b"PLTE")[:768], np.uint8)
        table[: len(entries) // 3, :3] = entries[: len(entries) // 3 * 3].reshape(-1, 3)
        table[:, 3] = 255
        table[: len(transparent[:256]), 3] = np.frombuffer(transparent[:256], np.uint8)
        return Pillow.fromarray(table[samples[..., 0]] if transparent else table[samples[..., 0], :3])
    if parts.colour == 4:
        return Pillow.fromarray(np.concatenate([samples[..., :1]] * 3 + [samples[..., 1:]], axis=2))
    return Pillow.fromarray(samples[..., 0] if parts.colour == 0 else samples)
