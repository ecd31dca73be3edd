"""How models are to be run, as the user says it, and one exact way of running them. Nothing heavy is imported here."""

from dataclasses import dataclass
from enum import StrEnum

from engine.errors import UsageError
from engine.words import Sentence, sentence

AUTO = "auto"


class Precision(StrEnum):
    """The numbers that a network computes with."""

    FLOAT32 = "float32"
    BFLOAT16 = "bfloat16"
    FLOAT16 = "float16"


@dataclass(frozen=True, slots=True)
class Way:
    """One way of running a graph: by which runtime, on which device (that runtime's word), with which numbers."""

    runtime: str
    device: str
    precision: Precision

    def __str__(self) -> str:
        return self.sentence()

    def sentence(self) -> Sentence:
        """Return the way as it is said."""
        return sentence(
            "{runtime} on {device} in {precision}",
            runtime=self.runtime,
            device=self.device,
            precision=str(self.precision),
        )


PLAIN_WAY = Way("onnxruntime", "cpu", Precision.FLOAT32)
"""What is always there, and what every other way has to agree with."""


@dataclass(frozen=True, slots=True)
class Running:
    """Which ways are wanted: `auto` leaves that to a measurement.

    `providers` are onnxruntime's devices in order; naming them means onnxruntime, as it would run by itself.
    """

    runtime: str = AUTO
    precision: str = AUTO
    providers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.precision not in (AUTO, *Precision):
            known = ", ".join((AUTO, *Precision))
            raise UsageError(
                sentence("There is no precision named '{precision}'.", precision=self.precision),
                sentence("Known precisions: {known}.", known=known),
            )
        by_onnxruntime = self.runtime == PLAIN_WAY.runtime or (self.runtime == AUTO and bool(self.providers))
        if self.providers and not by_onnxruntime:
            raise UsageError(
                sentence(
                    "Providers are those of onnxruntime, and the runtime that is set is '{runtime}'.",
                    runtime=self.runtime,
                ),
                sentence("Leave out the providers or the runtime."),
            )
        if by_onnxruntime and self.precision not in (AUTO, PLAIN_WAY.precision):
            raise UsageError(
                sentence(
                    "onnxruntime computes in {precision}, not in {precision_2}.",
                    precision=PLAIN_WAY.precision,
                    precision_2=self.precision,
                ),
                sentence("Leave out the precision, or set another runtime."),
            )

    def wants(self, way: Way) -> bool:
        """Say whether this way is among the wanted ones; providers are not asked."""
        return self.runtime in (AUTO, way.runtime) and self.precision in (AUTO, way.precision)


BY_ONNXRUNTIME = Running(PLAIN_WAY.runtime)
"""By onnxruntime, on the best device that it can start."""

PLAIN = Running(PLAIN_WAY.runtime, Precision.FLOAT32, ("cpu",))
"""The reference: the same numbers on every machine, but for rounding."""
