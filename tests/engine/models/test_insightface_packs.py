import shutil
import zipfile
from pathlib import Path

import pytest

from engine.errors import ModelError, UsageError
from engine.library.library import Library
from engine.models.catalog import Catalog
from engine.models.insightface_packs import fetch_pack, pack_folder, pack_named
from engine.progress import finish
from engine.workflows.models.packs import check_fetching, import_pack
from tests.engine.models.conftest import Site


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which InsightFace would keep its files."""
    monkeypatch.setenv("INSIGHTFACE_HOME", str(tmp_path / "insightface"))
    return tmp_path / "insightface"


@pytest.fixture
def zoo(home: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """InsightFace's package takes this server for its zoo."""
    from insightface.utils import storage

    monkeypatch.setattr(storage, "BASE_REPO_URL", site.url("/zoo"))
    return site


def packed(shared_data: Path, folder: Path) -> bytes:
    """An archive as the zoo has them: a detector, a recogniser, something else, in a folder of the pack's name."""
    with zipfile.ZipFile(folder / "pack.zip", "w") as archive:
        archive.write(shared_data / "models" / "det_500m.onnx", "buffalo_s/det_500m.onnx")
        archive.write(shared_data / "models" / "mobilefacenet_512_faceplugin.onnx", "buffalo_s/w600k_mbf.onnx")
        archive.writestr("../../outside.txt", "not for here")
        archive.writestr("buffalo_s/readme.md", "hello")
    return (folder / "pack.zip").read_bytes()


def test_a_bare_name_is_a_pack_where_nothing_else_is_meant(home: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert pack_named(Path("buffalo_l")) == "buffalo_l"
    assert pack_named(Path("models/buffalo_l")) is None
    assert pack_named(Path("mine")) is None
    Path("buffalo_l").mkdir()
    assert pack_named(Path("buffalo_l")) is None
    assert pack_folder("antelopev2") is None
    inner = home / "models" / "antelopev2" / "antelopev2"
    inner.mkdir(parents=True)
    (inner / "glintr100.onnx").touch()
    assert pack_folder("antelopev2") == inner, "its archive holds a folder of its name"
    check_fetching("antelopev2", agreed=False)
    with pytest.raises(UsageError, match="non-commercial research only") as refused:
        check_fetching("buffalo_l", agreed=False)
    assert "kinfolk models import buffalo_l --yes" in refused.value.hint


def test_a_pack_is_fetched_and_imported_and_not_kept(zoo: Site, shared_data: Path, tmp_path: Path) -> None:
    zoo.files["/zoo/buffalo_s.zip"] = packed(shared_data, tmp_path)
    models = tmp_path / "models"
    with Library(tmp_path / "library.sqlite") as library:
        summary = finish(import_pack(library, models, "buffalo_s"))
    assert [one.card.name for one in summary.models] == ["buffalo_s_det_500m", "buffalo_s_w600k_mbf"]
    assert {card.licence for card in Catalog(models).cards() if card.name.startswith("buffalo")} == {
        "non-commercial research only (InsightFace)"
    }
    assert [path.name for path in models.iterdir() if path.name.startswith(".pack")] == []
    assert not (tmp_path / "outside.txt").exists()


def test_a_pack_that_is_here_is_not_fetched(home: Path, shared_data: Path, tmp_path: Path) -> None:
    kept = home / "models" / "buffalo_s"
    kept.mkdir(parents=True)
    shutil.copy(shared_data / "models" / "det_500m.onnx", kept)
    with Library(tmp_path / "library.sqlite") as library:
        summary = finish(import_pack(library, tmp_path / "models", "buffalo_s", name="mine"))
    assert [one.card.name for one in summary.models] == ["mine_det_500m"]
    assert (kept / "det_500m.onnx").exists()


def test_what_cannot_be_fetched_is_said(zoo: Site, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"buffalo_l could not be fetched: .* 404") as failed:
        finish(fetch_pack("buffalo_l", tmp_path))
    assert "~/.insightface/models/buffalo_l" in failed.value.hint
    zoo.files["/zoo/buffalo_l.zip"] = b"no archive"
    with pytest.raises(ModelError, match="no archive"):
        finish(fetch_pack("buffalo_l", tmp_path))
