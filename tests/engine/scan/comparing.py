"""Known photos against found files, both as lists."""

from collections.abc import Collection, Iterable

from engine.scan.diff import Comparison, Difference, KnownFile
from engine.scan.walk import FoundFile


def compare(known: Iterable[KnownFile], found: Iterable[FoundFile], unseen: Collection[str] = ()) -> Difference:
    """Return what a walk makes of them."""
    comparison = Comparison(known)
    comparison.take(found)
    return comparison.end(unseen)
