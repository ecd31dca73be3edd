"""Vectors of strangers expire where somebody chose so; never those of whom anybody said anything."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from engine.library.edits import (
    confirm_faces,
    hide_people,
    ignore_faces,
    mark_distinct,
    name_person,
    reject_faces,
)
from engine.library.expiring import expire_strangers
from engine.library.history import undo
from engine.library.models import FaceVector, lacking_count, photos_to_embed, store_vectors
from engine.library.vectors import face_vectors
from tests.engine.library.conftest import Album

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
A_YEAR = timedelta(days=366)


def with_vectors(album: Album) -> list[int]:
    return face_vectors(album.library, "sface").face_ids.tolist()


def test_those_whom_nobody_names_expire_and_all_others_stay(album: Album) -> None:
    faces = [face for (face,) in album.fill(12, 1)]
    named, group, confirmed, hidden, apart, other, refused = album.group(*([face] for face in faces[:7]))
    name_person(album.library, named, "Ada")
    confirm_faces(album.library, confirmed, [faces[2]])
    hide_people(album.library, [hidden])
    mark_distinct(album.library, apart, other)
    reject_faces(album.library, refused, [faces[7]])
    ignore_faces(album.library, [faces[8]])
    assert not expire_strangers(album.library, 12, NOW)
    assert not expire_strangers(album.library, 12, NOW + A_YEAR - timedelta(days=2))
    assert len(with_vectors(album)) == 12
    gone = expire_strangers(album.library, 12, NOW + A_YEAR)
    strangers = {faces[1], *faces[8:]}
    assert gone.faces == strangers
    assert set(with_vectors(album)) == set(faces) - strangers
    assert not expire_strangers(album.library, 12, NOW + 2 * A_YEAR)
    assert album.person_of(faces[1]) == (group, "CLUSTER"), "the face stays where it is"


def test_no_scan_makes_them_again_until_they_are_named_or_all_are_to_be_kept(album: Album) -> None:
    faces = [face for (face,) in album.fill(3, 1)]
    (group,) = album.group(faces[:1])
    expire_strangers(album.library, 1, NOW)
    expire_strangers(album.library, 1, NOW + A_YEAR)
    assert with_vectors(album) == []
    assert lacking_count(album.library, "sface") == 0
    assert photos_to_embed(album.library, "sface") == []
    name_person(album.library, group, "Ada")
    assert not expire_strangers(album.library, 1, NOW + A_YEAR)
    (photo,) = photos_to_embed(album.library, "sface")
    assert [face.face_id for face in photo.faces] == faces[:1]
    assert lacking_count(album.library, "sface") == 1
    assert not expire_strangers(album.library, 0, NOW + A_YEAR)
    assert lacking_count(album.library, "sface") == 3


def test_whoever_was_named_meanwhile_begins_anew(album: Album) -> None:
    ((face,),) = album.fill(1, 1)
    (group,) = album.group([face])
    expire_strangers(album.library, 12, NOW)
    name_person(album.library, group, "Ada")
    expire_strangers(album.library, 12, NOW + A_YEAR / 2)
    undo(album.library)
    assert not expire_strangers(album.library, 12, NOW + A_YEAR)
    assert expire_strangers(album.library, 12, NOW + 2 * A_YEAR).faces == {face}


def test_vectors_of_every_model_go_and_leave_no_trace(album: Album) -> None:
    ((face,),) = album.fill(1, 1)
    digest = photos_to_embed(album.library, "other")[0].content_hash
    assert digest is not None
    mark = np.full(8, 0.35355338, np.float32)
    store_vectors(album.library, "other", [FaceVector(face, digest, mark)])
    expire_strangers(album.library, 12, NOW)
    expire_strangers(album.library, 12, NOW + A_YEAR)
    album.library.close()
    files = album.library.path.parent.glob("library.sqlite*")
    assert not any(mark.tobytes() in file.read_bytes() for file in files)


@pytest.mark.parametrize("months", [1, 600])
def test_new_faces_wait_their_time(album: Album, months: int) -> None:
    album.fill(1, 1)
    assert not expire_strangers(album.library, months, NOW)
    assert expire_strangers(album.library, months, NOW + timedelta(days=31 * months))
