"""Who reads the photos of a scan: this process, or the workers of a cluster."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.models.card import ModelCard
from engine.settings import Settings
from engine.workflows.scan.cluster.reading_there import open_cluster
from engine.workflows.scan.opening_models import open_analyser
from engine.workflows.scan.reading import PhotoReader


@contextmanager
def open_reader(
    detector: ModelCard, embedder: ModelCard, models: Path, settings: Settings, *, cluster: str = ""
) -> Iterator[PhotoReader]:
    """Open what reads photos, for as long as the context lasts; the models' files must be in the folder `models`.

    `cluster` is the address of a Ray cluster whose workers are to read them, empty where this process is.

    Raises ModelError where a model cannot be opened, and ClusterError where a cluster is asked for and cannot be used.
    """
    analyser = open_analyser(detector, embedder, models, settings)
    if not cluster:
        yield analyser
        return
    with open_cluster(analyser, models, settings, cluster) as reader:
        yield reader
