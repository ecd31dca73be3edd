"""Which batches a configuration asks for."""

from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from engine.errors import said_by
from engine.words import sentence
from trainer.backbones import Backbone
from trainer.choices import BatchKind
from trainer.config import TrainingConfig
from trainer.data.batches import Batches, FaceNetBatches, PKBatches, ShuffledBatches
from trainer.data.faces import FaceSource, Labels
from trainer.data.offline_mining import Choice, OfflineMining, TripletBatches
from trainer.embedding import embed_source
from trainer.errors import TrainingError
from trainer.sections import BatchConfig


def make_batches(config: BatchConfig, labels: Labels, seed: int) -> Batches:
    """Return the batches of a configuration over faces with these labels (n,); TrainingError where they are too few."""
    try:
        if config.kind is BatchKind.SHUFFLED:
            return ShuffledBatches(len(labels), config.people * config.faces, seed)
        if config.kind is BatchKind.FACENET:
            return FaceNetBatches(labels, config.people, config.faces, config.negatives, seed)
        return PKBatches(labels, config.people, config.faces, seed)
    except ValueError as error:
        raise TrainingError(
            said_by(error), sentence("Set batch.people and batch.faces lower, or add people.")
        ) from error


def fitted_batch(config: TrainingConfig, labels: Labels) -> TrainingConfig:
    """Return the configuration with no more people in a batch than labels (n,) have, nor more faces than there are.

    Where people count, those with two faces at least do for FaceNet's batches.
    """
    batch, counts = config.batch, np.bincount(labels)
    most = {
        BatchKind.PEOPLE: int((counts > 0).sum()),
        BatchKind.FACENET: int((counts > 1).sum()),
        BatchKind.SHUFFLED: len(labels) // batch.faces,
    }[batch.kind]
    if config.mining.every or not 0 < most < batch.people:
        return config
    return replace(config, batch=replace(batch, people=most))


def mining_due(config: TrainingConfig, step: int) -> bool:
    """Say whether triplets are mined offline before this step (from 0)."""
    return config.mining.every > 0 and _mining(config).due(step)


def mine_offline(config: TrainingConfig, backbone: Backbone, source: FaceSource, labels: Labels, step: int) -> Tensor:
    """Return triplets (T, 3) int64 of anchors, positives and negatives by the network as it is at this step."""
    embeddings = embed_source(backbone, source)
    table = _mining(config).mine(embeddings, labels, np.random.default_rng((config.seed, step)))
    return torch.from_numpy(table)


def triplet_batches(config: TrainingConfig, mined: Tensor) -> Batches:
    """Return batches of mined triplets; TrainingError where nothing was found to learn from."""
    size = max(config.batch.people * config.batch.faces // 3, 1)
    if not len(mined):
        raise TrainingError(
            sentence("Offline mining found no triplet."),
            sentence("Every person is apart already, or the embeddings have collapsed."),
        )
    return TripletBatches(mined.numpy(), min(size, len(mined)), config.seed)


def _mining(config: TrainingConfig) -> OfflineMining:
    mining = config.mining
    return OfflineMining(mining.every, mining.margin, Choice(mining.choice.value), mining.subset)
