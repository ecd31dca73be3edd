"""A face with a name, and where one comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, overload

import numpy as np
from numpy.typing import NDArray

from engine.geometry import Image

Labels = NDArray[np.int64]
"""(n,), one number a face: the place of its person among the sorted names, 0 upwards."""

Indices = NDArray[np.int64]
"""Positions in a source's `faces`."""

CROP_SIDE = 112
"""Height and width of a crop in pixels; the landmarks lie where ArcFace's template has them."""


@dataclass(frozen=True, slots=True)
class LabelledFace:
    """What is known of a face besides its pixels.

    `photo` is the same for faces of one photo. `event` is a day or an occasion, empty where unknown.
    """

    person: str
    photo: str
    event: str = ""


class FaceSource(Protocol):
    """Labelled faces in a fixed order."""

    @property
    def faces(self) -> Sequence[LabelledFace]:
        """All faces; the position is the face's index."""

    def crop(self, index: int) -> Image:
        """Return the aligned crop (112, 112, 3) RGB uint8. Raises PhotoError where it cannot be read."""


def numbered(faces: Sequence[LabelledFace]) -> tuple[tuple[str, ...], Labels]:
    """Return the people's names, sorted, and each face's label."""
    names = tuple(sorted({face.person for face in faces}))
    place = {name: number for number, name in enumerate(names)}
    return names, np.array([place[face.person] for face in faces], dtype=np.int64)


class _Chosen(Sequence[LabelledFace]):
    """The faces at some places of a sequence, looked up when asked for: of millions no second list is made."""

    def __init__(self, faces: Sequence[LabelledFace], indices: Indices) -> None:
        self._faces, self._indices = faces, indices

    def __len__(self) -> int:
        return len(self._indices)

    @overload
    def __getitem__(self, index: int) -> LabelledFace: ...

    @overload
    def __getitem__(self, index: slice) -> "_Chosen": ...

    def __getitem__(self, index: int | slice) -> "LabelledFace | _Chosen":
        if isinstance(index, slice):
            return _Chosen(self._faces, self._indices[index])
        return self._faces[int(self._indices[index])]


class ChosenFaces:
    """Some faces of a source, in the order of `indices`; it is a source too."""

    def __init__(self, source: FaceSource, indices: Indices) -> None:
        self._source = source
        self.indices = indices
        self.faces: Sequence[LabelledFace] = _Chosen(source.faces, indices)

    def crop(self, index: int) -> Image:
        """Return the aligned crop (112, 112, 3) RGB uint8 of the face at this place of the choice."""
        return self._source.crop(int(self.indices[index]))
