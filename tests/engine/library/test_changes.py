from engine.library.changes import Changes


def test_or_joins_each_kind() -> None:
    one = Changes.of(photos=[1, 2], faces=[3], questions=[7])
    other = Changes.of(faces=[3, 4], people=[5], folders=[6])
    assert one | other == Changes.of(folders=[6], photos=[1, 2], faces=[3, 4], people=[5], questions=[7])


def test_is_true_when_anything_was_touched() -> None:
    assert not Changes()
    assert Changes.of(people=[1])
    assert Changes.of(questions=[1])
