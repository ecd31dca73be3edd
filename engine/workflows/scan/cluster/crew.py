"""The workers of a cluster as actors of Ray: started, given photos, and replaced where they die."""

from dataclasses import dataclass, field
from typing import Any

from engine.errors import ClusterError, KinfolkError
from engine.words import following, sentence
from engine.workflows.scan.cluster.dealing import Batch
from engine.workflows.scan.cluster.worker import Answer, Begun, Errand, Worker

STILLBORN = 3
"""So many workers may die before they can read until no more are started."""


@dataclass(eq=False, slots=True)
class Hand:
    """One worker: Ray's handle of its actor, where it runs (known once it has begun), and what it holds."""

    actor: Any
    host: str = ""
    is_ready: bool = False
    held: dict[Any, Batch] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answered:
    """A worker has read what it was given."""

    hand: Hand
    batch: Batch
    answer: Answer


@dataclass(frozen=True, slots=True)
class Died:
    """A worker is no more, and what it held is not read."""

    held: tuple[Batch, ...]


class Crew:
    """A worker for each processor of the cluster; those that others use begin when they are free.

    The models are put into the cluster once; each machine has one copy in memory, whatever its workers.
    """

    def __init__(self, ray: Any, errand: Errand, detector: bytes, embedder: bytes) -> None:
        self._ray = ray
        self._words = (ray.put(errand), ray.put(detector), ray.put(embedder))
        self._actor = ray.remote(Worker).options(num_cpus=1, max_restarts=0, max_task_retries=0)
        self._beginning: dict[Any, Hand] = {}
        self._hands: list[Hand] = []
        self._stillborn = 0
        self._reasons: dict[str, None] = {}
        processors = int(ray.cluster_resources().get("CPU", 0))
        if processors < 1:
            raise ClusterError(
                sentence("The cluster has no processor to read photos with."), sentence("Let other machines join it.")
            )
        for _ in range(processors):
            self._start()

    @property
    def ready(self) -> tuple[Hand, ...]:
        """The workers that can be given photos."""
        return tuple(hand for hand in self._hands if hand.is_ready)

    @property
    def notices(self) -> tuple[str, ...]:
        """Why workers are not used, a sentence each."""
        return tuple(self._reasons)

    def give(self, hand: Hand, batch: Batch) -> None:
        """Let a worker read photos, after those that it holds already."""
        hand.held[hand.actor.read.remote(batch.files)] = batch

    def wait(self, seconds: float) -> list[Answered | Died]:
        """Return what has happened, waiting for the first of it so many seconds.

        Raises ClusterError where nobody is left, and what a worker met that is no photo's fault.
        """
        owners = self._beginning | {answer: hand for hand in self._hands for answer in hand.held}
        if not owners and not self._hands:
            raise ClusterError(sentence("No worker of the cluster can read photos."), following(*self._reasons))
        if not owners:
            return []
        done, _ = self._ray.wait(list(owners), num_returns=1, timeout=seconds, fetch_local=False)
        happened = (self._settle(answer, owners[answer]) for answer in done)
        return [event for event in happened if event is not None]

    def dismiss(self, hand: Hand, reason: str) -> tuple[Batch, ...]:
        """Send a worker away, noting why, and return what it held."""
        self._reasons[sentence("A worker on {host} was left out: {reason}", host=hand.host, reason=reason)] = None
        return self._end(hand)

    def _start(self) -> None:
        hand = Hand(self._actor.remote())
        self._beginning[hand.actor.begin.remote(*self._words)] = hand

    def _settle(self, answer: Any, hand: Hand) -> Answered | Died | None:
        errors = self._ray.exceptions
        is_beginning = self._beginning.pop(answer, None) is not None
        try:
            given: Answer | Begun = self._ray.get(answer)
        except errors.RayTaskError as error:
            raise _cause_of(error) from error
        except errors.RayError:
            return self._bury(hand, is_beginning=is_beginning)
        if isinstance(given, Begun):
            self._welcome(hand, given)
            return None
        return Answered(hand, hand.held.pop(answer), given)

    def _welcome(self, hand: Hand, begun: Begun) -> None:
        hand.host = begun.host
        if begun.refusal:
            self.dismiss(hand, begun.refusal)
            return
        self._stillborn = 0
        hand.is_ready = True
        self._hands.append(hand)

    def _bury(self, hand: Hand, *, is_beginning: bool) -> Died:
        held = self._end(hand)
        self._stillborn += is_beginning
        if self._stillborn < STILLBORN:
            self._start()
        elif is_beginning:
            dying = sentence("Workers die as they begin. Is Kinfolk installed on their machines, for Ray's Python?")
            self._reasons[dying] = None
        return Died(held)

    def _end(self, hand: Hand) -> tuple[Batch, ...]:
        held = tuple(hand.held.values())
        hand.held.clear()
        if hand in self._hands:
            self._hands.remove(hand)
        self._ray.kill(hand.actor)
        return held


def _cause_of(error: Any) -> Exception:
    """Return what a worker raised: a sentence for a person as it is, else the whole report, for it is our fault."""
    cause = error.cause
    return cause if isinstance(cause, KinfolkError) else error
