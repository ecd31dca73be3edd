"""Which sidecar a photo's names are written into: the one that is there, else a new one under the photo's full name."""

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from engine.metadata.sidecars import sidecars_among, sidecars_of, stem_of
from engine.scan.formats import RAW_SUFFIXES, has_photo_suffix


@dataclass(frozen=True, slots=True)
class FolderListing:
    """The sidecars of a folder by what stands before ".xmp", and how many photos and RAW files share a stem."""

    folder: Path
    sidecars: dict[str, str]
    photos: Counter[str]
    raws: Counter[str]

    @classmethod
    def of(cls, folder: Path) -> "FolderListing":
        """List a folder. Raises OSError."""
        names = os.listdir(folder)  # noqa: PTH208 names only, of which some hold bytes that are no text
        photos = [name for name in names if has_photo_suffix(name)]
        return cls(
            folder,
            sidecars_among(names),
            Counter(stem_of(name) for name in photos),
            Counter(stem_of(name) for name in photos if _is_raw(name)),
        )

    def of_photo(self, name: str) -> list[Path]:
        """Return a photo's sidecars, the one that counts first."""
        return [self.folder / sidecar for sidecar in sidecars_of(name, self.sidecars)]

    def target(self, name: str) -> Path:
        """Return where a photo's names go. `IMG.xmp` beside `IMG.CR2` and `IMG.JPG` is the RAW file's."""
        stem = stem_of(name)
        if name in self.sidecars:
            return self.folder / self.sidecars[name]
        alone = self.photos[stem] <= 1 or (_is_raw(name) and self.raws[stem] == 1)
        if stem in self.sidecars and alone:
            return self.folder / self.sidecars[stem]
        return self.folder / f"{name}.xmp"


def _is_raw(name: str) -> bool:
    return Path(name).suffix.lower() in RAW_SUFFIXES
