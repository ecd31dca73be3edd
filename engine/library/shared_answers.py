"""The triggers that let the copies of one picture share what is said of their faces.

A face whose `copy_of` is set is the same face in another file of the picture. Whatever an edit, an undo or the machine
writes on one of them is written on all, inside the same statement and so in the same step of the history.
"""

from engine.library.journal import FACES

_OTHERS = "id <> {face} AND (id = {original} OR copy_of = coalesce({original}, {face}))"


def trigger_statements() -> list[str]:
    """Return the CREATE TRIGGER statements."""
    return [_share_columns(), _share_rejection(), _share_forgiveness()]


def _share_columns() -> str:
    differs = " OR ".join(f"old.{name} IS NOT new.{name}" for name in FACES.values)
    others = _OTHERS.format(face="new.id", original="new.copy_of")
    unlike = " OR ".join(f"{name} IS NOT new.{name}" for name in FACES.values)
    values = ", ".join(f"{name} = new.{name}" for name in FACES.values)
    shared = "(new.copy_of IS NOT NULL OR EXISTS (SELECT 1 FROM faces WHERE copy_of = new.id))"
    return (
        f"CREATE TRIGGER shared_faces AFTER UPDATE OF {', '.join(FACES.values)} ON faces "  # noqa: S608 every name in it is a constant
        f"WHEN ({differs}) AND {shared} BEGIN "
        f"UPDATE faces SET {values} WHERE {others} AND ({unlike}); END"
    )


def _share_rejection() -> str:
    return (
        "CREATE TRIGGER shared_rejections AFTER INSERT ON rejections BEGIN "  # noqa: S608 every name in it is a constant
        f"INSERT INTO rejections(face_id, person_id) SELECT id, new.person_id FROM faces WHERE {_of_face('new')} "
        "ON CONFLICT DO NOTHING; END"
    )


def _share_forgiveness() -> str:
    # Rejections that go because their face does, or the person, are no words of anybody.
    return (
        "CREATE TRIGGER shared_forgiveness AFTER DELETE ON rejections "  # noqa: S608 every name in it is a constant
        "WHEN EXISTS (SELECT 1 FROM faces WHERE id = old.face_id) BEGIN "
        f"DELETE FROM rejections WHERE person_id = old.person_id AND face_id IN "
        f"(SELECT id FROM faces WHERE {_of_face('old')}); END"
    )


def _of_face(row: str) -> str:
    original = f"(SELECT copy_of FROM faces WHERE id = {row}.face_id)"  # noqa: S608 `row` is "old" or "new"
    return _OTHERS.format(face=f"{row}.face_id", original=original)
