"""What the user may set, read from a TOML file; every key is known and every value is checked."""

import os
from dataclasses import dataclass, fields
from pathlib import Path

import tomli_w

from engine.cores import usable_cores
from engine.errors import KinfolkError, UsageError
from engine.models.runtimes.running import AUTO, Running
from engine.strict_toml import Origin, read_toml
from engine.words import sentence, system_reason
from engine.words.catalogue import SYSTEM, is_there, languages

MOST_MONTHS = 600


@dataclass(frozen=True, slots=True)
class Settings:
    """An empty detector means the default one.

    `runtime` and `precision` say what runs models and with which numbers, "auto" what a measurement on this machine
    finds fastest; `providers` are devices of onnxruntime in order, and naming them means onnxruntime.
    The embedder is no setting: which one is in use is written in the library whose vectors it made.
    `threads` is how many threads work on photos, 0 for one per core that this process may use. `detection_side` is
    the longer side, in pixels, of the main look for faces, 0 for the finder's own (see `faces/finder.py`). `watch` lets
    the window scan photos by itself as they come into the folders. `read_names` lets scans read the names of people
    that other programs wrote into photos and beside them. After `strangers_months` in which nobody named somebody the
    vectors of that face are deleted (`library/expiring`); 0 keeps them. `language` is that of all texts, or "system".
    """

    detector: str = ""
    providers: tuple[str, ...] = ()
    threads: int = 0
    detection_side: int = 0
    watch: bool = True
    runtime: str = AUTO
    precision: str = AUTO
    strangers_months: int = 0
    read_names: bool = True
    language: str = SYSTEM

    def __post_init__(self) -> None:
        if not 0 <= self.threads <= 256:
            raise UsageError(
                sentence("threads is {threads}.", threads=self.threads), sentence("Use 0 (one per core) to 256.")
            )
        if self.detection_side and not 320 <= self.detection_side <= 4096:
            raise UsageError(
                sentence("detection_side is {detection_side} pixels.", detection_side=self.detection_side),
                sentence("Use 320 to 4096, or 0 (default)."),
            )
        if not 0 <= self.strangers_months <= MOST_MONTHS:
            raise UsageError(
                sentence("strangers_months is {strangers_months}.", strangers_months=self.strangers_months),
                sentence("Use 1 to {most}, or 0 (never).", most=MOST_MONTHS),
            )
        if self.language != SYSTEM and not is_there(self.language):
            hint = sentence("Use {languages}.", languages=", ".join((SYSTEM, *languages())))
            raise UsageError(sentence("There are no texts in the language {language}.", language=self.language), hint)
        Running(self.runtime, self.precision, self.providers)  # raises where they contradict each other

    @property
    def workers(self) -> int:
        """Return how many threads to use, at least one."""
        if self.threads:
            return self.threads
        return usable_cores()

    @property
    def running(self) -> Running:
        """Return how models are to be run."""
        return Running(self.runtime, self.precision, self.providers)


def load_settings(path: Path) -> Settings:
    """Read settings from `path`; a file that is not there gives the defaults.

    Raises UsageError for a file that is not TOML, an unknown key, or a value of the wrong kind or out of range.
    """
    if not path.exists():
        return Settings()
    origin = Origin(
        sentence("The settings {path}", path=path),
        hint=sentence("Correct the file or remove it."),
        retired=("embedder",),
    )
    return read_toml(path, Settings, origin)


def save_settings(path: Path, settings: Settings) -> None:
    """Write what differs from the defaults, so that `load_settings` reads the same; all of the file or nothing.

    Raises KinfolkError where it cannot be written.
    """
    table = {field.name: getattr(settings, field.name) for field in fields(Settings)}
    chosen = {name: value for name, value in table.items() if value != getattr(Settings(), name)}
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            tomli_w.dump(chosen, stream)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        hint = sentence("Check the permissions of the folder and the space on its disk.")
        raise KinfolkError(
            sentence("The settings {path} cannot be written: {reason}.", path=path, reason=system_reason(error)), hint
        ) from error
