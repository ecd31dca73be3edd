"""Short ways to say what a photo's metadata say, and to see who is there then."""

from collections.abc import Sequence

from engine.geometry import Box
from engine.library.mentions import Named, ReadPhoto, store_mentions
from engine.library.queries import photo_face_rows
from engine.library.states import Source
from engine.metadata.mentions import Mention, PhotoMentions
from tests.engine.library.conftest import Album


def say(album: Album, photo_id: int, *said: str | tuple[str, Box], words: Sequence[str] = ()) -> Named:
    """Store what a photo's metadata say: names, or names with boxes."""
    people = tuple(Mention(one) if isinstance(one, str) else Mention(*one) for one in said)
    return store_mentions(album.library, [ReadPhoto(photo_id, "stamp", PhotoMentions(people, tuple(words)))])


def names(album: Album, photo_id: int) -> list[tuple[str | None, Source | None]]:
    return [(row.name, row.source) for row in photo_face_rows(album.library, photo_id)]
