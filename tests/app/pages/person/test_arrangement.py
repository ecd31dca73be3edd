"""The order in which a person's faces stand, and their headings."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.faces.face_order import Arrangement, Order, shown_first, years_of
from app.pages.person import arrangement
from app.pages.person.arrangement import FacesDisplay, Words
from app.pages.person.reading import PersonSeen
from app.pages.person.waiting import Likely
from engine.library.queries import FaceIndex, PersonRow

DAY = 86_400.0
WORDS = Words(
    lambda year: str(year) if year else "Without a date", lambda count: f"{count} faces", "By likeness", "Doubtful"
)


def arranged(found: PersonSeen, display: FacesDisplay, words: Words) -> Arrangement:
    return arrangement.arranged(found, display, words).arrangement


def index(taken: list[float], sources: list[int] | None = None) -> FaceIndex:
    count = len(taken)
    return FaceIndex(
        face_ids=np.arange(100, 100 + count),
        photo_ids=np.arange(count),
        person_ids=np.full(count, 1),
        sources=np.array(sources or [3] * count, np.int8),
        quality=np.ones(count, np.float32),
        taken_at=np.array(taken, np.float64),
        precisions=np.zeros(count, np.int8),
        cluster_ids=np.full(count, -1),
    )


def seen(faces: FaceIndex, name: str | None = "Ada") -> PersonSeen:
    return PersonSeen(PersonRow(1, name, len(faces), len(faces), 0, 100, False), faces)


def when(year: int, month: int = 6) -> float:
    return float(np.datetime64(f"{year}-{month:02}-01", "s").astype(np.int64))


def test_years_before_1970_and_no_date() -> None:
    assert years_of(np.array([when(1969), when(1970, 1), when(2024, 12), np.nan])).tolist() == [1969, 1970, 2024, 0]


def test_newest_first_below_years_undated_last() -> None:
    faces = index([when(2010), when(2012, 1), when(2012, 5), np.nan])
    found = arranged(seen(faces), FacesDisplay(Order.NEWEST), WORDS)
    assert found.ids.tolist() == [102, 101, 100, 103]
    assert [(one.title, one.count, one.hint) for one in found.sections] == [
        ("", 0, ""),
        ("2012", 2, "2 faces"),
        ("2010", 1, "1 faces"),
        ("Without a date", 1, "1 faces"),
    ]
    assert arranged(seen(faces), FacesDisplay(Order.OLDEST), WORDS).ids.tolist() == [100, 101, 102, 103]


def test_suggestions_stand_apart_only_for_somebody_with_a_name() -> None:
    faces = index([when(2010), when(2011), when(2012)], [3, 1, 1])
    found = arranged(seen(faces), FacesDisplay(Order.NEWEST), WORDS)
    assert found.ids.tolist() == [102, 101, 100]
    assert [one.count for one in found.sections] == [0, 2, 1]
    assert [one.count for one in arranged(seen(faces, None), FacesDisplay(Order.NEWEST), WORDS).sections] == [
        0,
        1,
        1,
        1,
    ]


def test_most_unlike_first_and_faces_that_cannot_be_compared_last() -> None:
    faces = index([when(2010)] * 4)
    similarity = np.array([0.5, np.nan, 0.1, 0.9], np.float32)
    unlike = arranged(seen(faces), FacesDisplay(Order.UNLIKE, similarity), WORDS)
    assert unlike.ids.tolist() == [102, 100, 103, 101]
    assert [(one.title, one.count) for one in unlike.sections] == [("", 0), ("By likeness", 4)]
    assert arranged(seen(faces), FacesDisplay(Order.ALIKE, similarity), WORDS).ids.tolist() == [103, 100, 102, 101]


def test_before_likeness_is_known_faces_stand_by_date() -> None:
    faces = index([when(2010), when(2012)])
    assert arranged(seen(faces), FacesDisplay(Order.UNLIKE), WORDS).ids.tolist() == [101, 100]


@given(st.sets(st.integers(0, 40)), st.integers(0, 45), st.integers(1, 20))
def test_suggestions_in_sight_stay_in_sight(shown: set[int], count: int, most: int) -> None:
    ids = np.arange(count)
    kept = shown_first(ids, np.arange(count), shown, most).tolist()
    there = [row for row in range(count) if row in shown]
    assert len(kept) == min(most, count)
    assert kept == sorted(kept)
    assert set(there[:most]) <= set(kept)


def test_all_suggestions_on_demand() -> None:
    faces = index([when(2010)] * 200, [1] * 200)
    assert arranged(seen(faces), FacesDisplay(), WORDS).sections[1].count == 60
    assert arranged(seen(faces), FacesDisplay(most=None), WORDS).sections[1].count == 200


def test_the_likeliest_come_first_and_doubtful_ones_apart() -> None:
    faces = index([when(2010)] * 5, [3, 1, 1, 1, 1])
    likely = Likely(
        np.array([0, 0.5, 0.99, 0.98, 0.99]), np.array([False, False, True, True, False]), np.zeros(5, bool)
    )
    found = arrangement.arranged(seen(faces), FacesDisplay(likely=likely), WORDS)
    assert found.sure_ones == [102, 103]
    assert found.suggested == [102, 103, 104, 101]
    assert [(one.title, one.count) for one in found.arrangement.sections] == [("", 2), ("Doubtful", 2), ("2010", 1)]


def test_before_likelihoods_are_known_none_is_sure() -> None:
    found = arrangement.arranged(seen(index([when(2010)] * 3, [1, 1, 3])), FacesDisplay(), WORDS)
    assert found.sure_ones == []
    assert len(found.suggested) == 2
