"""A web server on this machine that answers as Immich's API does: of version 2, or of version 3."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "a key of this server"


@dataclass
class ImmichSite:
    """What it holds: assets as `AssetResponseDto` with people and their faces, on pages of `page` assets.

    Of version 3 people come without faces, which are asked for by asset. `refusals` are answers in place of the right
    one, by path: status, body and headers. `asked` are the paths that were asked for.
    """

    address: str
    assets: list[dict[str, Any]]
    version: int = 3
    page: int = 2
    refusals: dict[str, tuple[int, bytes, dict[str, str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def search(self, body: dict[str, Any]) -> dict[str, Any]:
        """Answer as `SearchResponseDto`; `nextPage` is a text."""
        assert body["withPeople"] is True
        assert body["type"] == "IMAGE"
        assert 1 <= body["size"] <= 1000
        start = (body["page"] - 1) * self.page
        items = [self._shown(asset) for asset in self.assets[start : start + self.page]]
        following = str(body["page"] + 1) if start + self.page < len(self.assets) else None
        found = {"total": len(items), "count": len(items), "items": items, "facets": [], "nextPage": following}
        return {"albums": {"total": 0, "count": 0, "items": [], "facets": []}, "assets": found}

    def _shown(self, asset: dict[str, Any]) -> dict[str, Any]:
        if self.version < 3:
            return asset
        return {**asset, "people": [_without_faces(person) for person in asset["people"]]}

    def faces(self, asset_id: str) -> list[dict[str, Any]]:
        """Answer as a list of `AssetFaceResponseDto`; nobody's faces have no person."""
        (asset,) = (asset for asset in self.assets if asset["id"] == asset_id)
        named = [
            {**face, "person": _without_faces(person)} for person in asset["people"] for face in person.get("faces", ())
        ]
        return [*named, {**FACE, "person": None}]


FACE = {
    "id": "5b1c",
    "boundingBoxX1": 50,
    "boundingBoxY1": 50,
    "boundingBoxX2": 100,
    "boundingBoxY2": 75,
    "imageWidth": 200,
    "imageHeight": 100,
    "sourceType": "machine-learning",
}
"""A face at a quarter of the width and half of the height of its picture."""


def person(name: str, *faces: dict[str, Any], born: str | None = None) -> dict[str, Any]:
    """A person as `PersonWithFacesResponseDto`."""
    return {"id": name.lower(), "name": name, "birthDate": born, "isHidden": False, "faces": list(faces)}


def asset(name: str, *people: dict[str, Any]) -> dict[str, Any]:
    """A photo as `AssetResponseDto`."""
    path = f"/data/library/admin/2020/{name}"
    return {"id": f"id of {name}", "type": "IMAGE", "originalPath": path, "originalFileName": name, "people": [*people]}


def _without_faces(person: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in person.items() if key != "faces"}


class _Answer(BaseHTTPRequestHandler):
    site: ImmichSite

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(lambda: self.site.search(body))

    def do_GET(self) -> None:
        (asked,) = parse_qs(urlsplit(self.path).query)["id"]
        self._answer(lambda: self.site.faces(asked))

    def _answer(self, make: Any) -> None:
        path = urlsplit(self.path).path
        self.site.asked.append(path)
        if path in self.site.refusals:
            self._send(*self.site.refusals[path])
        elif self.headers["x-api-key"] != KEY:
            self._send(401, b'{"message":"Invalid API key","error":"Unauthorized","statusCode":401}', {})
        else:
            self._send(200, json.dumps(make()).encode(), {"Content-Type": "application/json; charset=utf-8"})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def immich_site(*assets: dict[str, Any]) -> Iterator[ImmichSite]:
    """Serve these assets until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answer)
    site = ImmichSite(f"http://127.0.0.1:{server.server_port}", list(assets))
    server.RequestHandlerClass = type("Answer", (_Answer,), {"site": site})
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
