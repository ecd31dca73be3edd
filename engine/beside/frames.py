"""How the two processes speak: a line of JSON, and behind it the bytes of the arrays that the line announces."""

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

Words = dict[str, Any]
"""What JSON can hold, by name."""

Arrays = Mapping[str, NDArray[Any]]
"""Numbers by name: whole ones, floats and truth values of any shape, no objects."""

_PIECE = 1 << 24
"""Bytes that are written at once."""

_KINDS = "biuf"
"""The kinds of numpy's types that are passed on: nothing that would have to be unpickled."""


def put(stream: IO[bytes], words: Words, arrays: Arrays) -> None:
    """Write one message. Raises OSError where nobody reads it any more, TypeError for an array of objects."""
    for _ in putting(stream, words, arrays):
        pass


def putting(stream: IO[bytes], words: Words, arrays: Arrays) -> Iterator[None]:
    """Do the same, and yield now and then while something large is written, which takes seconds."""
    held = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    odd = [name for name, array in held.items() if array.dtype.kind not in _KINDS]
    if odd:
        raise TypeError(f"not numbers: {', '.join(odd)}")
    shapes = [(name, array.dtype.str, array.shape) for name, array in held.items()]
    stream.write(json.dumps({"words": words, "arrays": shapes}).encode() + b"\n")
    for array in held.values():
        content = array.reshape(-1).view(np.uint8).data
        for start in range(0, len(content), _PIECE):
            stream.write(content[start : start + _PIECE])
            if start + _PIECE < len(content):
                yield
    stream.flush()


def take(stream: IO[bytes]) -> tuple[Words, dict[str, NDArray[Any]]] | None:
    """Read one message; None where the other process has ended, in the middle of one, too."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        return None
    message = json.loads(line)
    arrays: dict[str, NDArray[Any]] = {}
    for name, kind, shape in message["arrays"]:
        array = np.empty(shape, np.dtype(kind))
        if not _fill(stream, array):
            return None
        arrays[name] = array
    return message["words"], arrays


def _fill(stream: IO[bytes], array: NDArray[Any]) -> bool:
    view, at = array.reshape(-1).view(np.uint8).data, 0
    while at < len(view):
        count = stream.readinto(view[at:])  # type: ignore[attr-defined]  # pipes have it, whatever IO says
        if not count:
            return False
        at += count
    return True
