"""Photos that could not be read for a reason outside their files are read by themselves when it is no more."""

import sys
from pathlib import Path

import pytest
from PIL import Image

from engine.library.library import Library
from engine.library.queries import photo_rows, problem_photo_rows
from engine.library.states import PhotoState
from engine.models.catalog import Catalog
from engine.progress import finish
from engine.settings import Settings
from engine.workflows.scan.analysis import Analyser
from engine.workflows.scan.index import index
from engine.workflows.scan.opening_models import open_analyser
from engine.workflows.scan.roots import chosen_roots
from engine.workflows.scan.survey import survey


@pytest.fixture(scope="module")
def analyser(models_dir: Path) -> Analyser:
    return open_analyser(*Catalog(models_dir).defaults(), models_dir, Settings())


def scan(library: Library, folder: Path, analyser: Analyser) -> int:
    """Read what is unread, and return how many that were."""
    unread = finish(survey(library, chosen_roots(library, [folder])[0])).unread
    return finish(index(library, unread, analyser, 2)).read


def states(library: Library) -> list[PhotoState]:
    return [row.state for row in photo_rows(library)]


@pytest.mark.usefixtures("permissions_count")
def test_a_permission(library: Library, album: Path, analyser: Analyser) -> None:
    closed = album / "trip 0" / "picture 0.png"
    closed.chmod(0)
    assert scan(library, album, analyser) == 6
    assert [row.path for row in problem_photo_rows(library)] == [closed]
    assert scan(library, album, analyser) == 0
    closed.chmod(0o644)
    assert scan(library, album, analyser) == 1
    assert states(library) == [PhotoState.SCANNED] * 6


def test_a_package(library: Library, tmp_path: Path, analyser: Analyser, monkeypatch: pytest.MonkeyPatch) -> None:
    heif = pytest.importorskip("pillow_heif", reason="needs the extra kinfolk[heif]")
    folder = tmp_path / "heic"
    folder.mkdir()
    heif.from_pillow(Image.new("RGB", (64, 48), "green")).save(folder / "green.heic")
    with monkeypatch.context() as without:
        for package in ("pillow_heif", "pi_heif"):
            without.setitem(sys.modules, package, None)
        assert scan(library, folder, analyser) == 1
        assert states(library) == [PhotoState.BROKEN]
        assert scan(library, folder, analyser) == 0
    assert scan(library, folder, analyser) == 1
    assert states(library) == [PhotoState.SCANNED]


def test_damage_is_not_read_again(library: Library, album: Path, analyser: Analyser) -> None:
    (album / "damaged.jpg").write_bytes(b"\xff\xd8\xff no photo")
    assert scan(library, album, analyser) == 7
    assert scan(library, album, analyser) == 0
