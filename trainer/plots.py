"""Pictures of runs and evaluations, as matplotlib figures without a window."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from engine.cores import count_cores_quietly
from trainer.evaluation.pairs import Indices, Vectors
from trainer.evaluation.verification import Roc, Scores

Series = Mapping[str, tuple[Sequence[float], Sequence[float]]]
"""Name of a curve → its x and its y values."""

MAP_FACES = 2_000
"""A t-SNE map of more faces takes minutes and shows a blot."""


def png(figure: Figure) -> bytes:
    """Return the figure as a PNG file."""
    held = io.BytesIO()
    figure.savefig(held, format="png", dpi=110)
    return held.getvalue()


def save(figure: Figure, path: Path) -> None:
    """Write the figure as a PNG file, whole or not at all."""
    partial = path.with_suffix(".partial")
    partial.write_bytes(png(figure))
    partial.replace(path)


def draw_curves(panels: Mapping[str, Series]) -> Figure:
    """Draw one panel for each entry, its curves over the training steps."""
    figure = Figure(figsize=(5 * len(panels), 3.5), layout="constrained")
    axes = np.atleast_1d(np.asarray(figure.subplots(1, len(panels))))
    for axis, (title, series) in zip(axes, panels.items(), strict=True):
        for name, (x, y) in series.items():
            axis.plot(x, y, label=name, linewidth=1, marker="." if len(x) < 50 else "")
        _finish(axis, title, "step")
        if len(series) > 1:
            axis.legend()
    return figure


def draw_roc(curves: Mapping[str, Roc]) -> Figure:
    """Draw VAL over FAR, FAR on a logarithmic axis, one curve for each model."""
    figure = Figure(figsize=(5.5, 4.5), layout="constrained")
    axis = figure.subplots()
    for name, roc in curves.items():
        seen = roc.far > 0
        axis.plot(roc.far[seen], roc.val[seen], label=name)
    axis.set_xscale("log")
    axis.set_ylabel("VAL: pairs of one person accepted")
    axis.set_ylim(0, 1.01)
    _finish(axis, "ROC", "FAR: pairs of two people accepted")
    axis.legend()
    return figure


def draw_cost(points: Mapping[str, tuple[int, float]], figure_name: str) -> Figure:
    """Draw a figure of each model over its operations for one crop, as FaceNet's figure 4 does."""
    figure = Figure(figsize=(5.5, 4.5), layout="constrained")
    axis = figure.subplots()
    for name, (flops, value) in points.items():
        axis.scatter([flops], [value], label=name)
    axis.set_xscale("log")
    axis.set_ylabel(figure_name)
    _finish(axis, "What accuracy costs", "floating point operations for one crop")
    axis.legend()
    return figure


def draw_similarities(scores: Scores, same: NDArray[np.bool_]) -> Figure:
    """Draw the histograms of the cosines (n,) of pairs of one person and of two."""
    figure = Figure(figsize=(5.5, 4.5), layout="constrained")
    axis = figure.subplots()
    for kind, name in ((same, "one person"), (~same, "two people")):
        axis.hist(scores[kind], bins=80, range=(-1, 1), density=True, alpha=0.6, label=f"{name} ({int(kind.sum()):,})")
    axis.set_ylabel("density")
    _finish(axis, "Similarity of pairs", "cosine")
    axis.legend()
    return figure


def draw_map(embeddings: Vectors, people: Indices, seed: int) -> Figure:
    """Draw a t-SNE map (van der Maaten and Hinton 2008) of at most `MAP_FACES` faces, coloured by person."""
    from sklearn.manifold import TSNE

    count_cores_quietly()
    chosen = np.sort(np.random.default_rng(seed).permutation(len(people))[:MAP_FACES])
    perplexity = min(30.0, (len(chosen) - 1) / 3)
    layout = TSNE(perplexity=perplexity, init="pca", metric="cosine", random_state=seed)
    points = layout.fit_transform(embeddings[chosen])
    return draw_points({"t-SNE map of the faces": (points, people[chosen])})


def draw_points(panels: Mapping[str, tuple[NDArray[np.floating], Indices]]) -> Figure:
    """Draw points (n, 2), coloured by label (n,), one panel for each entry."""
    figure = Figure(figsize=(5 * len(panels), 5), layout="constrained")
    axes = np.atleast_1d(np.asarray(figure.subplots(1, len(panels))))
    for axis, (title, (points, labels)) in zip(axes, panels.items(), strict=True):
        axis.scatter(points[:, 0], points[:, 1], c=labels % 20, cmap="tab20", s=6, linewidths=0)
        axis.set_title(title)
        axis.set_aspect("equal", adjustable="datalim")
    return figure


def draw_pairs(pairs: Sequence[tuple[NDArray[np.uint8], NDArray[np.uint8], str]]) -> Figure:
    """Draw pairs of crops (112, 112, 3) RGB side by side, each with its line of text above."""
    columns = 4
    rows = max(-(-len(pairs) // columns), 1)
    figure = Figure(figsize=(3 * columns, 1.9 * rows), layout="constrained")
    axes = np.asarray(figure.subplots(rows, columns, squeeze=False)).ravel()
    for axis in axes:
        axis.set_axis_off()
    for axis, (first, second, text) in zip(axes, pairs, strict=False):
        axis.imshow(np.hstack([first, second]))
        axis.set_title(text, fontsize=9)
    return figure


def _finish(axis: Axes, title: str, below: str) -> None:
    axis.set_title(title)
    axis.set_xlabel(below)
    axis.grid(visible=True, alpha=0.3)
