"""Getting to a cluster: what cannot work is said in a sentence, and at once."""

import socket
import subprocess
import sys
from importlib.util import find_spec

import pytest

from engine.errors import ClusterError, UsageError
from engine.extras import installing
from engine.workflows.scan.cluster.agreement import ABSENT, difference, versions
from engine.workflows.scan.cluster.ray_door import check_address, connect


@pytest.mark.parametrize("address", ["", "auto", "host", "host:", "host:0", "host:65536", "ray://host:1", "a b:1"])
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(UsageError, match="HOST:PORT"):
        check_address(address)


def test_addresses() -> None:
    assert check_address("box-1.lan:6379") == ("box-1.lan", 6379)
    assert check_address("[fe80::1]:6379") == ("fe80::1", 6379)


def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ClusterError) as raised:
        connect("127.0.0.1:6379")
    assert raised.value.hint == installing("cluster")


def test_it_is_imported_only_where_a_cluster_is_asked_for() -> None:
    code = "import sys, engine.cli.scan; sys.exit('ray' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_nobody_answers() -> None:
    if find_spec("ray") is None:
        pytest.skip("the package ray is not installed: pip install '.[cluster]'")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, and nobody listens
        with pytest.raises(ClusterError, match="No cluster answers"):
            connect(f"127.0.0.1:{taken.getsockname()[1]}")


def test_versions_are_compared() -> None:
    ours = versions()
    assert difference(ours, versions()) == ""
    assert difference(ours, ours | {"numpy": "1.0"}) == f"numpy 1.0 instead of {ours['numpy']}"
    theirs = {name: version for name, version in ours.items() if name != "Pillow"}
    assert difference(ours, theirs) == f"Pillow {ABSENT} instead of {ours['Pillow']}"
