import io
import os
import pickle
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from engine.cli.display import Lines
from engine.progress import Progress, finish
from tests.portraits import PEOPLE, write_photos
from trainer.choices import SourceKind
from trainer.commands.interruption import run_whole_steps
from trainer.data.insightface_bin import read_bin
from trainer.sources import open_pairs, open_source


def test_first_interrupt_ends_at_the_next_report(capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[str] = []

    def work() -> Iterator[Progress]:
        try:
            for step in range(10):
                if step == 2:
                    os.kill(os.getpid(), signal.SIGINT)
                    seen.append("went on")
                yield Progress("train", step, 10)
        finally:
            seen.append("closed")

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        run_whole_steps(work(), Lines())  # type: ignore[arg-type]  # an iterator is enough here
    assert seen == ["went on", "closed"]
    assert signal.getsignal(signal.SIGINT) is before
    capsys.readouterr()


def test_photos_are_aligned_once(models_dir: Path, tmp_path: Path) -> None:
    for person in PEOPLE:
        write_photos(tmp_path / "photos" / person, person, 2)
    (tmp_path / "photos" / "hopper" / "blank.png").write_bytes(png(np.zeros((200, 200, 3), np.uint8)))
    opened = finish(open_source(SourceKind.PHOTOS, tmp_path / "photos", tmp_path / "crops", models_dir))
    assert {face.person for face in opened.source.faces} == set(PEOPLE)
    assert opened.source.crop(0).shape == (112, 112, 3)
    assert "1 photo without a face was left out." in opened.notes
    again = finish(open_source(SourceKind.PHOTOS, tmp_path / "photos", tmp_path / "crops", tmp_path / "no models"))
    assert len(again.source.faces) == len(opened.source.faces)


def test_crops_of_a_bin_set_need_no_detector(tmp_path: Path) -> None:
    pictures = [png(np.full((112, 112, 3), value, np.uint8)) for value in range(8)]
    (tmp_path / "set.bin").write_bytes(pickle.dumps((pictures, [True, False, True, False])))
    pairs, notes = finish(open_pairs(read_bin(tmp_path / "set.bin"), tmp_path / "no models"))
    assert pairs.crop(3)[0, 0].tolist() == [3, 3, 3]
    assert notes == ()


def png(pixels: np.ndarray) -> bytes:
    held = io.BytesIO()
    Pillow.fromarray(pixels).save(held, "png")
    return held.getvalue()
