"""No test reaches beyond this machine: one that tries fails, and says whom it asked."""

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address

import pytest


class Network:
    """What watches the sockets that Python opens in this process."""

    def __init__(self) -> None:
        self.is_allowed = False

    def watch(self) -> None:
        """Begin; Python never forgets such a hook."""
        sys.addaudithook(self._see)

    @contextmanager
    def allowed(self) -> Iterator[None]:
        """Let what is inside fetch something for the whole run."""
        before, self.is_allowed = self.is_allowed, True
        try:
            yield
        finally:
            self.is_allowed = before

    def _see(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.is_allowed or event not in {"socket.connect", "socket.getaddrinfo"}:
            return
        if event == "socket.connect":
            used, address = arguments
            # Nothing is sent where a datagram socket is connected: programs learn their own address that way.
            asked = address[0] if isinstance(address, tuple) and used.type == socket.SOCK_STREAM else None  # type: ignore[attr-defined]
        else:
            asked = arguments[0]
        if asked and not _is_here(asked.decode() if isinstance(asked, bytes) else str(asked)):
            # No OSError: what asks would take it for a network that is down, and do without.
            pytest.fail(f"a test asks {asked}: it has to do without the network")


def _is_here(host: str) -> bool:
    if host in {"localhost", socket.gethostname()}:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


NETWORK = Network()
