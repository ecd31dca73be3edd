"""What a look at Kinfolk finds, and how the looks are kept from hindering each other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from engine.errors import KinfolkError
from engine.system_libraries import missing_library
from engine.words import sentence, system_reason


class Verdict(StrEnum):
    """FINE; MISSING: something that can be had is not there; BAD: Kinfolk will not work before it is mended."""

    FINE = "ok"
    MISSING = "--"
    BAD = "!!"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `remedy` says what to do where it is not fine."""

    subject: str
    verdict: Verdict
    detail: str
    remedy: str = ""


def guarded(subject: str, section: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """Yield the findings of a section; what ends it early is its last one, and the other sections go on."""
    try:
        yield from section()
    except KinfolkError as error:
        yield Finding(subject, Verdict.BAD, error.message, error.hint)
    except ImportError as error:
        spoken = missing_library(error) or KinfolkError(
            sentence("The module cannot be loaded: {reason}.", reason=str(error)),
            sentence("Install what is missing, or Kinfolk anew."),
        )
        yield Finding(subject, Verdict.BAD, spoken.message, spoken.hint)
    except OSError as error:
        detail = sentence(
            "The system refuses {what}: {reason}.",
            what=error.filename or sentence("to look"),
            reason=system_reason(error),
        )
        yield Finding(subject, Verdict.BAD, detail, sentence("Check the disk and its permissions."))
