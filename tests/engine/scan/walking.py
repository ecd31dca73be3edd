"""Small folders to walk, and what a walk finds in them."""

from collections import Counter
from pathlib import Path

from engine.scan.walk import FoundFile, LeftOut, WalkProblem, walk


def put(root: Path, *relpaths: str) -> None:
    """Write small files, with their folders."""
    for relpath in relpaths:
        path = root / relpath
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"photo")


def paths(root: Path, *skip: Path) -> list[str]:
    """The relative paths of a walk without problems."""
    found = list(walk(root, skip=skip))
    assert not any(isinstance(item, WalkProblem) for item in found)
    return [item.relpath for item in found if isinstance(item, FoundFile)]


def left_out(root: Path) -> dict[str, int]:
    """How many pictures a walk passes over, by reason."""
    counts: Counter[str] = Counter()
    for item in walk(root):
        if isinstance(item, LeftOut):
            counts[item.why] += item.count
    return dict(counts)
