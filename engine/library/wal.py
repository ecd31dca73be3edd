"""SQLite's write-ahead log, read by hand, since SQLite says nothing of a damaged one.

It takes a log up to the first frame whose checksum is wrong for the whole log, and the answers behind that frame are
gone without a word: https://www.sqlite.org/fileformat2.html#the_write_ahead_log. Here the frames behind it are found by
the log's salts, and a log is written whose checksums are right again.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MAGIC, VERSION = 0x377F0682, 3_007_000
"""The last bit of the magic number says that checksums are of big-endian words."""

HEADER, FRAME_HEADER = 32, 24
"""Bytes."""

PAGE_SIZES = {2**power for power in range(9, 17)}


@dataclass(frozen=True, slots=True)
class LogState:
    """Frames of the log in its present generation: those that SQLite takes, and those up to the last commit."""

    taken: int
    written: int

    @property
    def is_damaged(self) -> bool:
        """Whether committed frames lie behind one that SQLite stops at."""
        return self.taken < self.written


def examine_log(log: Path, page_size: int) -> LogState:
    """Look at the log of a library that nobody has open; one that is absent or empty is sound."""
    frames = _read(log, page_size)
    return LogState(0, 0) if frames is None else LogState(frames.taken(), frames.written())


def mended_log(log: Path, page_size: int) -> bytes:
    """Return the log with right checksums in all frames up to the last commit; the pages stay as they are."""
    frames = _read(log, page_size)
    return b"" if frames is None else frames.mended()


def _read(log: Path, page_size: int) -> "_Frames | None":
    data = log.read_bytes() if log.exists() else b""
    count = (len(data) - HEADER) // (FRAME_HEADER + page_size) if page_size in PAGE_SIZES else 0
    return _Frames(data, page_size, count) if count > 0 else None


class _Frames:
    """The frames of one log; whole words are big-endian as they are stored."""

    def __init__(self, data: bytes, page_size: int, count: int) -> None:
        self.head = np.frombuffer(data, ">u4", 8)
        size = FRAME_HEADER + page_size
        self.rows = np.frombuffer(data, np.uint8, count * size, HEADER).reshape(count, size)
        heads = np.ascontiguousarray(self.rows[:, :FRAME_HEADER]).view(">u4")
        self.commits, self.sums = heads[:, 1].astype(np.uint32), heads[:, 4:6].astype(np.uint32)
        self.salts = heads[:, 2].astype(np.uint64) << np.uint64(32) | heads[:, 3].astype(np.uint64)
        self.big = bool(int(self.head[0]) & 1)
        first = np.frombuffer(self.head.tobytes()[:24], np.uint8)[None]
        self.start = _checksums(first, np.zeros(2, np.uint32), big=self.big)[0]
        sound = (int(self.head[0]) & ~1) == MAGIC and not (self.start != self.head[6:8]).any()
        self.sound_head = bool(sound)
        stated = np.uint64(int(self.head[4]) << 32 | int(self.head[5]))
        # Where the header's own salts are damaged: the first frame is always of the generation that was written last.
        self.salt = stated if sound or (self.salts == stated).any() else self.salts[0]

    def written(self) -> int:
        """Return how many frames there are up to the last commit of this generation."""
        committed = np.flatnonzero((self.salts == self.salt) & (self.commits != 0))
        return int(committed[-1]) + 1 if len(committed) else 0

    def taken(self) -> int:
        """Return how many frames SQLite takes: up to the last commit before the first frame that is wrong."""
        if not self.sound_head:
            return 0
        made = _checksums(self._summed(len(self.rows)), self.start, big=self.big)
        right = (made == self.sums).all(axis=1) & (self.salts == self.salt)
        first_wrong = len(right) if right.all() else int(np.argmin(right))
        committed = np.flatnonzero(self.commits[:first_wrong] != 0)
        return int(committed[-1]) + 1 if len(committed) else 0

    def mended(self) -> bytes:
        """Return the log with all checksums and salts made anew."""
        count, page_size = self.written(), self.rows.shape[1] - FRAME_HEADER
        salts = [int(self.salt) >> 32, int(self.salt) & 0xFFFFFFFF]
        magic = MAGIC | 1
        head = np.array([magic, VERSION, page_size, int(self.head[3]), *salts], ">u4")
        sums = _checksums(np.frombuffer(head.tobytes(), np.uint8)[None], np.zeros(2, np.uint32), big=True)[0]
        made = _checksums(self._summed(count), sums, big=True)
        rows = self.rows[:count].copy()
        heads = np.ascontiguousarray(rows[:, :FRAME_HEADER]).view(">u4")
        heads[:, 2:4], heads[:, 4:6] = salts, made
        rows[:, :FRAME_HEADER] = heads.view(np.uint8)
        data: bytes = head.tobytes() + sums.astype(">u4").tobytes() + rows.tobytes()
        return data

    def _summed(self, count: int) -> NDArray[np.uint8]:
        """Return (count, 8 + page) the bytes of each frame that its checksum is of."""
        return np.concatenate([self.rows[:count, :8], self.rows[:count, FRAME_HEADER:]], axis=1)


def _checksums(rows: NDArray[np.uint8], start: NDArray[np.uint32], *, big: bool) -> NDArray[np.uint32]:
    """Return (n, 2) the running checksum after each row, beginning with `start`.

    A step is s0 += a + s1; s1 += b + s0 for each two words a, b, modulo 2³². That is linear: a row adds a sum of its
    words, weighed by Fibonacci numbers, to a fixed multiple of what stood before it.
    """
    words = np.ascontiguousarray(rows).view(">u4" if big else "<u4").astype(np.uint32)
    pairs = words.shape[1] // 2
    weights, power = _weights(pairs)
    added = [(words * weights[row]).sum(axis=1, dtype=np.uint32) for row in (0, 1)]
    s0, s1 = int(start[0]), int(start[1])
    made = np.empty((len(words), 2), np.uint32)
    for number, (first, second) in enumerate(zip(*(part.tolist() for part in added), strict=True)):
        s0, s1 = (
            (power[0] * s0 + power[1] * s1 + first) & 0xFFFFFFFF,
            (power[1] * s0 + power[2] * s1 + second) & 0xFFFFFFFF,
        )
        made[number] = s0, s1
    return made


def _weights(pairs: int) -> tuple[NDArray[np.uint32], tuple[int, int, int]]:
    """Return (2, 2 · pairs) the weight of each word in both sums, and the matrix ((p, q), (q, r)) of a whole row."""
    weights = np.empty((2, 2 * pairs), np.uint32)
    p, q, r = 1, 0, 1
    for pair in range(pairs - 1, -1, -1):
        # One step is M = ((1, 1), (1, 2)) on what stood before, and B = ((1, 0), (1, 1)) on the two words.
        weights[0, 2 * pair : 2 * pair + 2] = (p + q) & 0xFFFFFFFF, q
        weights[1, 2 * pair : 2 * pair + 2] = (q + r) & 0xFFFFFFFF, r
        p, q, r = (p + q) & 0xFFFFFFFF, (p + 2 * q) & 0xFFFFFFFF, (q + 2 * r) & 0xFFFFFFFF
    return weights, (p, q, r)
