"""What is known of all people together, and kept up as a few of them change."""

from collections import Counter
from dataclasses import dataclass

from engine.library.edits.names import name_key
from engine.library.queries import PersonRow


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people are named, of all that are not hidden, and how many are hidden."""

    named: int
    everybody: int
    hidden: int


class Known:
    """How many there are of each kind, whose cover a face is, and which names several people have."""

    def __init__(self) -> None:
        self.covers: dict[int, int] = {}
        """From a face to the person whose cover it is."""
        self._named = self._nameless = self._hidden = 0
        self._names: Counter[str] = Counter()

    @property
    def tally(self) -> Tally:
        """How many people there are."""
        return Tally(self._named, self._named + self._nameless, self._hidden)

    def is_shared(self, name: str) -> bool:
        """Say whether several people have a name, as a reader takes it."""
        return self._names[name_key(name)] > 1

    def turn(self, before: PersonRow | None, after: PersonRow | None) -> None:
        """Take in that somebody is another than before; None: was not, or is not any more, there."""
        if before is not None:
            self._count(before, -1)
            if before.cover is not None and self.covers.get(before.cover) == before.person:
                del self.covers[before.cover]
        if after is not None:
            self._count(after, 1)
            if after.cover is not None:
                self.covers[after.cover] = after.person

    def _count(self, row: PersonRow, by: int) -> None:
        if row.hidden:
            self._hidden += by
        elif row.name is None:
            self._nameless += by
        else:
            self._named += by
        if row.name is not None:
            self._names[name_key(row.name)] += by
