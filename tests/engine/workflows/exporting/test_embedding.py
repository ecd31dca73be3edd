"""Names inside photos of all kinds that exiftool writes, and what is refused."""

import shutil
from pathlib import Path

import pytest
from PIL import Image

from engine.library import edits
from engine.library.library import Library
from engine.library.queries import face_rows
from engine.metadata.embedded import embedded_in
from engine.metadata.packet import said_in
from engine.metadata.writing.names import Wanted
from engine.paths import Places
from engine.progress import finish
from engine.settings import Settings
from engine.workflows.exporting.embedding import embed_names
from engine.workflows.exporting.naming import Exported, Selection
from engine.workflows.scan.full_scan import full_scan
from tests.portraits import portrait

pytestmark = [
    pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is absent (libimage-exiftool-perl)"),
    pytest.mark.usefixtures("with_models"),
]


@pytest.fixture
def library(library: Library, places: Places, tmp_path: Path) -> Library:
    """A library in which Grace is on a photo of each kind."""
    (tmp_path / "photos").mkdir()
    for number, ending in enumerate(("jpg", "png", "tif", "webp")):
        Image.fromarray(portrait("hopper", 250 + 10 * number)).save(tmp_path / "photos" / f"grace.{ending}")
    finish(full_scan(library, places, Settings(), [tmp_path / "photos"]))
    edits.split_off(library, [row.face for row in face_rows(library)], "Grace")
    return library


def embed(library: Library) -> Exported:
    return finish(embed_names(library, Selection(), Wanted(microsoft=True)))


def test_every_kind_or_a_sentence(library: Library, tmp_path: Path) -> None:
    photos = sorted(path for path in (tmp_path / "photos").iterdir())
    before = {path: (path.read_bytes(), Image.open(path).convert("RGB").tobytes(), path.stat()) for path in photos}
    exported = embed(library)
    assert exported.photos == len(photos)
    assert exported.written >= 3
    for path in photos:
        content, pixels, status = before[path]
        if any(str(path) in problem.message for problem in exported.problems):
            assert path.read_bytes() == content
            continue
        (packet,) = embedded_in(path).packets
        assert [region.name for region in said_in(packet).regions or ()] == ["Grace"]
        assert Image.open(path).convert("RGB").tobytes() == pixels
        assert path.stat().st_mtime_ns == status.st_mtime_ns
        assert path.with_name(f"{path.name}_original").read_bytes() == content
    assert not list((tmp_path / "photos").glob(".*")), "no part is left"


def test_a_file_that_changed_is_left(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "photos" / "grace.jpg"
    path.write_bytes(path.read_bytes() + b"more")
    exported = embed(library)
    assert "has changed since it was scanned" in exported.problems[0].message
    assert not path.with_name("grace.jpg_original").exists()
