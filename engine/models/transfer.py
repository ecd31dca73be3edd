"""Bytes over HTTP into a part file that survives an interruption."""

import os
import re
import urllib.error
import urllib.request
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from engine.errors import ModelError
from engine.words import sentence, system_reason

TIMEOUT = 30.0
"""Seconds without a byte after which a connection counts as dead."""

CHUNK = 1 << 17
CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


class SourceError(Exception):
    """One source did not give the file; the next one may. Its text is a short reason without a full stop."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A file on a server: its size in bytes and whether the server gives parts of it."""

    url: str
    size: int
    ranges: bool


@dataclass(frozen=True, slots=True)
class Span:
    """The bytes [start, start + length) of a remote file."""

    remote: Remote
    start: int
    length: int


def open_address(url: str, headers: dict[str, str]) -> HTTPResponse:
    """Send a GET request; every failure becomes a SourceError."""
    host = urlsplit(url).hostname or url
    # Only http and https come in: cards are checked when read, links of an index when followed.
    request = urllib.request.Request(url, headers={"User-Agent": "kinfolk", **headers})  # noqa: S310
    try:
        return cast("HTTPResponse", urllib.request.urlopen(request, timeout=TIMEOUT))  # noqa: S310
    except urllib.error.HTTPError as error:
        with error:
            raise SourceError(
                sentence("{host} answered {code} {reason}", host=host, code=error.code, reason=str(error.reason))
            ) from error
    except urllib.error.URLError as error:
        raise SourceError(
            sentence("{host} cannot be reached ({reason})", host=host, reason=str(error.reason))
        ) from error
    except (OSError, HTTPException, ValueError) as error:
        raise SourceError(
            sentence("{host} cannot be reached ({reason})", host=host, reason=type(error).__name__)
        ) from error


def probe(url: str) -> Remote:
    """Ask for the first byte of a file to learn its size and whether the server gives parts."""
    with open_address(url, {"Range": "bytes=0-0"}) as answer:
        given = CONTENT_RANGE.fullmatch(answer.headers.get("Content-Range", ""))
        if answer.status == 206 and given:
            return Remote(url, int(given[3]), ranges=True)
        length = answer.headers.get("Content-Length", "")
        if not length.isdecimal():
            raise SourceError(sentence("{host} does not say how large the file is", host=str(urlsplit(url).hostname)))
        return Remote(url, int(length), ranges=False)


def read_span(span: Span) -> bytes:
    """Read a small span into memory; the server must give parts."""
    with _ask(span, 0) as answer:
        return _read(answer, span.length)


def receive(span: Span, part: Path) -> Generator[int, None, None]:
    """Bring `part` to the bytes of the span, going on where an earlier try stopped; yields how many it holds.

    Closing the generator leaves the part as it is, to be continued. Raises SourceError where the connection fails
    or ends early, and ModelError where the disk does.
    """
    held = part.stat().st_size if part.exists() else 0
    if held > span.length or not span.remote.ranges:
        held = 0
    yield held
    try:
        with part.open("r+b" if held else "wb") as stream:
            stream.seek(held)
            for chunk in _chunks(span, held):
                stream.write(chunk)
                held += len(chunk)
                yield held
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise disk_error(part, error) from error
    if held < span.length:
        raise SourceError(
            sentence(
                "{host} stopped after {held} of {length} bytes",
                host=str(urlsplit(span.remote.url).hostname),
                held=held,
                length=span.length,
            )
        )


def _chunks(span: Span, held: int) -> Iterator[bytes]:
    """Read what is missing of a span until it is complete or the connection ends."""
    if held == span.length:
        return
    with _ask(span, held) as answer:
        while held < span.length and (chunk := _read(answer, min(CHUNK, span.length - held))):
            held += len(chunk)
            yield chunk


def _ask(span: Span, held: int) -> HTTPResponse:
    """Request what is missing of a span and make sure that the answer begins there."""
    first, last = span.start + held, span.start + span.length - 1
    whole = first == 0 and span.length == span.remote.size
    answer = open_address(span.remote.url, {} if whole else {"Range": f"bytes={first}-{last}"})
    given = CONTENT_RANGE.fullmatch(answer.headers.get("Content-Range", ""))
    if not whole and not (answer.status == 206 and given and int(given[1]) == first):
        answer.close()
        raise SourceError(
            sentence("{host} did not give the part that was asked for", host=str(urlsplit(span.remote.url).hostname))
        )
    return answer


def _read(answer: HTTPResponse, count: int) -> bytes:
    try:
        return answer.read(count)
    except (OSError, HTTPException) as error:
        raise SourceError(sentence("the connection broke off ({reason})", reason=type(error).__name__)) from error


def disk_error(path: Path, error: OSError) -> ModelError:
    """Return what to tell when the model folder cannot be written."""
    return ModelError(
        sentence("The model file {path} cannot be written: {reason}.", path=path, reason=system_reason(error)),
        sentence("Make room on that disk, or check the folder's permissions."),
    )
