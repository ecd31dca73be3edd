"""The parts of a JPEG file (ITU-T T.81, annex B) before a pixel is decoded: its frame, its scans, what programs left.

Everything here is told by markers, so that a file which would take hours or gigabytes is known at once, and what is
damaged beside the picture (profiles, comments, previews) cannot keep it from being read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})
_TABLES = frozenset({0xC4, 0xCC, 0xDB, 0xDD, 0xE0, 0xEE})
"""What decoding needs beside the frame: tables, the restart interval, JFIF's and Adobe's word on the colours."""

_SCAN, _END = 0xDA, 0xD9
_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
_EXIF, _XMP, _ICC, _IPTC = b"Exif\0", b"http://ns.adobe.com/xap/1.0/\0", b"ICC_PROFILE\0", b"Photoshop 3.0\0"
_MORE_XMP = b"http://ns.adobe.com/xmp/extension/\0"
_MAX_PROFILE = 16_000_000
"""Bytes. Profiles of output devices have up to some megabytes."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the frame header says. `sampling` has (horizontal, vertical) for each component."""

    width: int
    height: int
    bits: int
    sampling: tuple[tuple[int, int], ...]
    progressive: bool

    @property
    def coefficients(self) -> int:
        """Bytes of all coefficients, which the decoder keeps for a picture of several scans: two for each sample."""
        across = max(horizontal for horizontal, _ in self.sampling)
        down = max(vertical for _, vertical in self.sampling)
        shares = sum(horizontal * vertical for horizontal, vertical in self.sampling) / (across * down)
        return int(2 * shares * (self.width + 8 * across) * (self.height + 8 * down))


@dataclass
class JpegParts:
    """A JPEG's parts; what is absent or damaged is None or empty.

    `segments` are (marker, place of its content, length) up to the first scan, `first_scan` is where that begins.
    """

    data: bytes
    frame: Frame | None = None
    segments: list[tuple[int, int, int]] = field(default_factory=list)
    first_scan: int = 0

    @cached_property
    def scans(self) -> list[int]:
        """Where each scan's marker lies."""
        return self._ends[0]

    @cached_property
    def has_end(self) -> bool:
        """Say whether the end mark is there."""
        return self._ends[1]

    @cached_property
    def is_buffered(self) -> bool:
        """Say whether the decoder keeps the coefficients of the whole picture, because it comes in several scans."""
        if self.frame is None or not self.first_scan:
            return False
        inside = self.data[self.first_scan + 4 : self.first_scan + 5]
        return self.frame.progressive or (bool(inside) and inside[0] < len(self.frame.sampling))

    @cached_property
    def _ends(self) -> tuple[list[int], bool]:
        scans: list[int] = []
        for marker, at in _markers_after(self.data, self.first_scan):
            if marker == _END:
                return scans, True
            if marker == _SCAN:
                scans.append(at)
        return scans, False

    @property
    def exif(self) -> bytes:
        """The EXIF block with its "Exif" mark."""
        return self._first(0xE1, _EXIF, whole=True)

    @property
    def xmp(self) -> bytes:
        """The XMP packet."""
        return self._first(0xE1, _XMP)

    @property
    def more_xmp(self) -> list[bytes]:
        """The pieces of extended XMP: what of a packet did not fit into one segment."""
        return self._content(0xE1, _MORE_XMP)

    @property
    def photoshop(self) -> bytes:
        """Photoshop's image resources, in which IPTC lies, joined."""
        return b"".join(self._content(0xED, _IPTC))

    @property
    def icc(self) -> bytes:
        """The colour profile, joined in the order that its pieces state."""
        pieces = sorted(piece for piece in self._content(0xE2, _ICC) if len(piece) > 2)
        profile = b"".join(piece[2:] for piece in pieces)
        return profile if len(profile) <= _MAX_PROFILE else b""

    def bare(self, end: int) -> bytes:
        """Return the picture up to a place in the file, with an end mark and nothing before it that is none of it."""
        head = [
            self.data[at - 4 : at + length]
            for marker, at, length in self.segments
            if marker in _FRAMES or marker in _TABLES
        ]
        return b"".join((b"\xff\xd8", *head, self.data[self.first_scan : end], b"\xff\xd9"))

    def _first(self, marker: int, name: bytes, *, whole: bool = False) -> bytes:
        found = next(iter(self._content(marker, name)), b"")
        return name + found if whole and found else found

    def _content(self, wanted: int, name: bytes) -> list[bytes]:
        return [
            self.data[at + len(name) : at + length]
            for marker, at, length in self.segments
            if marker == wanted and self.data[at : at + len(name)] == name
        ]


def parts_of(data: bytes) -> JpegParts:
    """Read the markers up to the first scan; those behind it are read when they are asked for."""
    parts = JpegParts(data)
    at = 2
    while 0 <= (at := data.find(b"\xff", at)) < len(data) - 4:
        marker = data[at + 1]
        if marker in _BARE or marker in (0x00, 0xFF, 0xD8):
            at += 1 + (marker not in (0xFF,))
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _SCAN:
            parts.first_scan = at
            break
        if marker == _END or length < 2:
            break
        if marker in _FRAMES and parts.frame is None:
            parts.frame = _frame(marker, data[at + 4 : at + 2 + length])
        parts.segments.append((marker, at + 4, length - 2))
        at += 2 + length
    return parts


def _frame(marker: int, content: bytes) -> Frame | None:
    """Read a frame header; None where it cannot be one."""
    if len(content) < 9 or len(content) < 6 + 3 * content[5]:
        return None
    sampling = tuple((byte >> 4, byte & 15) for byte in content[7 : 6 + 3 * content[5] : 3])
    if not sampling or any(not 1 <= factor <= 4 for pair in sampling for factor in pair):
        return None
    height, width = int.from_bytes(content[1:3], "big"), int.from_bytes(content[3:5], "big")
    return Frame(width, height, content[0], sampling, marker in _PROGRESSIVE)


def _markers_after(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Yield (marker, place) from a scan on, passing over what the scans hold."""
    while at > 0 and (found := _MARKER.search(data, at)):
        marker, start = data[found.end() - 1], found.end() - 2
        yield marker, start
        if marker in _BARE or marker in (_END, 0xD8):
            at = found.end()
        else:
            at = found.end() + max(2, int.from_bytes(data[found.end() : found.end() + 2], "big"))
