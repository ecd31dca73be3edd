"""A whole run: from a configuration and a folder to weights, papers and a calibration."""

import csv
from collections.abc import Sequence
from pathlib import Path

from engine.progress import Progress, Workflow
from trainer.batch_choice import fitted_batch
from trainer.checkpoint import LAST
from trainer.choices import SplitChoice
from trainer.compatible import Companion, check_dimensions
from trainer.config import TrainingConfig
from trainer.data.shared_people import Overlap
from trainer.distributed import Group, wait_for_all
from trainer.evaluation.calibration import calibrate
from trainer.evaluation.intervals import Refusal
from trainer.imported import find_start
from trainer.loop import Outcome, as_workflow, train
from trainer.models import embed_faces, open_model
from trainer.preparing import Prepared, prepare_run, with_old
from trainer.run_folder import RunFolder
from trainer.run_model import open_run, write_calibration
from trainer.state import begin

OVERLAPS = "people_taken_out.csv"


def train_run(config: TrainingConfig, run: Path, models: Path, group: Group) -> Workflow[Outcome]:
    """Begin the run in the folder `run`, or take it up where its last checkpoint stands.

    `models` is where model cards and their files lie. Closing it keeps a checkpoint. Raises UsageError for a
    configuration that cannot be, TrainingError where training cannot go on.
    """
    # Photos are aligned once, by the first process; the others find its crops.
    if not group.leads:
        wait_for_all(group)
    # What cannot be started from is told before hours of aligning.
    yield from find_start(config.model, run, models)
    prepared = yield from prepare_run(config, run, models)
    if group.leads:
        wait_for_all(group)
    return (yield from train_prepared(config, prepared, run, models, group))


def train_prepared(
    config: TrainingConfig, prepared: Prepared, run: Path, models: Path, group: Group
) -> Workflow[Outcome]:
    """Do the same with faces that are prepared already."""
    start = yield from find_start(config.model, run, models)
    faces, companion = prepared.faces, None
    config, asked = fitted_batch(config, faces.labels), config.batch.people
    if config.compatible is not None:
        old = yield from embed_faces(open_model(config.compatible.model, models), faces.source)
        check_dimensions(old.shape[1], config.model.dimension)
        faces = with_old(faces, old)
        companion = Companion(config.compatible, old, faces.labels)
    state = begin(config, prepared.names, group, companion, start)
    with RunFolder(run) as folder:
        if (run / LAST).exists():
            state.resume(run)
            if group.leads:
                folder.cut(state.step)
        elif group.leads:
            facts = {**prepared.facts(), **_where(group), **_lowered(asked, config.batch.people)}
            folder.begin(config, {**facts, **state.quick.facts()})
            if start is not None:
                start.keep(run)
            _list_overlaps(run, prepared.overlaps)
        yield Progress("train", state.step, config.steps, state.quick.sentence())
        outcome = yield from as_workflow(train(state, faces, folder), config)
    if group.leads:
        _calibrate(config, run, prepared)
    return outcome


def _where(group: Group) -> dict[str, object]:
    return {"processes": group.size, "device": str(group.device)}


def _lowered(asked: int, people: int) -> dict[str, object]:
    """Return what the run's papers say where a batch holds fewer people than was asked for."""
    return {} if people == asked else {"people_in_a_batch": f"{people}, of the {asked} asked for: there are no more"}


def _calibrate(config: TrainingConfig, run: Path, prepared: Prepared) -> None:
    """Measure what the finished run's similarities mean, on the held-out people; nothing where they are too few.

    Nor where events are held out: people who were learnt look more alike to the network than strangers will.
    """
    held_out, trial = prepared.faces.held_out, prepared.faces.trial
    if held_out is None or trial is None or config.data.split is SplitChoice.EVENTS:
        return
    model = open_run(run)
    embeddings = model.embed([held_out.crop(face) for face in range(len(held_out.faces))])
    calibration = calibrate(trial.pairs, trial.pairs.similarities(embeddings))
    if not isinstance(calibration, Refusal):
        write_calibration(run, calibration)


def _list_overlaps(run: Path, overlaps: Sequence[Overlap]) -> None:
    """Write who was taken out because the test set has them too, for the user to look at."""
    if not overlaps:
        return
    with (run / OVERLAPS).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("training", "test", "reason"))
        writer.writerows((each.training, each.test, each.reason) for each in overlaps)
