import numpy as np
import pytest

from engine.clustering.calibrate import measure_calibration


def test_the_tail_and_the_curve_are_those_of_the_faces(crowd):
    known = crowd([12] * 40, noise=1.2)
    measured = measure_calibration(known.vectors, known.people)
    first, second = np.triu_indices(len(known.people), 1)
    similarity = (known.vectors @ known.vectors.T)[first, second]
    strangers = similarity[known.people[first] != known.people[second]]
    for share in (0.1, 0.01):
        assert measured.similarity_at(share) == pytest.approx(np.quantile(strangers, 1 - share), abs=0.005)
    assert measured.same_probability(float(np.median(strangers))) < 0.01
    assert measured.similarity_of(measured.same_probability(0.3)) == pytest.approx(0.3)
    shares = [share for _, share in measured.impostor_tail]
    similarities = [point for point, _ in measured.impostor_tail]
    assert shares == sorted(shares, reverse=True)
    assert similarities == sorted(similarities)


def test_the_same_faces_give_the_same_calibration(crowd):
    known = crowd([5] * 12)
    assert measure_calibration(known.vectors, known.people) == measure_calibration(known.vectors, known.people)


def test_strangers_alone_say_nothing(crowd):
    known = crowd([1, 1, 1])
    with pytest.raises(ValueError, match="two people"):
        measure_calibration(known.vectors, known.people)
