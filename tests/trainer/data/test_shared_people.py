import numpy as np
import pytest

from trainer.data.faces import LabelledFace
from trainer.data.shared_people import Overlap, People, Reason, find_overlaps, people_of, plain_name, without_overlaps


def test_names_are_compared_without_case_accents_and_order() -> None:
    assert plain_name("Åsa_Öberg") == plain_name("oberg, asa")
    assert plain_name("Ana Li") != plain_name("Ana Lisa")


def test_by_name() -> None:
    training = People(("Ada_Lovelace", "Grace Hopper", "17"))
    test = People(("ada lovelace", "17", "Alan Turing"))
    assert find_overlaps(training, test) == [Overlap("Ada_Lovelace", "ada lovelace", Reason.NAME, None)]


def test_by_likeness_and_removal() -> None:
    faces = [LabelledFace(name, str(place)) for place, name in enumerate(["0", "0", "1", "2"])]
    embeddings = np.array([[1, 0, 0], [0.8, 0.6, 0], [0, 0, 1], [0, 1, 0]], dtype=np.float32)
    test = [LabelledFace("m.0x", "a"), LabelledFace("m.0y", "b")]
    seen = np.array([[0.9487, 0.3162, 0], [0, 0.6, -0.8]], dtype=np.float32)
    overlaps = find_overlaps(people_of(faces, embeddings), people_of(test, seen), least=0.7)
    assert [(overlap.training, overlap.test, overlap.reason) for overlap in overlaps] == [
        ("0", "m.0x", Reason.LIKENESS)
    ]
    assert overlaps[0].similarity == pytest.approx(1.0, abs=1e-3)
    assert without_overlaps(faces, overlaps).tolist() == [2, 3]


def test_embeddings_must_match_the_faces() -> None:
    with pytest.raises(ValueError, match="2 embeddings"):
        people_of([LabelledFace("a", "1")], np.zeros((2, 3), np.float32))


def test_real_faces_under_other_names(real_faces) -> None:
    faces, embeddings, _ = real_faces
    halves = [np.arange(start, len(faces), 2) for start in (0, 1)]
    training = people_of([faces[index] for index in halves[0]], embeddings[halves[0]])
    renamed = [LabelledFace(f"m.{faces[index].person[::-1]}", "") for index in halves[1]]
    test = people_of(renamed, embeddings[halves[1]])
    overlaps = find_overlaps(training, test)
    assert len(overlaps) == len(training.names)
    assert all(overlap.test == f"m.{overlap.training[::-1]}" for overlap in overlaps)
    half = len(training.names) // 2
    strangers = People(training.names[:half], training.means[:half])
    rest = [index for index, face in enumerate(renamed) if face.person[2:][::-1] not in strangers.names]
    assert find_overlaps(strangers, people_of([renamed[index] for index in rest], embeddings[halves[1]][rest])) == []
