"""Copies photos of people into a folder, or links to them there. Nothing that is there is overwritten."""

import filecmp
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from engine.errors import KinfolkError
from engine.progress import Progress, Workflow
from engine.words import sentence, system_reason


class How(StrEnum):
    """Whether a photo's bytes are put into the folder, or a symbolic link to where it lies."""

    COPY = "copy"
    LINK = "link"


@dataclass(slots=True)
class Copied:
    """What came of it: photos asked for, put there, there already with the same content, and what went wrong."""

    photos: int = 0
    copied: int = 0
    there: int = 0
    problems: list[KinfolkError] = field(default_factory=list)

    def as_json(self) -> dict[str, int]:
        """Return the figures as they are printed."""
        return {"photos": self.photos, "copied": self.copied, "there": self.there}


def copy_photos(photos: Sequence[Path], target: Path, how: How) -> Workflow[Copied]:
    """Put photos into a folder, which is made, under their own names; a name that is taken gets a number.

    Breaking off leaves whole files only. Raises KinfolkError where the folder cannot be made or its disk is full.
    """
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KinfolkError(
            sentence("The folder {target} cannot be made: {reason}.", target=target, reason=system_reason(error)),
            sentence("Choose another one."),
        ) from error
    copied = Copied(len(photos))
    put = _copy if how is How.COPY else _link
    for done, photo in enumerate(photos):
        yield Progress("copy", done, len(photos), figures={"copied": copied.copied})
        try:
            if _put(photo, target, put):
                copied.copied += 1
            else:
                copied.there += 1
        except OSError as error:
            if not target.is_dir() or shutil.disk_usage(target).free < _needed(photo):
                raise KinfolkError(
                    sentence(
                        "The folder {target} takes no more: {reason}.", target=target, reason=system_reason(error)
                    ),
                    sentence("Make room there, and copy again."),
                ) from error
            problem = sentence("{photo} cannot be copied: {reason}.", photo=photo, reason=system_reason(error))
            copied.problems.append(KinfolkError(problem, sentence("Check both disks, and copy again.")))
    return copied


def _needed(photo: Path) -> int:
    with suppress(OSError):
        return photo.stat().st_size
    return 0


def _put(photo: Path, folder: Path, put: Callable[[Path, Path], None]) -> bool:
    """Put a photo there under the first free name; False where it is there already. Raises OSError."""
    photo.stat()  # a photo that is gone leaves no link that leads nowhere
    for place in _places(folder, photo):
        if os.path.lexists(place):
            if _is_there(photo, place):
                return False
            continue
        with suppress(FileExistsError):  # somebody took the name just now
            put(photo, place)
            return True
    raise AssertionError("names do not end")


def _places(folder: Path, photo: Path) -> Iterator[Path]:
    yield folder / photo.name
    number = 2
    while True:
        yield folder / f"{photo.stem} ({number}){photo.suffix}"
        number += 1


def _is_there(photo: Path, place: Path) -> bool:
    """Say whether a place holds the photo already: a link to it, or the same bytes."""
    try:
        return place.samefile(photo) or filecmp.cmp(photo, place, shallow=False)
    except OSError:
        return False


def _copy(photo: Path, place: Path) -> None:
    """Copy bytes and times; what is not whole goes again."""
    try:
        with photo.open("rb") as source, place.open("xb") as made:
            shutil.copyfileobj(source, made, 1 << 20)
            made.flush()
            os.fsync(made.fileno())
        shutil.copystat(photo, place)
    except FileExistsError:
        raise
    except BaseException:
        place.unlink(missing_ok=True)
        raise


def _link(photo: Path, place: Path) -> None:
    place.symlink_to(photo.absolute())
