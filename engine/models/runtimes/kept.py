"""What was measured on this machine, kept in `runtimes.json` beside the models; it may be deleted at any time."""

import hashlib
import json
import os
import platform
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from engine.models.runtimes.running import Precision, Way
from engine.models.runtimes.trying import Tried
from engine.words import recalled, stored

FILE = "runtimes.json"
MOST = 64
"""Records that are kept: models, times processors and versions where a folder of models travels."""


@dataclass(frozen=True, slots=True)
class Record:
    """How one graph runs on one processor by these versions of the runtimes."""

    graph: str
    processor: str
    versions: tuple[str, ...]
    tried: tuple[Tried, ...]

    def failed(self, way: Way, reason: str) -> "Record":
        """Return the record with a way that failed after all."""
        return replace(self, tried=tuple(Tried(way, failure=reason) if it.way == way else it for it in self.tried))


def processor() -> str:
    """Return the name of this machine's processor, with a digest of what it can do where the system tells (Linux)."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return f"{platform.system()} {platform.machine()} {platform.processor()}".strip()
    lines = [line.partition(":") for line in text.splitlines()]
    told: dict[str, str] = {}
    for key, _, value in lines:
        told.setdefault(key.strip(), value.strip())
    name = told.get("model name") or f"{platform.machine()} processor"
    flags = told.get("flags") or told.get("Features") or ""
    return f"{name}, {hashlib.sha256(flags.encode()).hexdigest()[:8]}"


def find(folder: Path, graph: Path, versions: Mapping[str, str]) -> Record | None:
    """Return what was measured of this graph here with these runtimes, None where nothing was."""
    wanted = _key(graph, versions)
    return next(
        (record for record in _read(folder) if (record.graph, record.processor, record.versions) == wanted), None
    )


def keep(folder: Path, record: Record) -> None:
    """Write a record in the place of an older one of the same graph and processor.

    Where the folder cannot be written nothing is kept, and the next process measures again.
    """
    others = [it for it in _read(folder) if (it.graph, it.processor) != (record.graph, record.processor)]
    part = folder / f"{FILE}.{os.getpid()}.part"
    with suppress(OSError):
        part.write_text(json.dumps([_table(it) for it in (*others, record)[-MOST:]], indent=1), encoding="utf-8")
        part.replace(folder / FILE)


def make(graph: Path, versions: Mapping[str, str], tried: Sequence[Tried]) -> Record:
    """Return the record of a measurement that was made here and now."""
    return Record(*_key(graph, versions), tuple(tried))


def _key(graph: Path, versions: Mapping[str, str]) -> tuple[str, str, tuple[str, ...]]:
    # A runnable graph's name holds the hashes of its source and of itself.
    return graph.name, processor(), tuple(sorted(versions.values()))


def _read(folder: Path) -> list[Record]:
    """Return all records; a file that is none of ours counts for nothing, since all of it can be measured again."""
    try:
        table = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return [_record(entry) for entry in table]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return []


def _table(record: Record) -> dict[str, object]:
    """Return a record as JSON has it."""
    table = asdict(record)
    for it in table["tried"]:
        it["failure"] = stored(it["failure"])
    return table


def _record(entry: Mapping[str, object]) -> Record:
    tried = []
    for it in entry["tried"]:  # type: ignore[attr-defined]  # whatever is wrong with it makes the file none of ours
        way = it["way"]
        exact = Way(str(way["runtime"]), str(way["device"]), Precision(way["precision"]))
        tried.append(Tried(exact, float(it["per_second"]), float(it["agreement"]), recalled(str(it["failure"]))))
    versions = tuple(str(version) for version in entry["versions"])  # type: ignore[attr-defined]  # likewise
    return Record(str(entry["graph"]), str(entry["processor"]), versions, tuple(tried))
