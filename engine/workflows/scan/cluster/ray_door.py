"""The door to Ray: imported only when a cluster is asked for, quiet, and reporting nothing to anybody."""

import atexit
import logging
import os
import re
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from engine.errors import ClusterError, UsageError
from engine.extras import installing
from engine.words import sentence

QUIET = {
    # Set before ray is imported. What the cluster itself would report is asked of its head (`_require_silence`).
    "RAY_USAGE_STATS_ENABLED": "0",
    # Ray prints what happens to workers to stdout, where --json is; a line that matches is left out.
    "RAY_DEDUP_LOGS_SKIP_REGEX": ".",
    # Else SIGTERM, which ends a scan in order, ends the process three seconds later as if it had crashed.
    "RAY_DISABLE_FAILURE_SIGNAL_HANDLER": "1",
}

KNOCK = 5.0
"""Seconds in which the address has to answer; Ray itself would try for many minutes."""

ANSWER = 60.0
"""Seconds for a first answer of the head: a process of Python starts there."""

HEAD = "node:__internal_head__"
"""The resource by which Ray marks the head of a cluster."""

SILENT = "RAY_USAGE_STATS_ENABLED=0 ray start --head --include-dashboard=false"

_ADDRESS = re.compile(r"(?P<host>[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\]):(?P<port>[0-9]{1,5})")


def check_address(address: str) -> tuple[str, int]:
    """Return host and port. Raises UsageError for anything but HOST:PORT."""
    found = _ADDRESS.fullmatch(address)
    if found is None or not 0 < int(found["port"]) < 65536:
        raise UsageError(
            sentence("'{address}' is no address of a cluster.", address=address),
            sentence("Write HOST:PORT, as `ray start --head` prints it."),
        )
    return found["host"].strip("[]"), int(found["port"])


def require_answer(address: str) -> None:
    """Raise ClusterError where nobody answers at an address of a cluster.

    Where a cluster is gone Ray says nothing for a minute, and then ends the process.
    """
    try:
        socket.create_connection(check_address(address), KNOCK).close()
    except OSError as error:
        hint = sentence("Start it on that machine with: {command}", command=SILENT)
        raise ClusterError(sentence("No cluster answers at {address}.", address=address), hint) from error


def connect(address: str) -> Any:  # ray has no types that mypy is shown
    """Return the module ray, connected to the cluster at `address` (HOST:PORT); whoever calls ends it with `leave`.

    Raises UsageError for what is no address, and ClusterError where the package is missing, nobody answers, the
    cluster's Ray or Python is another one, this machine is not part of it, or it would report its use.
    """
    check_address(address)
    os.environ.update(QUIET)
    with _handlers_kept():
        ray = _load()
        logging.getLogger("ray").setLevel(logging.CRITICAL)  # which its import sets
        require_answer(address)
        try:
            ray.init(address=address, log_to_driver=False, configure_logging=False, logging_level=logging.CRITICAL)
        except RuntimeError as error:
            if "ersion mismatch" not in str(error):
                raise _no_part(address) from error
            message = sentence(
                "The cluster at {address} runs another version of Ray or of Python than this machine.", address=address
            )
            raise ClusterError(message, sentence("Install the same on every machine.")) from error
        except (ConnectionError, ValueError) as error:
            raise _no_part(address) from error
    try:
        _require_silence(ray, address)
    except BaseException:
        ray.shutdown()
        raise
    return ray


def leave(ray: Any, address: str) -> None:
    """End the connection. One to a cluster that is gone ends with this process, which Ray ends within a minute.

    So only a command that ends by itself may use a cluster, and no window.
    """
    try:
        require_answer(address)
    except ClusterError:
        atexit.register(_end_at_once)  # called before Ray's own, which would wait for the cluster
    else:
        ray.shutdown()


def _end_at_once() -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(ClusterError.exit_code)


def _load() -> Any:
    try:
        import ray
    except ImportError as error:
        raise ClusterError(
            sentence("Reading photos on a cluster needs the package ray."), installing("cluster")
        ) from error
    return ray


def _no_part(address: str) -> ClusterError:
    message = sentence("This machine is not part of the cluster at {address}.", address=address)
    return ClusterError(message, sentence("Join it first: ray start --address={address} --num-cpus=0", address=address))


def _require_silence(ray: Any, address: str) -> None:
    """Raise ClusterError where the cluster was started so that it sends what is done on it to Ray's makers."""
    asked = ray.remote(os.getenv).options(num_cpus=0, resources={HEAD: 0.001}, max_retries=0)
    try:
        told = ray.get(asked.remote("RAY_USAGE_STATS_ENABLED"), timeout=ANSWER)
    except ray.exceptions.RayError as error:
        message = sentence("The head of the cluster at {address} gives no answer.", address=address)
        raise ClusterError(message, sentence("Start the cluster anew: {command}", command=SILENT)) from error
    if told != "0":
        message = sentence(
            "The cluster at {address} was started without RAY_USAGE_STATS_ENABLED=0, so nothing was read on it.",
            address=address,
        )
        raise ClusterError(
            message, sentence("Ray would report its use to its makers. Start it with: {command}", command=SILENT)
        )


@contextmanager
def _handlers_kept() -> Iterator[None]:
    """Keep Ray from taking SIGTERM, which it does on the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
