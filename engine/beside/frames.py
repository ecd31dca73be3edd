"""How the two processes speak: a line of JSON, and behind it the bytes of the arrays that the line announces."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

Words = dict[str, Any]
"""What JSON can hold, by name."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of a large array, which are passed on piece by piece: nowhere is there a copy of all of them."""

    array: NDArray[Any]
    rows: NDArray[np.intp]

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type of the numbers."""
        return self.array.dtype

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of these rows."""
        return len(self.rows), *self.array.shape[1:]

    def pieces(self) -> Iterator[NDArray[Any]]:
        """Yield the rows, so many at a time that a piece is no larger than what is written at once."""
        step = max(1, _PIECE // max(1, self.array[:1].nbytes))
        for start in range(0, len(self.rows), step):
            yield self.array[self.rows[start : start + step]]


Arrays = Mapping[str, "NDArray[Any] | Rows"]
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
    held = {name: array if isinstance(array, Rows) else np.ascontiguousarray(array) for name, array in arrays.items()}
    odd = [name for name, array in held.items() if array.dtype.kind not in _KINDS]
    if odd:
        raise TypeError(f"not numbers: {', '.join(odd)}")
    shapes = [(name, array.dtype.str, array.shape) for name, array in held.items()]
    stream.write(json.dumps({"words": words, "arrays": shapes}).encode() + b"\n")
    for array in held.values():
        for number, piece in enumerate(_pieces(array)):
            if number:
                yield
            stream.write(piece)
    stream.flush()


def _pieces(array: "NDArray[Any] | Rows") -> Iterator[memoryview]:
    """Yield the bytes of an array, some at a time."""
    if isinstance(array, Rows):
        yield from (np.ascontiguousarray(part).reshape(-1).view(np.uint8).data for part in array.pieces())
        return
    content = array.reshape(-1).view(np.uint8).data
    for start in range(0, len(content), _PIECE):
        yield content[start : start + _PIECE]


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
