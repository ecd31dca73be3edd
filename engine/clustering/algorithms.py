"""The plain clustering algorithms by name, with their options by name. The default of Kinfolk is `default.cluster`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.clustering.hdbscan import HdbscanOptions, hdbscan_labels
from engine.clustering.kmeans import KMeansOptions, kmeans_labels
from engine.clustering.neighbours import Vectors
from engine.clustering.plain_algorithms import (
    AverageOptions,
    DbscanOptions,
    WhispersOptions,
    average_labels,
    dbscan_labels,
    whispers_labels,
)
from engine.errors import UsageError, said_by
from engine.words import sentence

Options = TypeVar("Options")


@dataclass(frozen=True, slots=True)
class Algorithm(Generic[Options]):
    """A function from unit embeddings (n, d) and its options to labels (n,) int64, −1 for outliers."""

    options: type[Options]
    labels: Callable[[Vectors, Options], NDArray[np.int64]]

    def run(self, vectors: Vectors, settings: Mapping[str, int | float | str]) -> NDArray[np.int64]:
        """Cluster with these settings; a UsageError names a setting that is unknown, missing or of a wrong value."""
        known = [field.name for field in fields(self.options)]  # type: ignore[arg-type]  # always a dataclass
        unknown = sorted(set(settings) - set(known))
        if unknown:
            raise UsageError(
                sentence("There is no setting {unknown}.", unknown=", ".join(unknown)),
                sentence("Known are {known}.", known=", ".join(known)),
            )
        try:
            return self.labels(vectors, self.options(**settings))
        except (TypeError, ValueError) as error:
            raise UsageError(sentence("These settings cannot be used: {reason}.", reason=said_by(error))) from error


ALGORITHMS: dict[str, Algorithm[HdbscanOptions] | Algorithm[KMeansOptions] | Algorithm[DbscanOptions]
    | Algorithm[WhispersOptions] | Algorithm[AverageOptions]] = {
    "average": Algorithm(AverageOptions, average_labels),
    "dbscan": Algorithm(DbscanOptions, dbscan_labels),
    "hdbscan": Algorithm(HdbscanOptions, hdbscan_labels),
    "kmeans": Algorithm(KMeansOptions, kmeans_labels),
    "whispers": Algorithm(WhispersOptions, whispers_labels),
}  # fmt: skip


def algorithm_labels(name: str, vectors: Vectors, settings: Mapping[str, int | float | str]) -> NDArray[np.int64]:
    """Return the labels (n,) of the algorithm of this name; a UsageError for a name or a setting that is unknown."""
    if name not in ALGORITHMS:
        raise UsageError(
            sentence("There is no algorithm {name}.", name=name),
            sentence("Known are {algorithms}.", algorithms=", ".join(ALGORITHMS)),
        )
    return ALGORITHMS[name].run(vectors, settings)
