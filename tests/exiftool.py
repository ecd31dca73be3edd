"""What exiftool reads, where it is there: the judge that knows nothing of Kinfolk."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from engine.geometry import Box


def tags(path: Path) -> dict[str, Any]:
    """Return all tags of a file by group and name, but those of the file itself; skips where exiftool is absent."""
    exiftool = shutil.which("exiftool")
    if exiftool is None:
        pytest.skip("exiftool is absent (Debian: libimage-exiftool-perl)")
    command = [exiftool, "-j", "-G1", "-struct", "-n", "-a", str(path)]
    ran = subprocess.run(command, capture_output=True, check=True)
    (found,) = json.loads(ran.stdout)
    return {
        name: value for name, value in found.items() if not name.startswith(("System:", "File:", "ExifTool:", "Sour"))
    }


def regions(path: Path) -> list[tuple[str, Box]]:
    """Return the named boxes of the Metadata Working Group, relative (0 to 1) to the stored pixels."""
    listed = tags(path)["XMP-mwg-rs:RegionInfo"]["RegionList"]
    found = []
    for region in listed:
        area = region["Area"]
        assert area["Unit"] == "normalized"
        x, y, width, height = (float(area[side]) for side in ("X", "Y", "W", "H"))
        found.append((str(region["Name"]), Box(x - width / 2, y - height / 2, width, height)))
    return found
