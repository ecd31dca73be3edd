"""The ways to group faces that the user may choose, and what can be set in each."""

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

DEFAULT = "default"
"""Kinfolk's own clustering, as `workflows.regroup` calls it; that is imported where it runs, as it is slow to load."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that can be set: whole if `step` is, between `least` and `most`; None as `usual`: proposed by itself."""

    name: str
    words: str
    usual: int | float | None
    least: int | float
    most: int | float
    step: int | float = 1


@dataclass(frozen=True, slots=True)
class Choice:
    """An algorithm by its name in the engine, what it is called, what it does in a sentence, and its parameters."""

    name: str
    title: str
    words: str
    parameters: tuple[Parameter, ...] = ()


_LIKENESS = str(QT_TRANSLATE_NOOP("Groupings", "Least likeness"))

CHOICES = (
    Choice(
        DEFAULT,
        str(QT_TRANSLATE_NOOP("Groupings", "Kinfolk's own")),
        str(QT_TRANSLATE_NOOP("Groupings", "Obeys everything you said, and needs no settings.")),
    ),
    Choice(
        "hdbscan",
        str(QT_TRANSLATE_NOOP("Groupings", "HDBSCAN")),
        str(QT_TRANSLATE_NOOP("Groupings", "Finds dense groups of any size; what lies between them stays unsorted.")),
        (
            Parameter("min_cluster_size", str(QT_TRANSLATE_NOOP("Groupings", "Least faces of a group")), 3, 2, 50),
            Parameter("min_samples", str(QT_TRANSLATE_NOOP("Groupings", "Caution (neighbours)")), 2, 1, 20),
        ),
    ),
    Choice(
        "kmeans",
        str(QT_TRANSLATE_NOOP("Groupings", "k-means")),
        str(QT_TRANSLATE_NOOP("Groupings", "Makes as many groups as you say, all of them round.")),
        (Parameter("k", str(QT_TRANSLATE_NOOP("Groupings", "Number of people")), None, 1, 5000),),
    ),
    Choice(
        "average",
        str(QT_TRANSLATE_NOOP("Groupings", "Average linkage")),
        str(QT_TRANSLATE_NOOP("Groupings", "Joins groups while their faces are alike on average.")),
        (Parameter("similarity", _LIKENESS, 0.4, 0.0, 1.0, 0.02),),
    ),
    Choice(
        "dbscan",
        str(QT_TRANSLATE_NOOP("Groupings", "DBSCAN")),
        str(QT_TRANSLATE_NOOP("Groupings", "Joins whatever is connected by faces that are alike.")),
        (
            Parameter("similarity", _LIKENESS, 0.5, 0.0, 1.0, 0.02),
            Parameter("min_samples", str(QT_TRANSLATE_NOOP("Groupings", "Caution (neighbours)")), 3, 1, 20),
        ),
    ),
    Choice(
        "whispers",
        str(QT_TRANSLATE_NOOP("Groupings", "Chinese whispers")),
        str(QT_TRANSLATE_NOOP("Groupings", "Every face takes the group of most of its neighbours, round after round.")),
        (
            Parameter("similarity", _LIKENESS, 0.5, 0.0, 1.0, 0.02),
            Parameter("neighbours", str(QT_TRANSLATE_NOOP("Groupings", "Neighbours looked at")), 48, 2, 200),
        ),
    ),
)


def spoken(text: str) -> str:
    """Return one of the texts above in the user's language."""
    return QCoreApplication.translate("Groupings", text)
