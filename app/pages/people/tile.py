"""What a person's tile shows."""

from dataclasses import dataclass

from app.grid.tile import Tile


@dataclass(frozen=True, slots=True)
class PersonTile(Tile):
    """A person's tile; `may` is the name that a group may have, "" where none is proposed."""

    person: int = 0
    is_named: bool = False
    may: str = ""
