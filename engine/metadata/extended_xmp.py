"""Extended XMP (ISO 16684-3): a packet over 64 KB goes on in further segments of a JPEG, which name its digest."""

from collections.abc import Iterable

from engine.metadata.xmp import MAX_PACKET

_DIGEST, _NUMBER = 32, 4
_PIECE = _DIGEST + 2 * _NUMBER


def extension_of(packet: bytes, pieces: Iterable[bytes]) -> bytes:
    """Return the packet that the pieces make up whose digest the main packet names; empty where one is missing.

    A piece begins with the digest (32 hexadecimal digits), the length of the whole and its own place in it.
    """
    found: dict[int, bytes] = {}
    length = 0
    for piece in pieces:
        digest = piece[:_DIGEST]
        if len(piece) > _PIECE and digest in packet:
            length = int.from_bytes(piece[_DIGEST : _DIGEST + _NUMBER], "big")
            found[int.from_bytes(piece[_DIGEST + _NUMBER : _PIECE], "big")] = piece[_PIECE:]
    whole = b""
    for at in sorted(found):
        if at != len(whole) or length > MAX_PACKET:
            return b""
        whole += found[at]
    return whole if len(whole) == length else b""
