"""Names from other programs, from their files to one edit and back."""

from pathlib import Path

import pytest

from engine.errors import KinfolkError, UsageError
from engine.geometry import Box
from engine.library import edits
from engine.library.history import redo, undo
from engine.library.library import Library
from engine.library.queries import face_rows, ignored_face_rows, people_names, photo_face_rows, photo_rows
from engine.library.states import Source
from engine.metadata.mentions import Mention, Origin
from engine.metadata.programs.brought import Brought, BroughtPhoto, Frame
from engine.paths import Places
from engine.progress import finish
from engine.settings import Settings
from engine.workflows.naming.bringing import BringingPlan, bring, plan_bringing, plan_own
from engine.workflows.naming.sources import PROGRAMS, read_program
from engine.workflows.scan.full_scan import full_scan
from tests.packets import mwg, packet
from tests.portraits import write_photos

FACE, EMPTY = Box(0.3, 0.25, 0.4, 0.5), Box(0.02, 0.02, 0.12, 0.12)

pytestmark = pytest.mark.usefixtures("with_models")


@pytest.fixture
def photos(library: Library, places: Places, tmp_path: Path) -> list[Path]:
    """Four scanned photos of one person."""
    paths = write_photos(tmp_path / "photos", "hopper", 4)
    finish(full_scan(library, places, Settings(), [paths[0].parent]))
    return paths


def said(*photos: tuple[Path, list[Mention]], births: dict[str, str] | None = None) -> Brought:
    return Brought(tuple(BroughtPhoto(path, tuple(people), Frame.UPRIGHT) for path, people in photos), births or {})


def carry_out(library: Library, places: Places, plan: BringingPlan) -> None:
    finish(bring(library, plan, places.models, Settings()))


def named(library: Library) -> dict[str, tuple[str | None, Source | None]]:
    return {row.photo.name: (row.name, row.source) for row in face_rows(library) if row.source is not Source.CLUSTER}


def test_names_come_as_one_edit_that_can_be_undone(library: Library, places: Places, photos: list[Path]) -> None:
    people = [Mention("Grace", FACE, Origin.IMPORT), Mention("Ada", EMPTY, Origin.IMPORT)]
    brought = said((photos[0], people), (photos[1], [Mention("Grace", None)]), births={"Grace": "1906-12-09", "X": "1"})
    plan = finish(plan_bringing(library, brought))
    assert plan.as_json() == {"people": 2, "faces": 3, "matched": 2, "drawn": 1, "conflicts": 0}
    assert people_names(library) == {}
    carry_out(library, places, plan)
    assert sorted(people_names(library).values()) == ["Ada", "Grace"]
    assert named(library)[photos[1].name] == ("Grace", Source.METADATA)
    with library.read() as connection:
        born = connection.exec_driver_sql("SELECT birth_date FROM people WHERE name = 'Grace'").scalar_one()
    assert born == "1906-12-09"
    again = finish(plan_bringing(library, brought))
    assert (again.judged.agreed, again.judged.named, again.judged.drawn) == (3, [], [])
    undo(library)
    assert people_names(library) == {}
    assert named(library) == {}
    redo(library)
    assert sorted(people_names(library).values()) == ["Ada", "Grace"]


def test_a_face_that_was_drawn_is_gone_with_the_undo_and_back_with_the_redo(
    library: Library, places: Places, photos: list[Path]
) -> None:
    plan = finish(plan_bringing(library, said((photos[0], [Mention("Ada", EMPTY, Origin.IMPORT)]))))
    before = len(face_rows(library))
    carry_out(library, places, plan)
    (drawn,) = (row.face for row in face_rows(library) if row.name == "Ada")
    changes = undo(library).changes
    assert (len(face_rows(library)), ignored_face_rows(library)) == (before, [])
    assert [row.face for row in photo_face_rows(library, next(iter(changes.photos)))] != [drawn]
    counted = {row.path: row.faces for row in photo_rows(library)}
    assert counted[photos[0]] == 1, "and it is not counted"
    redo(library)
    assert [row.face for row in face_rows(library) if row.name == "Ada"] == [drawn]
    undo(library)
    finish(full_scan(library, places, Settings(), [photos[0].parent]))
    assert len(face_rows(library)) == before
    again = finish(plan_bringing(library, said((photos[0], [Mention("Ada", EMPTY, Origin.IMPORT)]))))
    assert again.as_json()["drawn"] == 1
    carry_out(library, places, again)
    with library.read() as connection:
        stored = connection.exec_driver_sql("SELECT id FROM faces WHERE drawn").scalars().all()
    assert drawn not in stored, "nothing can bring it back any more"
    assert len(stored) == 1


def test_what_the_user_said_is_a_conflict_and_stays(library: Library, places: Places, photos: list[Path]) -> None:
    faces = {row.photo: row.face for row in face_rows(library)}
    ada = edits.split_off(library, [faces[photos[0]]], "Ada").person_id
    edits.reject_faces(library, ada, [faces[photos[1]]])
    edits.ignore_faces(library, [faces[photos[2]]])
    mentions = [Mention("Grace", FACE)], [Mention("Ada", FACE)], [Mention("Ada", FACE)], [Mention("Ada", FACE)]
    plan = finish(plan_bringing(library, said(*zip(photos, mentions, strict=True))))
    assert plan.as_json() == {"people": 2, "faces": 4, "matched": 1, "drawn": 0, "conflicts": 3}
    carry_out(library, places, plan)
    assert named(library) == {photos[0].name: ("Ada", Source.USER), photos[3].name: ("Ada", Source.METADATA)}


def test_photos_that_are_not_here_are_counted(library: Library, photos: list[Path]) -> None:
    plan = finish(plan_bringing(library, said((Path("/else/where.jpg"), [Mention("Grace", FACE)]))))
    assert (plan.elsewhere, plan.photos, plan.people, plan.faces) == (1, 0, 0, 0)


def test_boxes_of_the_stored_pixels_are_turned(library: Library, places: Places, tmp_path: Path) -> None:
    from PIL import Image

    (path,) = write_photos(tmp_path / "turned", "hopper", 1)
    picture = Image.open(path)
    wide = Image.new("RGB", (500, 250), "grey")
    wide.paste(picture, (250, 0))
    exif = Image.Exif()
    exif[0x0112] = 8
    wide.transpose(Image.Transpose.ROTATE_270).save(path, exif=exif)
    finish(full_scan(library, places, Settings(), [path.parent]))
    (path.parent / ".picasa.ini").write_text(
        "[Contacts2]\nab=Grace;;\n[hopper 00.jpg]\nfaces=rect64(4000a666c000d99a),ab\n"
    )
    plan = finish(plan_bringing(library, finish(read_program("picasa", str(path.parent)))))
    assert plan.as_json() == {"people": 1, "faces": 1, "matched": 1, "drawn": 0, "conflicts": 0}


def test_lightrooms_names_are_those_of_the_photos_themselves(
    library: Library, places: Places, photos: list[Path]
) -> None:
    photos[0].with_suffix(".xmp").write_bytes(packet(mwg(("Grace", FACE))))
    photos[1].with_suffix(".xmp").write_bytes(b"broken")
    plan = finish(plan_own(library, photos[0].parent))
    assert (plan.matched, plan.unread, plan.photos) == (1, 1, 1)
    carry_out(library, places, plan)
    assert named(library)[photos[0].name] == ("Grace", Source.METADATA)
    with pytest.raises(KinfolkError, match="No scanned photo"):
        finish(plan_own(library, places.data))


def test_an_unknown_program_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no program"):
        finish(read_program("iphoto", str(tmp_path)))
    with pytest.raises(UsageError, match="read from files"):
        finish(read_program("picasa", "https://example.org"))
    assert {"picasa", "digikam", "takeout", "immich", "photoprism", "apple", "lightroom"} == set(PROGRAMS)


@pytest.mark.parametrize("program", ["picasa", "takeout", "apple"])
def test_a_folder_without_a_name_of_the_program_is_told_as_a_wrong_one(program: str, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"")
    with pytest.raises(KinfolkError) as caught:
        finish(read_program(program, str(tmp_path)))
    assert caught.value.message == f"There are no names of {PROGRAMS[program].title} in {tmp_path}."
    assert caught.value.hint == f"Give {PROGRAMS[program].wanted}."
