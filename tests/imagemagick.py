"""ImageMagick, where it is there: what else writes TIFF, and reads its own."""

import functools
import shutil
import subprocess


@functools.cache
def convert() -> str | None:
    """Return the path of ImageMagick's `convert`, or None; others of that name (Windows has one) are passed over."""
    for name in ("magick", "convert"):
        path = shutil.which(name)
        if path is None:
            continue
        told = subprocess.run([path, "-version"], capture_output=True, check=False)
        if b"ImageMagick" in told.stdout:
            return path
    return None
