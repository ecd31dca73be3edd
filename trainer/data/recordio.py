"""MXNet's RecordIO, read without mxnet: a file of records and an index of their offsets.

Format (dmlc-core, recordio.h): each part of a record is the magic number, a word whose upper 3 bits say what the part
is (0 whole, 1 first, 2 middle, 3 last) and whose lower 29 bits its length, the bytes, and zeros up to a multiple of
four. Writers cut a record where the magic number itself stands in its data, so parts are joined by the magic number.
"""

import struct
import threading
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import UsageError, said_by
from engine.words import sentence, system_reason

MAGIC = 0xCED7230A
_HEAD = struct.Struct("<II")
_WHOLE, _FIRST, _MIDDLE, _LAST = range(4)


class RecordFile:
    """Records by number, read one at a time where they lie; may be read from several threads.

    `numbers` (n,) and `offsets` (n,) int64 are the index's columns. Close it, or use it in a `with` statement.
    """

    def __init__(self, record: Path, index: Path) -> None:
        self.path = record
        self.numbers, self.offsets = read_index(index)
        try:
            self._file = record.open("rb")
        except OSError as error:
            raise UsageError(
                sentence(
                    "The record file {record} cannot be read: {reason}.", record=record, reason=system_reason(error)
                )
            ) from error
        self._lock = threading.Lock()

    def __getstate__(self) -> dict[str, object]:
        """Return what another process needs to open the file for itself."""
        return {"path": self.path, "numbers": self.numbers, "offsets": self.offsets}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._file = self.path.open("rb")
        self._lock = threading.Lock()

    def __enter__(self) -> "RecordFile":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def read(self, number: int) -> bytes:
        """Return a whole record. KeyError for a number the index lacks, UsageError where the file is damaged."""
        return self._joined(self._offset(number))

    def start(self, number: int, length: int) -> bytes:
        """Return at most the first `length` bytes of a record's first part, for headers: the image stays unread."""
        offset = self._offset(number)
        _, size = self._head(offset)
        return self._bytes(offset + _HEAD.size, min(length, size))

    def _offset(self, number: int) -> int:
        place = int(np.searchsorted(self.numbers, number))
        if place == len(self.numbers) or self.numbers[place] != number:
            raise KeyError(f"The index of {self.path} has no record {number}.")
        return int(self.offsets[place])

    def _joined(self, offset: int) -> bytes:
        parts: list[bytes] = []
        while True:
            kind, size = self._head(offset)
            if (kind in (_WHOLE, _FIRST)) != (not parts):
                raise self._damaged(offset)
            parts.append(self._bytes(offset + _HEAD.size, size))
            if kind in (_WHOLE, _LAST):
                return struct.pack("<I", MAGIC).join(parts)
            offset += _HEAD.size + size + (-size) % 4

    def _head(self, offset: int) -> tuple[int, int]:
        magic, word = _HEAD.unpack(self._bytes(offset, _HEAD.size))
        if magic != MAGIC or word >> 29 > _LAST:
            raise self._damaged(offset)
        return word >> 29, word & ((1 << 29) - 1)

    def _bytes(self, offset: int, length: int) -> bytes:
        with self._lock:
            self._file.seek(offset)
            data = self._file.read(length)
        if len(data) != length:
            raise self._damaged(offset)
        return data

    def _damaged(self, offset: int) -> UsageError:
        return UsageError(
            sentence(
                "The record file {path} is damaged or its index belongs to another file: no record at {offset}.",
                path=self.path,
                offset=offset,
            ),
            sentence("Copy or download both files again."),
        )


def read_index(path: Path) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return record numbers, rising, and offsets, (n,) int64 each, from lines of "number<tab>offset"."""
    try:
        table = np.loadtxt(path, dtype=np.int64, ndmin=2)
    except OSError as error:
        raise UsageError(
            sentence("The index {path} cannot be read: {reason}.", path=path, reason=said_by(error))
        ) from error
    except ValueError as error:
        raise UsageError(
            sentence("{path} is not an index of a record file: {reason}.", path=path, reason=said_by(error))
        ) from error
    if table.size == 0 or table.shape[1] != 2:
        raise UsageError(
            sentence(
                "{path} is not an index of a record file: it needs two columns and a line for each record.", path=path
            )
        )
    table = table[np.argsort(table[:, 0], kind="stable")]
    return table[:, 0].copy(), table[:, 1].copy()
