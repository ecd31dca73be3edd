"""What changed since the last scan, by path and by content."""

import random

from hypothesis import given
from hypothesis import strategies as st

from engine.scan.diff import KnownFile, match_moves
from engine.scan.walk import FoundFile
from tests.engine.scan.comparing import compare


def known(photo_id: int, relpath: str, size: int = 10, mtime_ns: int = 1) -> KnownFile:
    return KnownFile(photo_id, relpath, size, mtime_ns)


def found(relpath: str, size: int = 10, mtime_ns: int = 1) -> FoundFile:
    return FoundFile(relpath, size, mtime_ns)


def test_new_changed_unchanged_and_missing() -> None:
    before = [known(1, "same.jpg"), known(2, "grown.jpg"), known(3, "touched.jpg"), known(4, "gone.jpg")]
    now = [found("same.jpg"), found("grown.jpg", size=11), found("touched.jpg", mtime_ns=2), found("new.jpg")]
    difference = compare(before, now)
    assert difference.new == [found("new.jpg")]
    assert difference.changed == [(before[1], now[1]), (before[2], now[2])]
    assert difference.unchanged == [before[0]]
    assert difference.missing == [before[3]]
    assert difference.unseen == []


def test_what_could_not_be_seen_is_not_missing() -> None:
    before = [known(1, "a/b/1.jpg"), known(2, "a/bc/2.jpg"), known(3, "d.jpg"), known(4, "e.jpg")]
    difference = compare(before, [], unseen=["a/b", "d.jpg"])
    assert [photo.photo_id for photo in difference.unseen] == [1, 3]
    assert [photo.photo_id for photo in difference.missing] == [2, 4]
    assert compare(before, [], unseen=[""]).missing == []


def test_a_file_found_in_a_tree_that_was_seen_in_part_counts() -> None:
    before = [known(1, "a/1.jpg"), known(2, "a/2.jpg")]
    difference = compare(before, [found("a/1.jpg")], unseen=["a"])
    assert difference.unchanged == [before[0]]
    assert difference.unseen == [before[1]]


PATHS = st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=3).map("/".join)
STATES = st.dictionaries(PATHS, st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=12)


@given(STATES, STATES, st.lists(PATHS | st.just(""), max_size=3))
def test_every_file_lands_in_exactly_one_place(
    before: dict[str, tuple[int, int]], now: dict[str, tuple[int, int]], unseen: list[str]
) -> None:
    photos = [known(number, path, *state) for number, (path, state) in enumerate(before.items())]
    files = [found(path, *state) for path, state in now.items()]
    difference = compare(photos, files, unseen)
    changed_photos, changed_files = [pair[0] for pair in difference.changed], [pair[1] for pair in difference.changed]
    placed = [*difference.unchanged, *changed_photos, *difference.missing, *difference.unseen]
    assert sorted(placed, key=lambda photo: photo.photo_id) == photos
    unchanged_paths = {photo.relpath for photo in difference.unchanged}
    assert {file.relpath for file in [*difference.new, *changed_files]} | unchanged_paths == set(now)
    assert all(before[path] == now[path] for path in unchanged_paths)
    assert all((photo.size, photo.mtime_ns) != (file.size, file.mtime_ns) for photo, file in difference.changed)
    for photo in [*difference.missing, *difference.unseen]:
        below = any(tree in ("", photo.relpath) or photo.relpath.startswith(f"{tree}/") for tree in unseen)
        assert below == (photo in difference.unseen)


def test_when_a_file_last_changed_is_noted_where_it_was_not_known() -> None:
    before = [known(1, "a.jpg"), known(2, "b.jpg")._replace(ctime_ns=5), known(3, "c.jpg")]
    files = [found("a.jpg")._replace(ctime_ns=7), found("b.jpg")._replace(ctime_ns=5), found("c.jpg")]
    assert compare(before, files).change_times == {1: 7}


def test_nothing_differs_from_itself() -> None:
    files = [found("b.jpg"), found("a.jpg")]
    difference = compare([known(1, "a.jpg"), known(2, "b.jpg")], files)
    assert (difference.new, difference.changed, difference.missing) == ([], [], [])


def test_moves_prefer_the_same_name_then_the_same_folder() -> None:
    photos = [(known(1, "old/a.jpg"), b"x"), (known(2, "old/b.jpg"), b"x"), (known(3, "kept/c.jpg"), b"x")]
    files = [(found("new/z.jpg"), b"x"), (found("kept/y.jpg"), b"x"), (found("new/b.jpg"), b"x")]
    pairs = {photo.photo_id: file.relpath for photo, file in match_moves(files, photos)}
    assert pairs == {1: "new/z.jpg", 2: "new/b.jpg", 3: "kept/y.jpg"}


def test_moves_need_the_same_content_and_use_each_file_once() -> None:
    photos = [(known(1, "a.jpg"), b"x"), (known(2, "b.jpg"), b"x"), (known(3, "c.jpg"), b"y")]
    assert match_moves([(found("n.jpg"), b"x"), (found("c.jpg"), b"z")], photos) == [(photos[0][0], found("n.jpg"))]
    assert match_moves([], photos) == []


CONTENTS = st.sampled_from([b"x", b"y", b"z"])


@given(
    st.dictionaries(PATHS, CONTENTS, max_size=9),
    st.dictionaries(PATHS, CONTENTS, max_size=9),
    st.randoms(use_true_random=False),
)
def test_moves_pair_as_many_as_there_are_in_any_order(
    old: dict[str, bytes], new: dict[str, bytes], chance: random.Random
) -> None:
    photos = [(known(number, path), content) for number, (path, content) in enumerate(sorted(old.items()))]
    files = [(found(path), content) for path, content in sorted(new.items())]
    pairs = match_moves(files, photos)
    for content in (b"x", b"y", b"z"):
        wanted = min(list(old.values()).count(content), list(new.values()).count(content))
        assert sum(old[photo.relpath] == content for photo, _ in pairs) == wanted
    assert all(old[photo.relpath] == new[file.relpath] for photo, file in pairs)
    assert len({photo.photo_id for photo, _ in pairs}) == len({file.relpath for _, file in pairs}) == len(pairs)
    chance.shuffle(photos)
    chance.shuffle(files)
    assert match_moves(files, photos) == pairs


def test_many_copies_of_one_file_are_paired_without_comparing_all_with_all() -> None:
    photos = [(known(number, f"old/{number}.jpg"), b"x") for number in range(20_000)]
    files = [(found(f"new/{number}.png"), b"x") for number in range(20_000)]
    assert len(match_moves(files, photos)) == 20_000
