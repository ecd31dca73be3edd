"""Every key known, every value of its type and in its range, and what is wrong said with file and key."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pytest

from engine.errors import ModelError, UsageError
from engine.strict_toml import KEY, Needs, Origin, from_to, read_table, read_toml, toml_text


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Dot:
    x: float
    y: float = 0.0


@dataclass(frozen=True)
class Line:
    start: int
    end: int


@dataclass(frozen=True)
class Drawing:
    title: str
    colour: Colour = Colour.RED
    file: Path | None = None
    width: Annotated[int, from_to(1, 9, "a width from 1 to 9")] = 1
    shapes: tuple[Dot | Line, ...] = ()
    ends: tuple[int, int] = (0, 0)
    weights: dict[str, float] = field(default_factory=dict)
    open: bool = field(default=False, metadata={KEY: "is_open"})
    options: dict[str, object] = field(default_factory=dict)
    big: Annotated[float, from_to(0, 1e9, "0 or more")] = 0.0
    tail: Annotated[tuple[int, ...], Needs("a list of whole numbers that rise", lambda v: [*v] == sorted(v))] = ()


ORIGIN = Origin("The drawing x.toml", ModelError, "Draw it anew.")
FULL = Drawing(
    "a",
    Colour.BLUE,
    Path("a/b"),
    3,
    (Dot(1.0, 2.0), Line(1, 2)),
    (1, 2),
    {"a": 1.0},
    open=True,
    options={"any": [1, "two"]},
    big=2.0,
    tail=(1, 2),
)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    for drawing in (FULL, Drawing("plain")):
        (tmp_path / "x.toml").write_text(toml_text(drawing), encoding="utf-8")
        assert read_toml(tmp_path / "x.toml", Drawing, ORIGIN) == drawing
    assert "is_open = true" in toml_text(FULL)
    assert "file" not in toml_text(Drawing("plain"))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"titel": "b"}, "the key 'titel' is unknown. Known are title, colour"),
        ({"open": True}, "the key 'open' is unknown"),
        ({"title": 3}, "the key 'title' is 3. It has to be a text"),
        ({"title": "x" * 500, "colour": "y" * 500}, "…. It has to be one of red, blue"),
        ({"colour": 1}, "It has to be one of red, blue"),
        ({"file": ""}, "a path"),
        ({"width": 10}, "the key 'width' is 10. It has to be a width from 1 to 9"),
        ({"width": True}, "the key 'width' is True. It has to be a whole number"),
        ({"shapes": [{"x": 1.0}, {"start": 1}]}, "the key 'shapes[1].end' is missing. Draw it anew"),
        ({"shapes": [{"x": 1.0, "z": 1.0}]}, "the key 'shapes[0].z' is unknown"),
        ({"shapes": [3]}, "the key 'shapes[0]' is 3. It has to be a table"),
        ({"shapes": 3}, "a list of lists or tables"),
        ({"ends": [1]}, "a list of 2 whole numbers"),
        ({"ends": [1, "b"]}, "the key 'ends[1]' is 'b'. It has to be a whole number"),
        ({"ends": "ab"}, "a list of 2 whole numbers"),
        ({"weights": {"a": "b"}}, "the key 'weights.a' is 'b'. It has to be a number"),
        ({"weights": []}, "a table"),
        ({"is_open": 1}, "true or false"),
        ({"big": float("inf")}, "a finite number"),
        ({"big": float("nan")}, "a finite number"),
        ({"big": 10**400}, "a finite number"),
        ({"big": -1}, "0 or more"),
        ({"ends": [1, 2**64]}, "at most 64 bits"),
        ({"ends": [1, 1 << 20_000]}, "a number of thousands of digits. It has to be a whole number of at most 64 bits"),
        ({"tail": [2, 1]}, "the key 'tail' is [2, 1]. It has to be a list of whole numbers that rise"),
        ({"tail": 2}, "a list of whole numbers"),
        ({"tail": [1, "b"]}, "the key 'tail[1]' is 'b'. It has to be a whole number"),
    ],
)
def test_what_is_wrong_is_said(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(ModelError) as caught:
        read_table(Drawing, {"title": "a", **change}, ORIGIN)
    assert str(caught.value).startswith("The drawing x.toml: ")
    assert sentence in str(caught.value)


def test_files_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    with pytest.raises(UsageError, match=r"cannot be read: No such file"):
        read_toml(path, Drawing, Origin(f"The drawing {path}"))
    path.write_bytes(b"title = '\xff'")
    with pytest.raises(UsageError, match=r"is not valid TOML: .*utf-8"):
        read_toml(path, Drawing, Origin(f"The drawing {path}"))
    with path.open("wb") as stream:
        stream.truncate(10**10)  # a hole: it takes no room, and reading all of it would take the memory
    with pytest.raises(UsageError, match=r"is not valid TOML: it is larger than 1 MB"):
        read_toml(path, Drawing, Origin(f"The drawing {path}"))


def test_other_classes_are_the_callers_mistake() -> None:
    with pytest.raises(TypeError, match="not a dataclass"):
        read_table(int, {}, ORIGIN)
    with pytest.raises(TypeError, match="not a dataclass"):
        toml_text(3)
