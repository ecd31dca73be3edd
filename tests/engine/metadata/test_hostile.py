"""Metadata that nobody may trust: nothing is fetched, expanded or followed without end, and nothing else is raised."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.geometry import Box
from engine.metadata.packet import said_in
from engine.metadata.reading import MetadataError, mentions_of
from engine.metadata.xmp import MAX_PACKET, XmpError
from tests.packets import listed, microsoft, mwg, packet

GOOD = packet(
    mwg(("Ada", Box(0.1, 0.2, 0.2, 0.25))),
    microsoft(("Grace", Box(0.1, 0.2, 0.2, 0.25))),
    listed("lr:hierarchicalSubject", ["People|Grace"]),
)


def test_no_entity_is_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("what nobody else may read")
    body = GOOD.split(b"?>", 1)[1].replace(b'"Ada"', b'"&leak;"').replace(b">Grace<", b">&leak;<")
    with pytest.raises(XmpError):
        said_in(f'<!DOCTYPE x [<!ENTITY leak SYSTEM "{secret.as_uri()}">]>'.encode() + body)


def test_entities_that_multiply_are_refused() -> None:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lines}]><x>&l11;</x>'
    with pytest.raises(XmpError):
        said_in(bomb.encode())


@pytest.mark.parametrize("depth", [300, 100_000])
def test_depth_has_an_end(depth: int) -> None:
    with pytest.raises(XmpError):
        said_in(packet("<mwg-rs:Regions>" * depth + "</mwg-rs:Regions>" * depth))


def test_size_has_an_end() -> None:
    with pytest.raises(XmpError):
        said_in(GOOD + b" " * MAX_PACKET)


@pytest.mark.parametrize(
    "junk", [b"", b"\0" * 50, b"<", b"<a/>", b"\xff\xfe<\0", b"<rdf:RDF/>", b"<?xml encoding='no'?><a/>"]
)
def test_what_is_no_packet_is_refused(junk: bytes) -> None:
    with pytest.raises(XmpError):
        said_in(junk)


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.binary(max_size=6), st.integers(0, 30)), max_size=4))
def test_a_damaged_packet_is_read_or_refused(changes: list[tuple[int, bytes, int]]) -> None:
    data = GOOD
    for at, new, length in changes:
        data = data[:at] + new + data[at + length :]
    try:
        said = said_in(data)
    except XmpError:
        return
    for region in said.upright(6).regions or ():
        assert region.box is None or (0 <= region.box.left <= 1 and 0 < region.box.width <= 1)


def test_damaged_files_are_read_or_refused(files: list[Path], tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    for path in files:
        data = path.read_bytes()
        for number in range(120):
            changed = bytearray(data[: rng.integers(20, len(data))] if number % 3 == 0 else data)
            for _ in range(rng.integers(1, 12)):
                changed[int(rng.integers(min(len(changed), 600)))] = int(rng.integers(256))
            broken = tmp_path / f"broken{path.suffix}"
            broken.write_bytes(changed)
            try:
                mentions_of(broken)
            except MetadataError:
                continue
