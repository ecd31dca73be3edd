"""Pairs as Labeled Faces in the Wild lists them (pairs.txt, view 2), and RFW's lists, which lack the head alone.

    10  300                        folds, and pairs of each kind in a fold; a lone number means one fold
    NAME  n1  n2                   the same person: pictures NAME_n1 and NAME_n2, four digits
    NAME  n1  OTHER  n2            two people

Fields are parted by tabs. Pictures lie in FOLDER/NAME/NAME_0001.jpg, or .png. The format: the README of
http://vis-www.cs.umass.edu/lfw/. RFW keeps its lists in txts/RACE/RACE_pairs.txt and its pictures in data/RACE.
"""

from pathlib import Path

import numpy as np

from engine.errors import UsageError, said_by
from engine.geometry import Image
from engine.scan.decode import decode, read_file
from engine.words import sentence
from trainer.data.faces import Indices
from trainer.data.listed_pairs import VerificationSet, equal_folds

SUFFIXES = (".jpg", ".png", ".jpeg", ".webp")

RFW_GROUPS = ("African", "Asian", "Caucasian", "Indian")

_Pair = tuple[tuple[str, int], tuple[str, int]]


def read_pairs(path: Path, folder: Path) -> VerificationSet:
    """Read a pairs file whose pictures lie in `folder`. UsageError names the line or the picture that is wrong."""
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            sentence("The pairs file {path} cannot be read: {reason}.", path=path, reason=said_by(error))
        ) from error
    head = lines[0].split() if lines else []
    has_head = 1 <= len(head) <= 2 and all(field.isdigit() for field in head)
    pairs = [
        _parse(line, f"Line {number} of {path}") for number, line in enumerate(lines[has_head:], 1 + has_head) if line
    ]
    if not pairs:
        raise UsageError(sentence("{path} lists no pairs.", path=path))
    numbers = {picture: place for place, picture in enumerate(dict.fromkeys(one for pair in pairs for one in pair))}
    paths = [_found(folder, name, number) for name, number in numbers]

    def picture(index: int) -> Image:
        return decode(read_file(paths[index]), side=0).image

    return VerificationSet(
        titles=[f"{name} {number}" for name, number in numbers],
        first=np.array([numbers[one] for one, _ in pairs], dtype=np.int64),
        second=np.array([numbers[other] for _, other in pairs], dtype=np.int64),
        same=np.array([one[0] == other[0] for one, other in pairs]),
        fold=_folds(head if has_head else [], len(pairs), path),
        picture=picture,
    )


def read_rfw(root: Path, group: str) -> VerificationSet:
    """Read one group of Racial Faces in the Wild (`RFW_GROUPS`) below its `test` folder or one laid out like it."""
    if group not in RFW_GROUPS:
        raise UsageError(
            sentence("RFW has no group '{group}'.", group=group),
            sentence("Its groups are {groups}.", groups=", ".join(RFW_GROUPS)),
        )
    return read_pairs(root / "txts" / group / f"{group}_pairs.txt", root / "data" / group)


def _folds(head: list[str], pairs: int, path: Path) -> Indices:
    if not head:
        return equal_folds(pairs)
    folds, each = (int(head[0]), int(head[1])) if len(head) == 2 else (1, int(head[0]))
    if folds * each * 2 != pairs:
        raise UsageError(
            sentence(
                "{path} announces {folds} folds of 2 × {each} pairs but lists {pairs} pairs.",
                path=path,
                folds=folds,
                each=each,
                pairs=pairs,
            )
        )
    return equal_folds(pairs, folds)


def _parse(line: str, where: str) -> _Pair:
    # Names may hold spaces where tabs part the fields.
    fields = line.split("\t") if "\t" in line else line.split()
    try:
        if len(fields) == 3:
            return (fields[0], int(fields[1])), (fields[0], int(fields[2]))
        if len(fields) == 4:
            return (fields[0], int(fields[1])), (fields[2], int(fields[3]))
    except ValueError:
        pass
    raise UsageError(
        sentence("{line} is not a pair.", line=where), sentence("A pair is NAME n1 n2, or NAME n1 OTHER n2.")
    )


def _found(folder: Path, name: str, number: int) -> Path:
    for suffix in SUFFIXES:
        path = folder / name / f"{name}_{number:04d}{suffix}"
        if path.is_file():
            return path
    raise UsageError(
        sentence(
            "The pairs file asks for a picture that is not in {folder}: {name}_{number:04d}.",
            folder=folder,
            name=name,
            number=number,
        )
    )
