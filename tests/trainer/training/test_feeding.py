"""Who reads a batch makes no difference to what is in it."""

import pickle
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from engine.errors import PhotoError
from trainer.data.augment import Augmentation
from trainer.data.batches import PKBatches
from trainer.data.crop_folder import CropFolder
from trainer.data.faces import ChosenFaces, numbered
from trainer.distributed import Group
from trainer.feeding import Batch, Feed, Reading, workers_of
from trainer.sections import SpeedConfig

EVERYTHING = Augmentation(flip=0.5, blur=0.4, jpeg=0.4, rotation=0.4, occlusion=0.4)


@pytest.fixture
def folder(tmp_path: Path) -> CropFolder:
    """Four people with three crops each."""
    for person in range(4):
        (tmp_path / f"person {person}").mkdir()
        for number in range(3):
            pixels = np.random.default_rng((person, number)).integers(0, 255, (112, 112, 3), dtype=np.uint8)
            cv2.imwrite(str(tmp_path / f"person {person}" / f"{number}.png"), pixels)
    return CropFolder(tmp_path)


def read(folder: CropFolder, workers: int, step: int = 3, part: tuple[int, int] = (0, 1)) -> list[Batch]:
    labels = numbered(folder.faces)[1]
    feed = Feed(Reading(folder, labels, EVERYTHING, 7, part), workers)
    with feed.batches(PKBatches(labels, people=2, faces=2, seed=7), step) as batches:
        return list(islice(batches, 5))


def assert_same(ours: list[Batch], theirs: list[Batch]) -> None:
    for one, other in zip(ours, theirs, strict=True):
        for name in ("crops", "mirrored", "labels", "faces"):
            assert torch.equal(getattr(one, name), getattr(other, name)), name


def test_threads_and_processes_read_the_same_and_leave_torchs_generator_alone(folder: CropFolder) -> None:
    torch.manual_seed(0)
    from_processes = read(folder, workers=2)
    after = torch.rand(1)
    torch.manual_seed(0)
    assert_same(read(folder, workers=0), from_processes)
    assert torch.equal(torch.rand(1), after)
    assert from_processes[0].crops.dtype == torch.uint8
    assert from_processes[0].crops.shape == (4, 112, 112, 3)


def test_a_batch_depends_on_its_step_alone(folder: CropFolder) -> None:
    assert_same(read(folder, 0, step=3)[2:], read(folder, 0, step=5)[:3])


def test_parts_of_a_batch_are_the_whole(folder: CropFolder) -> None:
    whole = read(folder, 0)[0]
    parts = [read(folder, 0, part=(rank, 2))[0] for rank in range(2)]
    joined = (torch.cat([getattr(part, name) for part in parts]) for name in ("crops", "mirrored", "labels", "faces"))
    assert_same([whole], [Batch(*joined)])


@pytest.mark.parametrize("workers", [0, 1])
def test_a_crop_that_cannot_be_read_is_said_as_it_is(folder: CropFolder, workers: int) -> None:
    for path in folder.paths:
        path.write_bytes(b"no picture")
    with pytest.raises(PhotoError) as caught:
        read(folder, workers)
    assert "Traceback" not in str(caught.value)


def test_chosen_faces_travel_without_a_list_of_them(folder: CropFolder) -> None:
    chosen = ChosenFaces(folder, np.array([7, 2], dtype=np.int64))
    there = pickle.loads(pickle.dumps(chosen))
    assert [face.photo for face in there.faces] == ["person 2/1.png", "person 0/2.png"]
    assert [face.photo for face in there.faces[1:]] == ["person 0/2.png"]
    assert np.array_equal(there.crop(0), folder.crop(7))


def test_threads_read_for_a_network_on_the_cpu() -> None:
    here, gpu = Group(0, 1, torch.device("cpu")), Group(0, 1, torch.device("cuda", 0))
    assert workers_of(SpeedConfig(), here) == 0
    assert workers_of(SpeedConfig(workers=3), here) == 3
    assert workers_of(SpeedConfig(), gpu) >= 1
