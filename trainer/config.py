"""What a run is asked to do, checked. Nothing here imports torch."""

from dataclasses import dataclass

from engine.errors import UsageError
from engine.words import sentence
from trainer.ranges import ranges
from trainer.sections import Sections


@dataclass(frozen=True, slots=True)
class TrainingConfig(Sections):
    """All sections of a configuration, within their ranges. Raises UsageError where a number lies outside."""

    def __post_init__(self) -> None:
        for key, good, needed in ranges(self):
            if not good:
                raise UsageError(
                    sentence("The setting '{key}' is out of range.", key=key),
                    sentence("It has to be {needed}.", needed=needed),
                )
