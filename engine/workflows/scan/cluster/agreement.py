"""What must be the same on every machine that reads photos for one library: else their vectors would differ."""

import hashlib
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import engine
from engine.words import joined, sentence

PACKAGES = (
    "numpy", "opencv-python", "simplejpeg", "Pillow", "imagecodecs", "tifffile", "pillow-heif", "rawpy", "onnxruntime",
    "openvino",
)  # fmt: skip
"""What reads pixels and runs models."""

ABSENT = "none"

Versions = dict[str, str]


def versions() -> Versions:
    """Return the versions of all that has a part in reading photos here, by name."""
    packages = {name: _version(name) for name in PACKAGES}
    return {"Kinfolk": f"{_version('kinfolk')} ({code()})", "Python": platform.python_version(), **packages}


def code() -> str:
    """Return a digest of the engine's own sources: between two releases the version says nothing."""
    digest = hashlib.sha256()
    root = Path(engine.__file__).parent
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:8]


def difference(wanted: Versions, there: Versions) -> str:
    """Return what differs as a list ("Pillow 11.3.0 instead of 12.0.0"), empty where nothing does."""
    names = [name for name in wanted if there.get(name, ABSENT) != wanted[name]]
    return joined(
        sentence(
            "{name} {version} instead of {wanted}", name=name, version=there.get(name, ABSENT), wanted=wanted[name]
        )
        for name in names
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ABSENT
