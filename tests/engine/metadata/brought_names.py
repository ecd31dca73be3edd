"""What tests of other programs' data expect alike: a person at one place, and who was read of each photo."""

from engine.geometry import Box
from engine.metadata.programs.brought import Brought

ADA = Box(0.25, 0.5, 0.25, 0.25)


def names(brought: Brought) -> dict[str, list[tuple[str, Box | None]]]:
    return {str(photo.path): [(one.name, one.box) for one in photo.people] for photo in brought.photos}
