"""A real web server on this machine, and cards of files that it serves."""

import hashlib
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from engine.models.card import Decoder, InputSpec, ModelCard, ModelKind, Source


@dataclass
class Site:
    """What the server serves by path, and how badly.

    `cut` holds, by path, the number of bytes after which an answer ends early; each number serves once.
    """

    address: str
    files: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    ranges: bool = True
    cut: dict[str, list[int]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"{self.address}{path}"


class _Answer(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        wanted = self.headers.get("Range", "")
        self.site.asked.append((self.path, wanted))
        content = self.site.files.get(self.path)
        if content is None:
            self.send_error(404)
            return
        part = re.fullmatch(r"bytes=(\d+)-(\d+)", wanted) if self.site.ranges else None
        start, end = (int(part[1]), int(part[2]) + 1) if part else (0, len(content))
        self.send_response(206 if part else 200)
        if part:
            self.send_header("Content-Range", f"bytes {start}-{end - 1}/{len(content)}")
        self.send_header("Content-Type", self.site.types.get(self.path, "application/octet-stream"))
        body = content[start:end]
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        cuts = self.site.cut.get(self.path, [])
        self.wfile.write(body[: cuts.pop(0)] if cuts and len(body) > 1 else body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A web server whose content and faults a test sets."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answer)
    site = Site(f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass = type("Answer", (_Answer,), {"site": site})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def content() -> bytes:
    """One megabyte that no compression makes small."""
    return b"".join(hashlib.sha256(str(number).encode()).digest() for number in range(1 << 15))


@pytest.fixture
def make_card(content: bytes):  # a factory
    """Return a function that makes the card of `content` with the sources given."""

    def make(*sources: Source) -> ModelCard:
        return ModelCard(
            name="test_model",
            kind=ModelKind.DETECTOR,
            decoder=Decoder.YUNET,
            file="test_model.onnx",
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            licence="MIT",
            origin="this test",
            input=InputSpec(),
            sources=sources,
        )

    return make
