"""What can stop a training run, said so that a person can act on it."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from engine.errors import KinfolkError
from engine.words import sentence


class TrainingError(KinfolkError):
    """A run cannot begin or go on; the last good checkpoint stays."""


@contextmanager
def enough_memory(purpose: str) -> Iterator[None]:
    """Turn torch's errors about memory, which differ between GPU and CPU, into a TrainingError that says what to do."""
    try:
        yield
    except RuntimeError as error:
        if not isinstance(error, torch.OutOfMemoryError) and "allocate memory" not in str(error):
            raise
        raise TrainingError(
            sentence("There is not enough memory for {purpose}.", purpose=purpose),
            sentence("Use smaller batches or a smaller network; the last checkpoint is kept."),
        ) from error
