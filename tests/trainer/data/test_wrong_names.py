import numpy as np
import pytest

from trainer.data.faces import LabelledFace
from trainer.data.wrong_names import find_suspects, medoid


def test_the_medoid_is_the_face_most_like_the_others() -> None:
    angles = np.radians([0, 10, 20, 30, 170])
    embeddings = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    cosines = embeddings @ embeddings.T
    assert medoid(embeddings) == int(cosines.sum(axis=1).argmax())


def test_a_face_far_from_its_album_is_listed_with_whom_it_is_like() -> None:
    embeddings = np.array([[1, 0], [0.98, 0.199], [0.995, -0.0999], [0, 1], [0, 1], [0.1, 0.995], [-1, 0]], np.float32)
    names = ["a", "a", "a", "a", "b", "b", "alone"]
    faces = [LabelledFace(name, str(place)) for place, name in enumerate(names)]
    suspects = find_suspects(faces, embeddings, least=0.5)
    assert [(one.index, one.person, one.other) for one in suspects] == [(3, "a", "b")]
    assert suspects[0].similarity < 0.5 < suspects[0].other_similarity


def test_lengths_must_match() -> None:
    with pytest.raises(ValueError, match="0 embeddings"):
        find_suspects([LabelledFace("a", "1")], np.zeros((0, 2), np.float32), 0.5)


def test_swapped_labels_of_real_faces_are_found(real_faces) -> None:
    faces, embeddings, _ = real_faces
    people = sorted({face.person for face in faces})
    swapped = {0: people[1], len(faces) - 1: people[0]}
    named = [LabelledFace(swapped.get(index, face.person), face.photo) for index, face in enumerate(faces)]
    suspects = find_suspects(named, embeddings, least=0.25)
    assert set(swapped) <= {suspect.index for suspect in suspects}
    assert len(suspects) <= 0.1 * len(faces)
    found = next(suspect for suspect in suspects if suspect.index == 0)
    assert found.other == faces[0].person
