"""InsightFace's training sets: train.rec with train.idx, as MXNet's ImageRecordIO packs them.

A record starts with a header of 24 bytes, "IfQQ": flag, label, two ids. Where flag > 0, so many float32 labels follow;
then the JPEG. Record 0 holds no image but the labels (a, b): images are records 1 to a − 1, people are records a to
b − 1, and the record of a person holds the labels (first image, last image + 1). Older files have no record of that
kind (flag 0 at record 0): there every record is an image.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import overload

import numpy as np

from engine.errors import UsageError, said_by
from engine.geometry import Image
from engine.words import sentence
from trainer.data.crop_folder import decode_crop
from trainer.data.faces import Indices, LabelledFace, Labels
from trainer.data.recordio import RecordFile

_HEADER = struct.Struct("<IfQQ")
_LABELS_READ = 4
"""No record here has more labels than these."""


@dataclass(frozen=True, slots=True)
class Header:
    """`labels` are one number or several; `length` is where the image starts in the record."""

    flag: int
    labels: tuple[float, ...]
    length: int


def parse_header(data: bytes) -> Header:
    """Read a record's header; ValueError where there are too few bytes."""
    if len(data) < _HEADER.size:
        raise ValueError("a record is too short for its header")
    flag, label, _, _ = _HEADER.unpack_from(data)
    if flag == 0:
        return Header(0, (label,), _HEADER.size)
    count = min(flag, (len(data) - _HEADER.size) // 4)
    labels = struct.unpack_from(f"<{count}f", data, _HEADER.size)
    return Header(flag, labels, _HEADER.size + 4 * flag)


class RecordFaces(Sequence[LabelledFace]):
    """The faces of a record file, made when asked for: a set of millions is kept as two arrays (n,) int64.

    `images` are record numbers, `people` the labels as the file has them.
    """

    def __init__(self, images: Indices, people: Labels) -> None:
        self.images, self.people = images, people

    def __len__(self) -> int:
        return len(self.images)

    @overload
    def __getitem__(self, index: int) -> LabelledFace: ...

    @overload
    def __getitem__(self, index: slice) -> "RecordFaces": ...

    def __getitem__(self, index: int | slice) -> "LabelledFace | RecordFaces":
        if isinstance(index, slice):
            return RecordFaces(self.images[index], self.people[index])
        return LabelledFace(str(self.people[index]), str(self.images[index]))


class InsightFaceRecord:
    """The faces of a training set. Names are the label's number; pixels are read when asked for.

    With records of people the file is not walked: they tell which images are whose. Without, every header is read once.
    """

    def __init__(self, record: Path, index: Path | None = None) -> None:
        self.file = RecordFile(record, record.with_suffix(".idx") if index is None else index)
        try:
            self.faces = RecordFaces(*self._list())
        except UsageError:
            self.file.close()
            raise
        except (ValueError, KeyError, IndexError) as error:
            self.file.close()
            raise UsageError(
                sentence(
                    "{record} is not a training set of InsightFace's form: {reason}.",
                    record=record,
                    reason=said_by(error),
                )
            ) from error

    def crop(self, index: int) -> Image:
        """Return the crop (112, 112, 3) RGB uint8. Raises PhotoError where the record's picture is not one."""
        number = int(self.faces.images[index])
        data = self.file.read(number)
        return decode_crop(data[parse_header(data).length :], f"Record {number}")

    def close(self) -> None:
        """Close the file."""
        self.file.close()

    def _list(self) -> tuple[Indices, Labels]:
        """Return image numbers and their labels, (n,) int64 each."""
        if int(self.file.numbers[0]) != 0:
            return self._with_labels(self.file.numbers)
        first = self._header(0)
        if first.flag == 0:
            return self._with_labels(self.file.numbers)
        end, last = int(first.labels[0]), int(first.labels[1])
        if last <= end:
            return self._with_labels(np.arange(1, end))
        return self._of_people(range(end, last))

    def _with_labels(self, images: Indices) -> tuple[Indices, Labels]:
        labels = np.fromiter((int(self._header(int(number)).labels[0]) for number in images), np.int64, len(images))
        return images, labels

    def _of_people(self, people: range) -> tuple[Indices, Labels]:
        images: list[Indices] = []
        labels: list[Labels] = []
        for number in people:
            header = self._header(number)
            start, stop = int(header.labels[0]), int(header.labels[1])
            if stop > start:
                images.append(np.arange(start, stop))
                labels.append(np.full(stop - start, int(self._header(start).labels[0])))
        order = np.argsort(np.concatenate(images), kind="stable")
        return np.concatenate(images)[order], np.concatenate(labels)[order]

    def _header(self, number: int) -> Header:
        return parse_header(self.file.start(number, _HEADER.size + 4 * _LABELS_READ))
