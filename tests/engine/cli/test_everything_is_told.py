"""Whatever a command says is in the language in use: no sentence stands outside the brackets of a made-up one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.engine.cli.bracketed import NAMES, untranslated
from tests.portraits import write_photos

Kinfolk = Callable[..., Any]


def assert_translated(ask: Kinfolk, *commands: tuple[object, ...]) -> None:
    left = {" ".join(map(str, words)): untranslated(ask(*words), NAMES) for words in commands}
    assert "\n".join(f"{words}: {' '.join(strange)}" for words, strange in left.items() if strange) == ""


def test_an_empty_library_speaks(ask: Kinfolk, tmp_path: Path) -> None:
    assert_translated(
        ask,
        *(("people",), ("faces",), ("photos",), ("suggestions",), ("undo",), ("redo",), ("forget-photos",)),
        *(("models", "verify"), ("restore", "--list"), ("restore",), ("backup",), ("erase",)),
        *(("scan",), ("scan", tmp_path / "nowhere"), ("scan", "--moved-from", tmp_path), ("scan", "--threads", "-3")),
        *(("name", "7x", "Ada"), ("name", "7", "Ada"), ("merge", "1", "1"), ("merge", "7", "8"), ("split", "7")),
        *(("faces", "--person", "Grace"), ("suggestions", "--limit", "0"), ("cluster", "--set", "x")),
        *(("learn",), ("learn", "--undo"), ("learn", "--epochs", "2"), ("learn", "albums")),
        *(("models", "use", "x"), ("models", "forget", "sface_2021dec"), ("models", "calibrate", "yunet_2023mar")),
        *(("import", "picasa", tmp_path / "x"), ("import", "x", tmp_path), ("export", "xmp", "--embed")),
        *(("desktop", "--remove"), ("born", "7", "x"), ("forget", "7"), ("models", "import", tmp_path / "x.onnx")),
    )


@pytest.mark.usefixtures("with_models")
def test_a_scanned_album_speaks(ask: Kinfolk, tmp_path: Path) -> None:
    for person in ("hopper", "collins"):
        write_photos(tmp_path / "album" / person, person, 4)
    (tmp_path / "album" / "hopper" / "event.jpg").write_bytes(b"no photo")
    (tmp_path / "album" / "hopper" / ".event.jpg").write_bytes(b"hidden")
    assert_translated(
        ask,
        *(("scan", tmp_path / "album"), ("scan",), ("photos",), ("photos", "--problems"), ("faces",), ("people",)),
        *(("name", "1", "Ada"), ("undo",), ("redo",), ("name", "2", "Ada"), ("faces", "--person", "Ada")),
        *(("cluster",), ("cluster", "--apply"), ("undo",), ("merge", "1", "2"), ("split", "1", "--k", "2")),
        *(
            ("suggestions",),
            ("page", "1"),
            ("ignore", "1"),
            ("hide", "Ada"),
            ("cover", "1", "2"),
            ("born", "1", "1906"),
        ),
        *(("export", "xmp"), ("export", "folder", "--person", "1", tmp_path / "copies"), ("learn",)),
        *(("embed",), ("doctor",), ("backup",), ("restore",), ("forget", "1"), ("erase", "--yes")),
    )
