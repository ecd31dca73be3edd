"""The programs that names can be brought from."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.errors import KinfolkError, UsageError
from engine.metadata.programs.apple import read_apple
from engine.metadata.programs.brought import Brought
from engine.metadata.programs.digikam import read_digikam
from engine.metadata.programs.immich import read_immich_file, read_immich_server
from engine.metadata.programs.photoprism import read_photoprism
from engine.metadata.programs.picasa import read_picasa
from engine.metadata.programs.takeout import read_takeout
from engine.paths import expanded
from engine.progress import Workflow
from engine.words import sentence


@dataclass(frozen=True, slots=True)
class Program:
    """A program: its name as people know it, what a path to its data is, and the reader; None for the photos' own."""

    title: str
    wanted: str
    read: Callable[[Path], Brought] | None


PROGRAMS = {
    "picasa": Program("Picasa", sentence("the folder of photos with .picasa.ini files"), read_picasa),
    "digikam": Program("digiKam", sentence("digikam4.db, or the folder that it lies in"), read_digikam),
    "takeout": Program("Google Takeout", sentence("the folder of the unpacked archive"), read_takeout),
    "immich": Program("Immich", sentence("the server's address, or a saved answer (JSON)"), read_immich_file),
    "photoprism": Program("PhotoPrism", sentence("index.db, or photos saved as JSON"), read_photoprism),
    "apple": Program("Apple Photos", sentence("the folder of sidecars that osxphotos wrote"), read_apple),
    "lightroom": Program("Lightroom", sentence("the folder of photos whose metadata Lightroom saved"), None),
}
"""By the word that the command line knows."""


def is_address(place: str) -> bool:
    """Say whether a place is a server's address and no path."""
    return place.startswith(("http://", "https://"))


def program_named(word: str) -> Program:
    """Return the program that a word means. Raises UsageError for none."""
    if word not in PROGRAMS:
        raise UsageError(
            sentence("{word} is no program that names come from.", word=word),
            sentence("Choose one of: {programs}.", programs=", ".join(PROGRAMS)),
        )
    return PROGRAMS[word]


def read_program(program: str, place: str, key: str = "") -> Workflow[Brought]:
    """Read another program's data; a server is asked only where `place` is its address.

    Raises UsageError for a program that there is not, that has no data or no server, KinfolkError where no name of it
    is at the place, and what the readers raise.
    """
    known = program_named(program)
    if known.read is None:
        raise UsageError(
            sentence("The names of {program} are in the photos themselves.", program=known.title),
            sentence("Give {wanted}.", wanted=known.wanted),
        )
    if not is_address(place):
        return _some(known, expanded(Path(place)), known.read)
    if program != "immich":
        raise UsageError(
            sentence("{program} is read from files.", program=known.title),
            sentence("Give {wanted}.", wanted=known.wanted),
        )
    return (yield from read_immich_server(place, key))


def _some(program: Program, place: Path, read: Callable[[Path], Brought]) -> Brought:
    """Return what is read at the place; a wrong folder is not told as a program that knows nobody."""
    found = read(place)
    if not (found.photos or found.births or found.unread):
        raise KinfolkError(
            sentence("There are no names of {program} in {place}.", program=program.title, place=place),
            sentence("Give {wanted}.", wanted=program.wanted),
        )
    return found
