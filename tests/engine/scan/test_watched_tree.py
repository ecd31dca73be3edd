"""Which changes below a watched folder are told."""

from pathlib import Path

from watchfiles import Change

from engine.scan.watched_tree import WatchedTree


def test_a_sidecar_counts_as_its_photo_does(tmp_path: Path) -> None:
    tree = WatchedTree([tmp_path], [])
    for name, counts in (("a.jpg.xmp", True), ("a.XMP", True), ("a.txt", False), (".a.xmp", False)):
        (tmp_path / name).touch()
        for change in (Change.added, Change.modified, Change.deleted):
            assert bool(list(tree.changed([(change, str(tmp_path / name))]))) is counts, (name, change)
