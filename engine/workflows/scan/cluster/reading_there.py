"""Reading the photos of a scan on a cluster: the other `PhotoReader` beside `Analyser`."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import ClusterError
from engine.faces.embed import Embedder
from engine.models.card import ModelCard
from engine.models.fetch import verify
from engine.settings import Settings
from engine.words import sentence
from engine.workflows.scan.analysis import Analyser
from engine.workflows.scan.cluster.agreement import versions
from engine.workflows.scan.cluster.crew import Answered, Crew
from engine.workflows.scan.cluster.dealing import Dealing
from engine.workflows.scan.cluster.ray_door import connect, leave, require_answer
from engine.workflows.scan.cluster.worker import Errand, is_as_found
from engine.workflows.scan.reading import Pace, PhotoFile, Reading, Result

HELD = 2
"""Batches that a worker holds: one that it reads, and one so that it need not wait for the next."""

PATIENCE = 0.2
"""Seconds without a result after which the scan is told so, to report and to be cancelled."""

LISTENING = 5.0
"""Seconds without a result after which the cluster is asked whether it is still there."""

NOBODY_COMES = 180.0
"""Seconds without a worker that is ready, until the scan ends: a first worker may measure runtimes for a minute."""


class ClusterReader:
    """Reads photos by the workers of a cluster. What they do with a photo is what `analyser` would do here."""

    def __init__(self, address: str, crew: Crew, analyser: Analyser) -> None:
        self._address, self._crew, self._analyser = address, crew, analyser
        self._told: dict[str, None] = {}

    @property
    def detector(self) -> ModelCard:
        """What finds the faces."""
        return self._analyser.detector

    @property
    def embedder(self) -> Embedder:
        """The embedder in use, on this machine."""
        return self._analyser.embedder

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about workers that are not used, and about what did not go as wanted here or there."""
        return (*self._analyser.notices, *self._crew.notices, *self._told)

    @property
    def outlives_photos(self) -> bool:
        """True: a photo that ends its worker is found out here."""
        return True

    def read(self, files: Iterable[PhotoFile], pace: Pace) -> Reading:
        """Read photos on the cluster, by as many workers as it has processors, whatever the `pace` of this machine.

        At most `HELD` batches a worker are under way. Raises ClusterError where the cluster or all its workers are
        gone, and ModelError where a model fails.
        """
        del pace  # says how threads of this process read
        dealing = Dealing(files)
        heard = waited_since = time.monotonic()
        while True:
            for hand in self._crew.ready:
                while len(hand.held) < HELD and (batch := dealing.next_for(hand.held.values())) is not None:
                    self._crew.give(hand, batch)
            if self._crew.ready:
                waited_since = time.monotonic()
                if not any(hand.held for hand in self._crew.ready):
                    return
            elif time.monotonic() - waited_since > NOBODY_COMES:
                raise ClusterError(
                    sentence("No worker of the cluster has begun to read."),
                    sentence("`ray status` says what they wait for."),
                )
            if results := list(self._happened(dealing)):
                heard = time.monotonic()
            elif time.monotonic() - heard > LISTENING:
                require_answer(self._address)
                heard = time.monotonic()
            yield from results or (None,)

    def _happened(self, dealing: Dealing) -> Iterator[Result]:
        for event in self._crew.wait(PATIENCE):
            if isinstance(event, Answered):
                yield from self._results(event, dealing)
            elif event.held:
                yield from dealing.died(event.held)

    def _results(self, event: Answered, dealing: Dealing) -> Iterable[Result]:
        """Return what came of a batch, unless the worker saw other files than this machine does."""
        dealing.answered()
        self._told |= dict.fromkeys(event.answer.notices)
        for file, as_found in zip(event.batch.files, event.answer.as_found, strict=True):
            if not as_found and is_as_found(file):
                reason = sentence(
                    "it does not see {path} as this machine does. Folders must have the same paths on both.",
                    path=file.path,
                )
                dealing.take_back((event.batch, *self._crew.dismiss(event.hand, reason)))
                return ()
        return event.answer.results


@contextmanager
def open_cluster(analyser: Analyser, models: Path, settings: Settings, address: str) -> Iterator[ClusterReader]:
    """Connect to the cluster at an address for as long as the context lasts; its workers end with that.

    `analyser` has the scan's models on this machine; their files lie in `models`. Raises what `connect` and `Crew` do.
    """
    cards = (analyser.detector, analyser.embedder.card)
    files = [verify(card, models).read_bytes() for card in cards]
    ray = connect(address)
    try:
        crew = Crew(ray, Errand(*cards, settings, versions()), *files)
        del files
        yield ClusterReader(address, crew, analyser)
    finally:
        leave(ray, address)
