"""Catalogues as the program reads them: GNU gettext's .mo (gettext's manual, "The Format of GNU MO Files").

Babel's own writer would date them, drop lines of the header that are not its own, and fill what lacks with English.
"""

import struct
from collections.abc import Iterable, Mapping
from pathlib import Path

from babel.messages.catalog import Message

MAGIC = 0x950412DE


def is_compiled(file: Path) -> bool:
    """Say whether a file is a .mo file, by how it begins: git gives versions other names."""
    with file.open("rb") as opened:
        return opened.read(4) == struct.pack("<I", MAGIC)


def compiled(header: Mapping[str, str], messages: Iterable[Message]) -> bytes:
    """Return a .mo file of what is translated, with all its forms; the same for the same texts."""
    texts = {b"": "".join(f"{name}: {value}\n" for name, value in header.items()).encode()}
    for message in messages:
        forms = [message.string] if isinstance(message.string, str) else list(message.string)
        if all(forms) and not message.fuzzy:
            texts[_key(message)] = "\0".join(forms).encode()
    return _file(sorted(texts.items()))


def _key(message: Message) -> bytes:
    ids = message.id if isinstance(message.id, str) else "\0".join(message.id)
    return f"{message.context}\4{ids}".encode()


def _file(texts: list[tuple[bytes, bytes]]) -> bytes:
    """Return the two tables of lengths and offsets, of codes and translations, and then what they point at."""
    tables_at = 7 * 4
    place = tables_at + 16 * len(texts)
    tables, data = b"", b""
    for column in zip(*texts, strict=True):
        for text in column:
            tables += struct.pack("<II", len(text), place + len(data))
            data += text + b"\0"
    return struct.pack("<7I", MAGIC, 0, len(texts), tables_at, tables_at + 8 * len(texts), 0, 0) + tables + data
