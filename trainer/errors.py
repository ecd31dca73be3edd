"""What can stop a training run, said so that a person can act on it."""

from engine.errors import KinfolkError


class TrainingError(KinfolkError):
    """A run cannot begin or go on; the last good checkpoint stays."""
