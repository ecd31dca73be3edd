"""Names that something other than Kinfolk gives to the people in a photo."""

from dataclasses import dataclass, replace
from enum import StrEnum

from engine.geometry import Box
from engine.metadata.frames import inside, upright_box


class Origin(StrEnum):
    """Where a mention stands: in the photo's own file, in a sidecar, or with another program that was asked."""

    FILE = "file"
    SIDECAR = "sidecar"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name, and where in the photo: a box, or None where only is said that the person is in it.

    A mention says in which frame its box is: that of the stored pixels as long as it is in `Said`, that of the upright
    photo from `Said.upright` on; relative (0 to 1) in both.
    """

    name: str
    box: Box | None = None
    origin: Origin = Origin.FILE


@dataclass(frozen=True, slots=True)
class Said:
    """What one packet of metadata says about people.

    `regions` are boxes with names, None where the packet has no list of regions at all; an empty one says that there
    is nobody. `names` are people without a box. `words` are keywords that may be names of people, or of anything.
    `orientation` is what the packet itself states (EXIF's numbers), None where it states none.
    """

    regions: tuple[Mention, ...] | None = None
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    orientation: int | None = None

    def upright(self, orientation: int) -> "Said":
        """Return the same with boxes of the upright photo, cut off at its edges; what lies outside is only a name."""
        if self.regions is None:
            return self
        turned = tuple(
            replace(region, box=inside(upright_box(region.box, orientation)) if region.box else None)
            for region in self.regions
        )
        return replace(self, regions=turned)


@dataclass(frozen=True, slots=True)
class PhotoMentions:
    """All that is said about the people in one photo, boxes relative (0 to 1) to the upright photo.

    `people` are named for certain, `words` are keywords that are names only if somebody here is called so.
    """

    people: tuple[Mention, ...] = ()
    words: tuple[str, ...] = ()
