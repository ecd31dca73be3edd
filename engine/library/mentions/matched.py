"""Which face of a photo each name in its metadata is of."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.geometry import Box
from engine.library.edits.names import name_key
from engine.library.mentions.who import Who, possible_name
from engine.library.states import Source
from engine.metadata.matching import match
from engine.metadata.mentions import Mention, PhotoMentions


@dataclass(frozen=True, slots=True)
class FaceHere:
    """A stored face; the box is relative (0 to 1) to the upright photo."""

    face_id: int
    box: Box
    person_id: int | None
    source: Source | None
    ignored: bool


@dataclass(frozen=True, slots=True)
class OldMention:
    """What was stored of a mention before: its name, its face, and whether it made that face."""

    name: str
    face_id: int | None
    drew: bool | None

    def is_of(self, name: str) -> bool:
        """Say whether it gave this name."""
        return name_key(self.name) == name_key(name)


@dataclass(frozen=True, slots=True)
class Matched:
    """A mention with a clean name, and its face."""

    name: str
    box: Box | None
    origin: str
    face: FaceHere | None
    drew: bool | None


def matched(said: PhotoMentions, faces: Sequence[FaceHere], old: Sequence[OldMention], who: Who) -> list[Matched]:
    """Match the mentions of one photo with its faces: boxes by overlap, then one name and one face that are left."""
    mentions = _clean(said.people)
    boxed = [one for one in mentions if one.box is not None]
    pairs = match([one.box for one in boxed if one.box is not None], [face.box for face in faces])
    found = [_matched(one, faces[pairs[at]] if at in pairs else None, old) for at, one in enumerate(boxed)]
    seen = {name_key(one.name) for one in found}
    bare = [one for one in mentions if one.box is None and name_key(one.name) not in seen]
    seen |= {name_key(one.name) for one in bare}
    bare += [Mention(word) for word in _names_among(said.words, who) if name_key(word) not in seen]
    taken = {one.face.face_id for one in found if one.face is not None}
    free = [face for face in faces if face.face_id not in taken and not face.ignored]
    # With a region that has no face yet, the one that is left over may be that one's.
    is_clear = len(bare) == 1 and len(free) == 1 and all(one.face is not None for one in found)
    alone = free[0] if is_clear else None
    return found + [_matched(one, alone, old) for one in bare]


def _matched(one: Mention, face: FaceHere | None, old: Sequence[OldMention]) -> Matched:
    drawn = {before.face_id for before in old if before.drew and before.is_of(one.name)}
    return Matched(one.name, one.box, one.origin, face, True if face and face.face_id in drawn else None)


def _names_among(words: Sequence[str], who: Who) -> list[str]:
    clean = (possible_name(word) for word in words)
    return [word for word in clean if word is not None and who.is_somebody(word)]


def _clean(mentions: Sequence[Mention]) -> list[Mention]:
    clean = ((possible_name(one.name), one) for one in mentions)
    return [Mention(name, one.box, one.origin) for name, one in clean if name is not None]
