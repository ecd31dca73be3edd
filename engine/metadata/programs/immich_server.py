"""Asking a server of Immich: its photos with the people in them, page by page, and where their faces are.

By Immich's API as its OpenAPI description gives it: `POST /api/search/metadata` (permission asset.read), whose people
brought their faces up to version 2, and `GET /api/faces?id=` (face.read), which says where they are since version 3.
"""

import json
from collections.abc import Iterator
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from engine.errors import KinfolkError
from engine.metadata.nobody import is_nobody
from engine.metadata.programs.json_file import number_at, parsed, records, text_at
from engine.progress import Progress, Workflow
from engine.words import sentence, system_reason

_SECONDS = 60
_PAGE = 500
_MOST_PAGES = 20_000
_MOST_BYTES = 256_000_000
_PERMISSIONS = sentence(
    "In Immich, allow the key to read assets, people and faces (asset.read, person.read, face.read)."
)
_KEYS = sentence("Make one in Immich (account settings, API keys) and give it.")
_ELSEWHERE = range(300, 400)
_REFUSED, _FORBIDDEN, _ABSENT, _WRONG = 401, 403, 404, 400

Asset = dict[str, Any]


class _StayHere(HTTPRedirectHandler):
    """Follows nowhere: the key would go along to whoever is there."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Leave what sends us elsewhere as the error that it is here."""


_OPENER = build_opener(_StayHere)


def photos_of_server(address: str, key: str) -> Workflow[list[Asset]]:
    """Ask a server for all photos with people; `key` is one that the user made in Immich. This uses the network.

    What is returned is as version 2 answered: people with their faces. Raises KinfolkError where it cannot be asked.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise KinfolkError(
            sentence("{address} is no address of a server.", address=address),
            sentence("It looks like https://photos.example.org."),
        )
    if not key:
        raise KinfolkError(sentence("Immich asks for a key."), _KEYS)
    root = address.rstrip("/").removesuffix("/api")
    assets: list[Asset] = []
    for asset in _pages(root, key):
        yield Progress("names", len(assets))
        people = list(records(asset, "people"))
        if any(not is_nobody(text_at(person, "name")) for person in people):
            assets.append(asset if all("faces" in person for person in people) else _with_faces(root, key, asset))
    return assets


def _pages(root: str, key: str) -> Iterator[Asset]:
    page = 1
    for _ in range(_MOST_PAGES):
        body = {"withPeople": True, "type": "IMAGE", "size": _PAGE, "page": page}
        answer = _asked(f"{root}/api/search/metadata", key, body)
        assets = answer.get("assets") if isinstance(answer, dict) else None
        if not isinstance(assets, dict):
            raise _no_immich(root)
        yield from records(assets, "items")
        following = number_at(assets, "nextPage")
        if following is None or following <= page:
            return
        page = int(following)


def _with_faces(root: str, key: str, asset: Asset) -> Asset:
    """Return the photo with where its people are; one that is gone meanwhile keeps their names."""
    answer = _asked(f"{root}/api/faces?id={quote(text_at(asset, 'id'))}", key, may_lack=True)
    framed = [{**face["person"], "faces": [face]} for face in records({"faces": answer}, "faces") if _person_of(face)]
    seen = {text_at(person, "name") for person in framed}
    others = [person for person in records(asset, "people") if text_at(person, "name") not in seen]
    return {**asset, "people": framed + others}


def _person_of(face: dict[str, Any]) -> bool:
    return isinstance(face.get("person"), dict)


def _asked(address: str, key: str, body: dict[str, object] | None = None, *, may_lack: bool = False) -> object:
    """Return a server's answer, None for what is not there where that may be. Raises KinfolkError."""
    headers = {"x-api-key": key, "Accept": "application/json"}
    data = None
    if body is not None:
        data, headers = json.dumps(body).encode(), headers | {"Content-Type": "application/json"}
    request = Request(address, data, headers)  # noqa: S310 http(s) alone, looked at above
    try:
        with _OPENER.open(request, timeout=_SECONDS) as answer:
            table = parsed(answer.read(_MOST_BYTES))
    except HTTPError as error:
        if may_lack and error.code in (_ABSENT, _WRONG):
            return None
        raise _refusal(error) from error
    except (URLError, HTTPException, OSError, ValueError) as error:
        cause = getattr(error, "reason", None) or error
        reason = system_reason(cause) if isinstance(cause, OSError) else str(cause)
        raise KinfolkError(
            sentence("Immich does not answer: {reason}.", reason=reason),
            sentence("Check the address, and that it runs."),
        ) from error
    if table is None:
        raise _no_immich(address)
    return table


def _refusal(error: HTTPError) -> KinfolkError:
    """Return the sentence for an answer that is an error, with what the server says of it."""
    said = parsed(error.read(10_000))
    message = said.get("message") if isinstance(said, dict) else None
    words = message if isinstance(message, str) else error.reason
    if error.code in _ELSEWHERE:
        place = error.headers.get("Location") or sentence("somewhere else")
        return KinfolkError(
            sentence("{address} sends on to {place}.", address=str(error.url), place=place),
            sentence("Give the address that the server really has."),
        )
    if error.code == _REFUSED:
        return KinfolkError(sentence("Immich does not know this key."), _KEYS)
    if error.code == _FORBIDDEN:
        return KinfolkError(sentence("Immich does not let this key read that: {words}.", words=words), _PERMISSIONS)
    if error.code == _ABSENT:
        return _no_immich(error.url)
    return KinfolkError(
        sentence("Immich answers with an error: {number}, {words}.", number=error.code, words=words),
        sentence("Try again, or look at its log."),
    )


def _no_immich(address: str) -> KinfolkError:
    return KinfolkError(
        sentence("What answers at {address} is no Immich.", address=address), sentence("Check the address.")
    )
