"""How fast a network trains here, and where the time goes: reading crops, the step, both together.

    python benchmarks/training_speed.py --device cuda
    python benchmarks/training_speed.py --device cpu --backbone mobilefacenet --batch 32 --seconds 10

Writes a record file of synthetic JPEG crops (noise, as large as those of real faces at quality 95), then measures

- how many crops one core reads and changes in a second, and how many all reading processes deliver;
- steps on one batch that lies on the device already;
- the training loop of `kinfolk train` itself, fed from the record file.

The share of the peak counts three times the multiply-adds of a forward pass, times two, against a matrix product of
8192³ (2048³ on a CPU) measured in the same run in the same precision.
"""

import argparse
import struct
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import torch

from engine.strict_toml import Origin, read_table
from trainer.backbones import measure
from trainer.batch_choice import make_batches
from trainer.choices import Precision
from trainer.config import TrainingConfig
from trainer.data.augment import Augmentation
from trainer.data.faces import numbered
from trainer.data.insightface_record import InsightFaceRecord
from trainer.data.recordio import MAGIC
from trainer.distributed import Group
from trainer.feeding import Batch, Feed, Reading, workers_of
from trainer.loop import RunFaces, train
from trainer.run_folder import RunFolder
from trainer.state import TrainingState, begin
from trainer.stepping import read_figures, take_step

DISTINCT = 2_000
"""So many different crops are drawn; the record holds each several times."""


@dataclass(frozen=True, slots=True)
class Speed:
    """Crops a second of each part, and TFLOP/s: of a matrix product, and of the loop."""

    one_core: float
    feed: float
    step: float
    loop: float
    peak: float
    reached: float


def write_record(folder: Path, crops: int, people: int) -> Path:
    """Write train.rec and train.idx of synthetic crops, as InsightFace's sets of the older kind have them."""
    generator = np.random.default_rng(0)
    pictures = [_jpeg(generator) for _ in range(min(crops, DISTINCT))]
    offset, lines = 0, []
    with (folder / "train.rec").open("wb") as stream:
        for number in range(crops):
            data = struct.pack("<IfQQ", 0, float(number % people), number, 0) + pictures[number % len(pictures)]
            lines.append(f"{number}\t{offset}\n")
            stream.write(struct.pack("<II", MAGIC, len(data)) + data + b"\0" * (-len(data) % 4))
            offset = stream.tell()
    (folder / "train.idx").write_text("".join(lines))
    return folder / "train.rec"


def _jpeg(generator: np.random.Generator) -> bytes:
    rough = cv2.resize(generator.uniform(0, 255, (14, 14, 3)), (112, 112), interpolation=cv2.INTER_CUBIC)
    noisy = np.clip(rough + generator.normal(0, 3, rough.shape), 0, 255).astype(np.uint8)
    return cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, 95])[1].tobytes()


def config_of(words: argparse.Namespace, record: Path) -> TrainingConfig:
    """Return the run's configuration."""
    table = {
        "data": {"path": str(record), "kind": "record", "held_out": 0.0},
        "model": {"backbone": words.backbone, "dimension": 512},
        "loss": {"name": "arcface"},
        "batch": {"kind": "shuffled", "people": words.batch, "faces": 1},
        "optimiser": {"learning_rate": 1e-3},
        "validation": {"every": 10**9},
        "speed": {
            "workers": words.workers,
            "losses_every": 20 if words.device == "cuda" else 1,
            "compile": "on" if words.compile else "off",
            "tf32": not words.no_tf32,
        },
        "precision": words.precision,
        "steps": 10**8,
        "checkpoint_every": 10**9,
    }
    return read_table(TrainingConfig, table, Origin("benchmarks/training_speed.py"))


def crops_of_one_core(reading: Reading, draws: Iterator[tuple[int, np.ndarray]], seconds: float) -> float:
    """Return the crops that this process reads and changes in a second of one core's time."""
    reading.read(next(draws))
    began, read = time.process_time(), 0
    while time.process_time() - began < seconds:
        read += len(reading.read(next(draws)).labels)
    return read / (time.process_time() - began)


def crops_of_feed(feed: Feed, config: TrainingConfig, labels: np.ndarray, seconds: float) -> float:
    """Return the crops that arrive in a second when nobody else works."""
    with feed.batches(make_batches(config.batch, labels, 0), 0) as batches:
        for _ in islice(batches, 2 * max(feed.workers, 1) * 3):
            pass
        began, read = time.perf_counter(), 0
        while time.perf_counter() - began < seconds:
            read += len(next(iter(batches)).labels)
        return read / (time.perf_counter() - began)


def steps_alone(state: TrainingState, batch: Batch, seconds: float) -> float:
    """Return crops a second of steps on one batch that is on the device."""
    device = state.group.device
    here = Batch(batch.crops.to(device), batch.mirrored.to(device), batch.labels.to(device), batch.faces)
    for _ in range(5):  # cuDNN tries its kernels, torch compiles
        read_figures(state, [take_step(state, here, None, None)])
    began, taken = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        read_figures(state, [take_step(state, here, None, None) for _ in range(10 if device.type == "cuda" else 1)])
        taken += 10 if device.type == "cuda" else 1
    return taken * len(batch.labels) / (time.perf_counter() - began)


def loop_speed(state: TrainingState, faces: RunFaces, folder: Path, seconds: float) -> float:
    """Return crops a second of the training loop: of what it read after a warm-up of two readings."""
    run = RunFolder(folder)
    run.begin(state.config, {})
    every = state.config.speed.losses_every
    spent, steps = 0.0, 0
    with run:
        training = train(state, faces, run)
        for metrics in training:
            if metrics.step > 2 * every:
                spent, steps = spent + state.config.batch.people / metrics.faces_per_second, steps + 1
            if spent > seconds and metrics.step % every == 0:
                break
        training.close()
    return steps * state.config.batch.people / spent


def matrix_product(device: torch.device, kind: torch.dtype) -> float:
    """Return TFLOP/s of a square product of random matrices."""
    side, rounds = (8192, 20) if device.type == "cuda" else (2048, 3)
    left, right = (torch.randn(side, side, device=device, dtype=kind) for _ in range(2))
    for _ in range(2):
        (left @ right)[0, 0].item()
    began = time.perf_counter()
    for _ in range(rounds):
        product = left @ right
    product[0, 0].item()
    return 2 * side**3 * rounds / (time.perf_counter() - began) / 1e12


def measure_all(words: argparse.Namespace, work: Path) -> Speed:
    """Measure each part and the whole."""
    device = torch.device(words.device)
    source = InsightFaceRecord(write_record(work, words.crops, words.people))
    config = config_of(words, source.file.path)
    names, labels = numbered(source.faces)
    group = Group(0, 1, device)
    reading = Reading(source, labels, Augmentation(flip=0.5), 0)
    batches = make_batches(config.batch, labels, 0)
    one_core = crops_of_one_core(reading, enumerate(batches), min(words.seconds / 2, 3))
    workers = workers_of(config.speed, group)
    feed = crops_of_feed(Feed(reading, workers, device.type == "cuda"), config, labels, words.seconds / 2)
    print(
        f"one core reads {one_core:,.0f} crops/s; {workers or 'no'} processes deliver {feed:,.0f} crops/s", flush=True
    )
    state = begin(config, names, group, None)
    step = steps_alone(state, reading.read((0, batches.batch(0))), words.seconds)
    print(f"step alone {step:,.0f} crops/s", flush=True)
    if words.profile:
        profile(state, reading.read((0, batches.batch(0))))
    loop = loop_speed(state, RunFaces(source, labels, reading.augmentation, None, None), work / "run", words.seconds)
    kinds = {Precision.BF16: torch.bfloat16, Precision.FP16: torch.float16}
    peak = matrix_product(device, kinds.get(config.precision, torch.float32))
    reached = 3 * measure(state.backbone).flops * loop / 1e12
    return Speed(one_core, feed, step, loop, peak, reached)


def profile(state: TrainingState, batch: Batch) -> None:
    """Print which kernels the time of a few steps goes to."""
    activities = [torch.profiler.ProfilerActivity.CPU]
    if state.group.device.type == "cuda":
        activities.append(torch.profiler.ProfilerActivity.CUDA)
    with torch.profiler.profile(activities=activities) as held:
        read_figures(state, [take_step(state, batch, None, None) for _ in range(5)])
    by = "self_cuda_time_total" if state.group.device.type == "cuda" else "self_cpu_time_total"
    print(held.key_averages().table(sort_by=by, row_limit=16, max_name_column_width=60))


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    add = parser.add_argument
    add("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    add("--backbone", default="iresnet50")
    add("--precision", type=Precision, choices=list(Precision), default=Precision.BF16)
    add("--batch", type=int, default=512)
    add("--people", type=int, default=10_000)
    add("--crops", type=int, default=40_000)
    add("--workers", type=int, default=-1)
    add("--seconds", type=float, default=20)
    add("--compile", action="store_true")
    add("--no-tf32", action="store_true")
    add("--profile", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    arguments = parse()
    with tempfile.TemporaryDirectory() as held:
        found = measure_all(arguments, Path(held))
    where = torch.cuda.get_device_name() if arguments.device == "cuda" else f"{torch.get_num_threads()} CPU threads"
    print(
        f"{arguments.backbone}, {arguments.precision}, batch {arguments.batch}, {arguments.people:,} people"
        f"{', compiled' if arguments.compile else ''}, torch {torch.__version__}, {where}:\n"
        f"  feed {found.feed:,.0f}, step {found.step:,.0f}, together {found.loop:,.0f} crops/s; {found.reached:.1f} of "
        f"{found.peak:.1f} TFLOP/s ({found.reached / found.peak:.0%})"
    )
