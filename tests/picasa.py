"""A file as Picasa keeps one in every folder: who is where, in the stored pixels."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from engine.geometry import Box

FULL = 65536


def write_picasa(folder: Path, said: Mapping[str, Sequence[tuple[str, Box]]]) -> Path:
    """Write `.picasa.ini`: by file name, the people and their relative (0 to 1) boxes."""
    people = {name for faces in said.values() for name, _ in faces}
    ids = {name: f"{number:x}" for number, name in enumerate(sorted(people), start=0xA1)}
    lines = ["[Contacts2]", *(f"{known}={name};;" for name, known in ids.items())]
    for file, faces in said.items():
        lines += [f"[{file}]", "faces=" + ";".join(f"rect64({_rectangle(box)}),{ids[name]}" for name, box in faces)]
    path = folder / ".picasa.ini"
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def _rectangle(box: Box) -> str:
    sides = (box.left, box.top, box.left + box.width, box.top + box.height)
    return "".join(f"{min(round(side * FULL), FULL - 1):04x}" for side in sides)
