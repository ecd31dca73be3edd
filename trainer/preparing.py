"""What a run looks at, made from its configuration: sources opened, people held out, the others' faces kept apart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from engine.errors import UsageError, said_by
from engine.progress import Progress, Workflow
from engine.strict_toml import Origin, read_table
from engine.words import sentence
from trainer.choices import SplitChoice
from trainer.config import TrainingConfig
from trainer.data.augment import Augmentation
from trainer.data.duplicate_crops import links_by_hash, perceptual_hash
from trainer.data.faces import ChosenFaces, FaceSource, Indices, numbered
from trainer.data.shared_people import Overlap, People, Reason, find_overlaps, people_of, without_overlaps
from trainer.data.splits import NO_LINKS, Split, split_events, split_people
from trainer.errors import TrainingError
from trainer.evaluation.pairs import Vectors
from trainer.evaluation.trial import Trial, trial_of_people
from trainer.loop import RunFaces
from trainer.models import Model, embed_faces, open_model
from trainer.sections import DataConfig
from trainer.sources import crops_of, open_source

MOST_HASHED = 100_000
"""Near-duplicates are looked for among at most so many faces: every pair of them is compared."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Faces for a run, the names of the people to learn, and what was found on the way.

    `overlaps` are people taken out because a test set has them; `joined` counts groups of people, or of
    events where these are held out, that share a picture and had to stay together.
    `hashed` is false where there were too many faces to look for near-duplicates. `notes` say what was left out.
    """

    faces: RunFaces
    names: tuple[str, ...]
    overlaps: tuple[Overlap, ...]
    joined: int
    hashed: bool
    notes: tuple[str, ...] = ()

    def facts(self) -> dict[str, object]:
        """Return counts for the run's papers, without a name in them."""
        held_out = self.faces.held_out
        return {
            "people": len(self.names),
            "faces": len(self.faces.labels),
            "held_out_people": 0 if held_out is None else len({face.person for face in held_out.faces}),
            "held_out_faces": 0 if held_out is None else len(held_out.faces),
            "people_taken_out_as_in_the_test_set": len(self.overlaps),
            "of_them_by_likeness": sum(1 for each in self.overlaps if each.reason is Reason.LIKENESS),
            "groups_kept_together_by_a_shared_picture": self.joined,
            "near_duplicates_looked_for": self.hashed,
            "notes": list(self.notes),
        }


def prepare_run(config: TrainingConfig, run: Path, models: Path) -> Workflow[Prepared]:
    """Open the run's faces and hold people out; photos are aligned into the run's folder first."""
    opened = yield from open_source(config.data.kind, config.data.path, crops_of(config.data, run), models)
    prepared = yield from prepare_faces(config, opened.source, run, models)
    return replace(prepared, notes=opened.notes)


def prepare_faces(config: TrainingConfig, source: FaceSource, run: Path, models: Path) -> Workflow[Prepared]:
    """Do the same with a source that is open already, such as the named people of a library.

    Raises TrainingError where fewer than two people are left to learn from.
    """
    source, overlaps = yield from _without_test_people(config.data, source, run, models)
    links = NO_LINKS
    hashed = config.data.held_out > 0 and len(source.faces) <= MOST_HASHED
    if hashed:
        links = yield from _near_duplicates(source)
    learnt, held_out, joined = _split(config, source, links)
    names, labels = numbered(learnt.faces)
    if len(names) < 2:
        alone = (
            sentence("There is only one person to learn from.") if names else sentence("There is nobody to learn from.")
        )
        raise TrainingError(alone, sentence("Add people, so that there are at least two."))
    trial = None if held_out is None else _trial(held_out, config.seed)
    faces = RunFaces(learnt, labels, augmentation_of(config.data), held_out, trial)
    return Prepared(faces, names, tuple(overlaps), joined, hashed)


def augmentation_of(data: DataConfig) -> Augmentation:
    """Return the random changes of a configuration; UsageError names what is wrong."""
    try:
        return read_table(
            Augmentation, data.augmentation, Origin(sentence("The table {name}", name="data.augmentation"))
        )
    except ValueError as error:
        raise UsageError(sentence("data.augmentation is not usable: {reason}", reason=said_by(error))) from error


def with_old(faces: RunFaces, old: Vectors) -> RunFaces:
    """Return the same faces with an older model's embeddings (n, dim)."""
    return replace(faces, old=old)


def _split(config: TrainingConfig, source: FaceSource, links: Indices) -> tuple[FaceSource, FaceSource | None, int]:
    if config.data.held_out == 0:
        return source, None, 0
    by_events = config.data.split is SplitChoice.EVENTS
    split = _by_events(config, source, links) if by_events else _by_people(config, source, links)
    return ChosenFaces(source, split.kept), ChosenFaces(source, split.held_out), len(split.joined)


def _by_people(config: TrainingConfig, source: FaceSource, links: Indices) -> Split:
    try:
        return split_people(source.faces, config.data.held_out, config.seed, links)
    except ValueError as error:
        raise TrainingError(said_by(error), sentence("Add people, or set data.held_out to 0.")) from error


def _by_events(config: TrainingConfig, source: FaceSource, links: Indices) -> Split:
    try:
        return split_events(source.faces, config.data.held_out, config.seed, links)
    except ValueError as error:
        raise TrainingError(
            said_by(error),
            sentence('Give every face a day or an event, at least two in all, or set data.split to "people".'),
        ) from error


def _trial(held_out: FaceSource, seed: int) -> Trial | None:
    """Return the questions about held-out people, None where they cannot be told right or wrong."""
    people = numbered(held_out.faces)[1]
    counts = np.bincount(people)
    return trial_of_people(people, seed) if len(counts) > 1 and counts.max() > 1 else None


def _near_duplicates(source: FaceSource) -> Workflow[Indices]:
    hashes = []
    for face in range(len(source.faces)):
        if face % 100 == 0:
            yield Progress("compare", face, len(source.faces))
        hashes.append(perceptual_hash(source.crop(face)))
    return links_by_hash(np.stack(hashes))


def _without_test_people(
    data: DataConfig, source: FaceSource, run: Path, models: Path
) -> Workflow[tuple[FaceSource, Sequence[Overlap]]]:
    """Take out the people whom the test set named in the configuration has too, by name and, if asked, by likeness."""
    if data.test is None:
        return source, ()
    # A model that is not there is told before photos are aligned for it.
    model = open_model(data.overlap_model, models) if data.overlap_model else None
    test = yield from open_source(data.test_kind, data.test, run / "test_crops", models)
    ours = yield from _people(source, model)
    theirs = yield from _people(test.source, model)
    overlaps = find_overlaps(ours, theirs, data.overlap_likeness)
    kept = without_overlaps(source.faces, overlaps)
    if len(kept) == 0:
        raise TrainingError(
            sentence("All people to learn from are in the test set too."), sentence("Name other faces in data.test.")
        )
    return ChosenFaces(source, kept), overlaps


def _people(source: FaceSource, model: Model | None) -> Workflow[People]:
    """Gather the people of a source, with their mean embeddings where there is a model."""
    if model is None:
        return people_of(source.faces)
    return people_of(source.faces, (yield from embed_faces(model, source)))
