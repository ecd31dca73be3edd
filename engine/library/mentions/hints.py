"""Names that are known of a photo, but not of a face in it."""

from collections import Counter, defaultdict

from sqlalchemy import func, select

from engine.library.edits.names import name_key
from engine.library.library import Library
from engine.library.mentions.who import Who
from engine.library.sight import in_picture
from engine.library.states import PhotoState
from engine.library.tables import Face, MentionRow, Photo


def open_hints(library: Library) -> list[tuple[int, int]]:
    """Return (photo id, person id): people who are said to be in a photo and have no face in it yet.

    Names that nobody here has, or several people, are left out.
    """
    waiting = select(MentionRow.photo_id, MentionRow.name).join(Photo, Photo.id == MentionRow.photo_id)
    waiting = waiting.where(MentionRow.face_id.is_(None), Photo.state == PhotoState.SCANNED)
    with library.read() as connection:
        mentions = connection.execute(waiting.order_by(MentionRow.photo_id, MentionRow.id)).all()
        if not mentions:
            return []
        who = Who(connection)
        seen = connection.execute(select(Face.photo_id, Face.person_id).where(Face.person_id.is_not(None)))
        there = {(photo, person) for photo, person in seen}
    pairs = dict.fromkeys((photo, who.named(name)) for photo, name in mentions)
    return [(photo, person) for photo, person in pairs if person is not None and (photo, person) not in there]


def fully_named(library: Library) -> dict[int, frozenset[int]]:
    """Return the photos of which as many people are named as faces are seen, or more, and who of these is known here.

    Photos whose faces all have their names already are left out, and those with a name that several people have.
    """
    waiting = select(MentionRow.photo_id).where(MentionRow.face_id.is_(None))
    mentions = select(MentionRow.photo_id, MentionRow.name).where(MentionRow.photo_id.in_(waiting))
    faces = select(Face.photo_id, func.count()).where(Face.photo_id.in_(waiting), ~Face.ignored, in_picture())
    with library.read() as connection:
        said = connection.execute(mentions).all()
        if not said:
            return {}
        who, seen = Who(connection), Counter[int]()
        for photo, count in connection.execute(faces.group_by(Face.photo_id)):
            seen[photo] = count
    names: dict[int, dict[str, str]] = defaultdict(dict)
    for photo, name in said:
        names[photo].setdefault(name_key(name), name)
    return {
        photo: frozenset(person for person in map(who.named, here.values()) if person is not None)
        for photo, here in names.items()
        if len(here) >= seen[photo] > 0 and not any(map(who.is_shared, here.values()))
    }
