import socket

import pytest

from engine.models.transfer import SourceError, probe


@pytest.mark.parametrize("address", ["https://example.org/model.onnx", "http://192.0.2.7/model.onnx"])
def test_whoever_asks_fails(address: str) -> None:
    with pytest.raises(pytest.fail.Exception, match=address.split("/")[2]):
        probe(address)


def test_this_machine_may_be_asked() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(SourceError, match="cannot be reached"):
        probe(f"http://localhost:{port}/")
