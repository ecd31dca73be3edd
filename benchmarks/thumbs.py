"""Milliseconds for a face's small picture: the first time from its photo, afterwards from the store.

python benchmarks/thumbs.py ALBUM        a folder of photos, 12 megapixels each for the figures in RESULTS.md
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from engine.geometry import Box
from engine.scan.walk import FoundFile, walk
from engine.thumb_store import ThumbStore
from engine.thumbs import Thumbs

BOXES = {"2 %": Box(0.4, 0.4, 0.02, 0.027), "6 %": Box(0.4, 0.4, 0.06, 0.08), "20 %": Box(0.4, 0.3, 0.2, 0.27)}
"""A face's width as a share of the photo's."""


def main() -> None:
    """Print one line a size of face and of picture."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("album", type=Path)
    parser.add_argument("--photos", type=int, default=20)
    arguments = parser.parse_args()
    found = [arguments.album / file.relpath for file in walk(arguments.album) if isinstance(file, FoundFile)]
    photos = found[:: max(len(found) // arguments.photos, 1)][: arguments.photos]
    for photo in photos:
        photo.read_bytes()
    print(f"{len(photos)} photos, files in the page cache; median milliseconds")
    with tempfile.TemporaryDirectory() as folder:
        thumbs = Thumbs(ThumbStore(Path(folder)))
        for side in (256, 512):
            for width, box in BOXES.items():
                calls = [partial(thumbs.face, photo, box, side) for photo in photos]
                print(f"face {width:>4} wide at {side}: first {_median(calls):6.1f}, again {_median(calls):5.2f}")
        calls = [partial(thumbs.photo, photo, 256) for photo in photos]
        print(f"photo at 256: first {_median(calls):6.1f}, again {_median(calls):5.2f}")


def _median(calls: Sequence[Callable[[], object]]) -> float:
    taken = []
    for call in calls:
        began = time.perf_counter()
        call()
        taken.append((time.perf_counter() - began) * 1000)
    return float(np.median(taken))


if __name__ == "__main__":
    main()
