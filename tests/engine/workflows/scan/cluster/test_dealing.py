"""Who is to blame where a worker dies: nobody at once, and only who was alone with it again and again."""

from pathlib import Path

import pytest

from engine.errors import ClusterError
from engine.workflows.scan.analysis import EMBED_BATCH
from engine.workflows.scan.cluster.dealing import IN_A_ROW, Batch, Dealing
from engine.workflows.scan.deaths import DEATHS, KILLED
from engine.workflows.scan.reading import PhotoFile


@pytest.fixture
def files(tmp_path: Path) -> list[PhotoFile]:
    """Ten photos."""
    paths = [tmp_path / f"{number}.jpg" for number in range(10)]
    for path in paths:
        path.write_bytes(path.name.encode())
    return [PhotoFile(number, path, 5, 0) for number, path in enumerate(paths)]


def numbers(batch: Batch | None) -> list[int]:
    assert batch is not None
    return [file.photo_id for file in batch.files]


def test_photos_are_taken_as_they_are_needed(files: list[PhotoFile]) -> None:
    taken: list[int] = []

    def source() -> object:
        for file in files:
            taken.append(file.photo_id)
            yield file

    dealing = Dealing(source())  # type: ignore[arg-type]
    assert numbers(dealing.next_for([])) == taken == list(range(EMBED_BATCH))
    assert numbers(dealing.next_for([])) == [4, 5, 6, 7]
    assert numbers(dealing.next_for([])) == [8, 9]
    assert dealing.next_for([]) is None


def test_what_a_dead_worker_held_is_read_alone(files: list[PhotoFile]) -> None:
    dealing = Dealing(files)
    held = dealing.next_for([])
    other = dealing.next_for([])
    assert held is not None
    assert other is not None
    assert dealing.died([held]) == []
    assert dealing.next_for([other]) is None  # whoever has something else to do gets no suspect, and nothing more
    alone = dealing.next_for([])
    assert (numbers(alone), alone and alone.is_alone) == ([0], True)
    assert alone is not None
    assert dealing.next_for([alone]) is None
    assert [numbers(dealing.next_for([])) for _ in range(4)] == [[1], [2], [3], [8, 9]]


def test_who_ends_its_reader_alone_is_to_blame_after_several_times(files: list[PhotoFile]) -> None:
    dealing = Dealing(files[:2])
    first = dealing.next_for([])
    assert first is not None
    assert dealing.died([first]) == []
    for number in range(1, DEATHS + 1):
        alone = next(batch for _ in range(3) if numbers(batch := dealing.next_for([])) == [0])
        assert alone is not None
        guilty = dealing.died([alone])
        dealing.answered()
        assert [photo.reason for photo in guilty] == ([KILLED] if number == DEATHS else [])
    assert guilty[0].content_hash is not None


def test_workers_that_die_whatever_they_read_end_the_scan(files: list[PhotoFile]) -> None:
    dealing = Dealing(files)
    held = [batch for _ in range(3) if (batch := dealing.next_for([]))]
    for _ in range(IN_A_ROW):
        dealing.died(held[:1])
        held = [batch for batch in [dealing.next_for([])] if batch]
    with pytest.raises(ClusterError, match="in a row"):
        dealing.died(held)


def test_nothing_is_held_against_photos_of_a_worker_that_is_sent_away(files: list[PhotoFile]) -> None:
    dealing = Dealing(files[:4])
    held = dealing.next_for([])
    assert held is not None
    dealing.take_back([held])
    assert dealing.next_for([]) == held
