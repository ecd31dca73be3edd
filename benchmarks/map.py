"""The map of faces: how long it takes to lay it out, what it keeps of who is like whom, and frames when it is moved.

    QT_QPA_PLATFORM=offscreen python benchmarks/map.py [--sizes 1000 10000 100000] [--peer-up-to 10000] [--only frames]

Faces are drawn as in `generated_library.py`: unit vectors of 128 numbers around one direction a person. The peers, in
the same run, are scikit-learn's TSNE with as many threads, and umap-learn where it is installed. Trustworthiness (Venna
and Kaski 2001, 12 neighbours) says how many of the neighbours on the map are neighbours indeed, on at most 2,000 faces;
"same person" is the share of a face's five neighbours on the map that are the same person. Every layout runs in a
process of its own.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

JUDGED = 2_000


def faces(count: int, seed: int = 1) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return unit vectors (n, 128) and who they are: everybody 50 times on average, few often."""
    rng = np.random.default_rng(seed)
    people = max(20, count // 50)
    weight = 1 / np.arange(1, people + 1) ** 0.7
    who = rng.choice(people, count, p=weight / weight.sum())
    centres = rng.normal(size=(people, 128))
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    vectors = centres[who] + rng.normal(size=(count, 128)) * rng.uniform(0.5, 1.2, (count, 1)) / np.sqrt(128)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), who


def ours(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Lay out as Kinfolk does: openTSNE."""
    from engine.layout.tsne import lay_out
    from engine.progress import finish

    return finish(lay_out(vectors))


def scikit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Lay out by scikit-learn's TSNE with its usual rounds, from the same start."""
    from sklearn.manifold import TSNE

    return TSNE(perplexity=15, init="pca", random_state=0, n_jobs=os.cpu_count()).fit_transform(vectors)


def umap(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Lay out by umap-learn with its usual settings; a seed takes its threads away."""
    from umap import UMAP

    return UMAP(init="pca", random_state=0, n_jobs=1).fit_transform(vectors)


OURS = "openTSNE (ours)"
WAYS = {OURS: ours, "scikit-learn": scikit, "umap-learn": umap}


def judge(vectors: NDArray[np.float32], who: NDArray[np.int64], points: NDArray[np.float32]) -> tuple[float, float]:
    """Return trustworthiness and the share of neighbours that are the same person."""
    from sklearn.manifold import trustworthiness
    from sklearn.neighbors import NearestNeighbors

    rows = np.random.default_rng(0).choice(len(vectors), min(JUDGED, len(vectors)), replace=False)
    trusted = trustworthiness(vectors[rows], points[rows], n_neighbors=12)
    near = NearestNeighbors(n_neighbors=6).fit(points).kneighbors(points[rows], return_distance=False)[:, 1:]
    return float(trusted), float((who[near] == who[rows][:, None]).mean())


def lay_out_one(way: str, count: int) -> None:
    """Lay out and print the figures as JSON."""
    vectors, who = faces(count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, worked = time.perf_counter(), time.process_time()
    points = WAYS[way](vectors)
    seconds, worked = time.perf_counter() - began, time.process_time() - worked
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    trusted, same = judge(vectors, who, points)
    print(json.dumps({"seconds": seconds, "worked": worked, "memory": memory / 1024, "trusted": trusted, "same": same}))


def child(*words: str) -> dict[str, float]:
    """Run one part in a process of its own."""
    command = [sys.executable, __file__, "--part", *words]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> None:
    """Print tables, or be one part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--peer-up-to", type=int, default=10_000)
    parser.add_argument("--faces", type=int, default=100_000, help="on the map that is moved")
    parser.add_argument("--only", choices=("layout", "frames"))
    parser.add_argument("--part", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.part:
        lay_out_one(given.part[0], int(given.part[1]))
        return
    if given.only != "frames":
        print("| faces | by | seconds | of processors | memory beside the vectors | trustworthiness | same person |")
        print("| --- " * 7 + "|", flush=True)
        for count in given.sizes:
            for way in WAYS:
                is_peer = way != OURS
                if (is_peer and count > given.peer_up_to) or (way == "umap-learn" and not find_spec("umap")):
                    continue
                found = child(way, str(count))
                print(
                    f"| {count:,} | {way} | {found['seconds']:.1f} | {found['worked']:.1f} | {found['memory']:.0f} MB "
                    f"| {found['trusted']:.3f} | {found['same']:.3f} |",
                    flush=True,
                )
    if given.only != "layout":
        from map_frames import measure

        print("\n| what | figure |\n| --- | --- |")
        for name, figure in measure(faces(given.faces)[1]).items():
            print(f"| {name} | {figure} |", flush=True)


if __name__ == "__main__":
    main()
