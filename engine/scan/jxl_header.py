"""The size in a JPEG XL's header (ISO/IEC 18181-1, D.2), which libjxl's Python door does not tell before decoding."""

from engine.errors import PhotoError
from engine.words import sentence

_RATIOS = {1: (1, 1), 2: (12, 10), 3: (4, 3), 4: (3, 2), 5: (16, 9), 6: (5, 4), 7: (2, 1)}


class _Bits:
    """Reads numbers of so many bits, the least significant first."""

    def __init__(self, data: bytes) -> None:
        self._value, self._left = int.from_bytes(data[:32], "little"), 8 * min(len(data), 32)

    def take(self, count: int) -> int:
        if count > self._left:
            raise PhotoError(sentence("The JPEG XL ends before its picture begins."))
        value = self._value & ((1 << count) - 1)
        self._value >>= count
        self._left -= count
        return value


def jxl_size(data: bytes) -> tuple[int, int]:
    """Return (width, height) as stored. Raises `PhotoError` where there is no header."""
    stream = _stream(data)
    if stream[:2] != b"\xff\x0a":
        raise PhotoError(sentence("The JPEG XL ends before its picture begins, or its header is damaged."))
    bits = _Bits(stream[2:])
    is_small = bits.take(1)
    height = _length(bits, is_small)
    ratio = bits.take(3)
    if ratio:
        across, down = _RATIOS[ratio]
        return height * across // down, height
    return _length(bits, is_small), height


def _length(bits: _Bits, is_small: int) -> int:
    if is_small:
        return 8 * (bits.take(5) + 1)
    return bits.take((9, 13, 18, 30)[bits.take(2)]) + 1


def _stream(data: bytes) -> bytes:
    """Return the beginning of the code stream, which a container may hold."""
    if data[:2] == b"\xff\x0a":
        return data[:64]
    at = 0
    while at + 8 <= len(data):
        size, start = int.from_bytes(data[at : at + 4], "big"), at + 8
        if size == 1:
            size, start = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        name = data[at + 4 : at + 8]
        if name in (b"jxlc", b"jxlp"):
            return data[start + 4 * (name == b"jxlp") : start + 64]
        if size < 8:
            break
        at += size
    return b""
