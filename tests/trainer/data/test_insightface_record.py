import struct
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import UsageError
from trainer.data.faces import numbered
from trainer.data.insightface_record import InsightFaceRecord, parse_header
from trainer.data.recordio import MAGIC, RecordFile

MAGIC_BYTES = struct.pack("<I", MAGIC)


def framed(data: bytes) -> bytes:
    """A record as MXNet's writer frames it: cut wherever the magic number stands at a multiple of four."""
    parts, start = [], 0
    for place in range(0, len(data) - 3, 4):
        if data[place : place + 4] == MAGIC_BYTES:
            parts.append(data[start:place])
            start = place + 4
    parts.append(data[start:])
    framed = b""
    for number, part in enumerate(parts):
        kind = 0 if len(parts) == 1 else 1 if number == 0 else 3 if number == len(parts) - 1 else 2
        framed += struct.pack("<II", MAGIC, kind << 29 | len(part)) + part + b"\0" * (-len(part) % 4)
    return framed


def write(folder: Path, records: dict[int, bytes], name: str = "train") -> Path:
    offset, lines, body = 0, [], b""
    for number, data in records.items():
        lines.append(f"{number}\t{offset}\n")
        body += framed(data)
        offset = len(body)
    (folder / f"{name}.rec").write_bytes(body)
    (folder / f"{name}.idx").write_text("".join(lines))
    return folder / f"{name}.rec"


def packed(labels: float | tuple[float, ...], number: int, image: bytes = b"") -> bytes:
    if isinstance(labels, tuple):
        return struct.pack("<IfQQ", len(labels), 0, number, 0) + struct.pack(f"<{len(labels)}f", *labels) + image
    return struct.pack("<IfQQ", 0, labels, number, 0) + image


def jpeg(seed: int) -> bytes:
    pixels = np.full((112, 112, 3), 40 * seed, np.uint8)
    return cv2.imencode(".jpg", pixels)[1].tobytes()


def training_set(folder: Path) -> Path:
    """Five images of two people, in the layout of InsightFace's own sets."""
    people = [7, 7, 7, 9, 9]
    records = {number: packed((float(person), 0.0), number, jpeg(number)) for number, person in enumerate(people, 1)}
    return write(folder, {0: packed((6.0, 8.0), 0), **records, 6: packed((1.0, 4.0), 6), 7: packed((4.0, 6.0), 7)})


@given(st.lists(st.one_of(st.binary(max_size=9), st.just(MAGIC_BYTES), st.just(b"\0\0\0\0")), max_size=12))
def test_any_bytes_come_back_also_the_magic_number(tmp_path_factory, parts) -> None:
    data = b"".join(parts)
    folder = tmp_path_factory.mktemp("records")
    path = write(folder, {3: b"before", 5: data, 4: b"after"})
    with RecordFile(path, path.with_suffix(".idx")) as records:
        assert [records.read(number) for number in (3, 4, 5)] == [b"before", b"after", data]
        assert records.start(3, 4) == b"befo"
        with pytest.raises(KeyError):
            records.read(6)


def test_a_training_set_with_records_of_people(tmp_path) -> None:
    source = InsightFaceRecord(training_set(tmp_path))
    assert [face.person for face in source.faces] == ["7", "7", "7", "9", "9"]
    assert [face.photo for face in source.faces[1:3]] == ["2", "3"]
    assert abs(int(source.crop(3).mean()) - 160) <= 1
    assert source.crop(3).shape == (112, 112, 3)
    assert numbered(source.faces)[1].tolist() == [0, 0, 0, 1, 1]
    assert [face.person for face in source.faces[3:]] == ["9", "9"]
    source.close()


def test_a_set_without_records_of_people(tmp_path) -> None:
    source = InsightFaceRecord(write(tmp_path, {0: packed(2.0, 0, jpeg(1)), 1: packed((3.0, 0.0), 1, jpeg(2))}))
    assert [face.person for face in source.faces] == ["2", "3"]
    assert abs(int(source.crop(1).mean()) - 80) <= 1
    source.close()


def test_damage_is_named(tmp_path) -> None:
    path = training_set(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    with pytest.raises(UsageError, match="damaged"):
        InsightFaceRecord(path)
    path.write_bytes(b"\0" * len(whole))
    with pytest.raises(UsageError, match="damaged"):
        InsightFaceRecord(path)
    path.with_suffix(".idx").write_text("no index")
    with pytest.raises(UsageError, match="not an index"):
        InsightFaceRecord(path)
    path.with_suffix(".idx").unlink()
    with pytest.raises(UsageError, match="cannot be read"):
        InsightFaceRecord(path)


def test_something_else_in_the_records_is_named(tmp_path) -> None:
    with pytest.raises(UsageError, match="InsightFace's form"):
        InsightFaceRecord(write(tmp_path, {0: b"short"}))


def test_headers() -> None:
    assert parse_header(packed(5.0, 1) + b"xy").labels == (5.0,)
    several = parse_header(packed((1.0, 2.0, 3.0), 1) + b"xy")
    assert (several.labels, several.length) == ((1.0, 2.0, 3.0), 36)
