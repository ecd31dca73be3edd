"""Embedding and scanning by everything that this machine has: graphics cards, and the processor beside them.

    python benchmarks/gpu.py --models FOLDER [--crops 20000] [--album FOLDER] [--peak TFLOPS]

Every way that an installed runtime offers embeds the same drawn crops, from bytes to unit vectors; the processor with a
thread a core. The share of the peak is that of the arithmetic of the network alone, counted by torch, of what a large
matrix product reaches on the same device with the same numbers, or of `--peak` from the data sheet. With an album,
`kinfolk scan` reads it as measured here, and once more on the processor alone by onnxruntime. Needs the extra `train`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from torch.utils.flop_counter import FlopCounterMode

from engine.cores import usable_cores
from engine.errors import KinfolkError
from engine.faces.letterbox import to_tensor
from engine.geometry import Image
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.models.prepare import prepare
from engine.models.runtimes.drawn import drawn_faces
from engine.models.runtimes.offered import installed, runtimes
from engine.models.runtimes.protocol import Runner, Shapes
from engine.models.runtimes.running import Precision, Way
from trainer.onnx_module import read_onnx

KINDS = {Precision.FLOAT32: torch.float32, Precision.BFLOAT16: torch.bfloat16, Precision.FLOAT16: torch.float16}
DRAWN = 512
"""Different crops; they are embedded again and again."""


def main() -> None:
    """Print one table of ways, and one of scans where there is an album."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--models", type=Path, required=True)
    words.add_argument("--crops", type=int, default=20_000)
    words.add_argument("--album", type=Path)
    words.add_argument("--peak", type=float, help="TFLOP/s of the device by its data sheet; default: measured")
    given = words.parse_args()
    card = Catalog(given.models).default_embedder()
    graph = prepare(card, given.models)
    flops = count(graph, card)
    named = torch.cuda.get_device_name() if torch.cuda.is_available() else "no graphics card: the processor alone"
    there = ", ".join(installed().values())
    print(f"{card.name}, {flops / 1e9:.2f} GFLOP a crop; {named}; {usable_cores()} cores; {there}")
    print("| way | crops/s | TFLOP/s | share of the peak |\n|---|---|---|---|")
    crops = drawn_faces(min(DRAWN, given.crops), card.input.crop.side)
    for name in installed():
        for way in runtimes()[name].ways():
            try:
                runner = runtimes()[name].open(graph, way, 1, Shapes.FEW)
                speed = embedding(runner, card, crops, given.crops)
            except KinfolkError as error:
                print(f"| {way} | {error.message} | | |", flush=True)
                continue
            reached, peak = speed * flops / 1e12, given.peak or measured_peak(way)
            print(f"| {way} | {speed:,.0f} | {reached:.2f} | {reached / peak:.0%} of {peak:.2f} |", flush=True)
    if given.album:
        print("\n| scan | photos/s | faces |\n|---|---|---|")
        for title, options in (("as measured here", []), ("onnxruntime on the processor", ["--providers", "cpu"])):
            done = scan(given.album, given.models, options)
            print(f"| {title} | {done['photos_per_second']:.2f} | {done['faces']:,} |", flush=True)


def count(graph: Path, card: ModelCard) -> int:
    """Return the floating point operations for one crop: two for a product that is added."""
    counter = FlopCounterMode(display=False)
    with counter, torch.inference_mode():
        read_onnx(graph)(torch.from_numpy(to_tensor(drawn_faces(1, card.input.crop.side), card.input)))
    return counter.get_total_flops()


def embedding(runner: Runner, card: ModelCard, crops: Image, total: int) -> float:
    """Return crops a second, from uint8 to unit vectors, with a thread a core where the processor computes."""
    threads = usable_cores() if runner.way.device == "cpu" else 2  # one prepares while the other's batch is computed
    batches = [crops[np.arange(start, start + runner.batch) % len(crops)] for start in range(0, total, runner.batch)]

    def embed(batch: Image) -> None:
        vectors = runner.run(to_tensor(batch, card.input))[0]
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(embed, batches[: 2 * threads]))
        began = time.perf_counter()
        list(pool.map(embed, batches))
        return len(batches) * runner.batch / (time.perf_counter() - began)


def measured_peak(way: Way) -> float:
    """Return the TFLOP/s of a large matrix product with these numbers on this device, on all cores of a processor."""
    device = {"mps": "mps", "cpu": "cpu"}.get(way.device, "cuda")
    side = 8192 if device != "cpu" else 2048
    torch.set_num_threads(usable_cores())
    left = torch.randn(side, side).to(device, KINDS[way.precision])
    times = []
    for _ in range(8):
        began = time.perf_counter()
        (left @ left)[0, 0].item()
        times.append(time.perf_counter() - began)
    return 2 * side**3 / min(times) / 1e12


def scan(album: Path, models: Path, options: list[str]) -> dict[str, float]:
    """Run `kinfolk scan` on a new library; what is measured at first use is measured before."""
    program = [sys.executable, "-c", "import sys; from engine.cli import main; sys.exit(main())"]
    with tempfile.TemporaryDirectory() as data:
        # The models lie where they are; a measurement that was made before is found beside them.
        words = [*program, "--data-dir", data, "scan", str(album), "--json", *options]
        environment = os.environ | {"KINFOLK_MODELS_DIR": str(models)}
        done = subprocess.run(words, env=environment, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
