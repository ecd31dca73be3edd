"""Where Kinfolk keeps its own files. Photos are never written to."""

import os
from dataclasses import dataclass
from pathlib import Path

from engine.errors import KinfolkError
from engine.words import sentence


@dataclass(frozen=True, slots=True)
class Places:
    """The files of one library, all inside `data`, but for the models when KINFOLK_MODELS_DIR names another folder."""

    data: Path

    @property
    def library(self) -> Path:
        """The SQLite file with every photo, face, person and answer."""
        return self.data / "library.sqlite"

    @property
    def models(self) -> Path:
        """The folder of fetched, prepared and trained models."""
        named = os.environ.get("KINFOLK_MODELS_DIR")
        return expanded(Path(named)) if named else self.data / "models"

    @property
    def thumbs(self) -> Path:
        """The folder of small pictures of faces and photos, which can be made again."""
        return self.data / "thumbs"

    @property
    def crops(self) -> Path:
        """The folder of crops of the library's people that training runs cut, one folder a run."""
        return self.data / "training-crops"

    @property
    def settings(self) -> Path:
        """The user's settings, a TOML file that may be absent."""
        return self.data / "settings.toml"

    @property
    def window(self) -> Path:
        """How the window was left: its place on the screen, its zooms; may be deleted at any time."""
        return self.data / "window.ini"


def expanded(path: Path) -> Path:
    """Return the path with `~` and `~user` as their folders. Raises KinfolkError where there is no such user."""
    try:
        return path.expanduser()
    except RuntimeError as error:
        message = sentence("The path {path} begins with a user whom this machine does not know.", path=path)
        raise KinfolkError(message, sentence("Write ./{path} for a folder of that name.", path=path)) from error


def real_path(path: Path) -> Path:
    """Return the path absolute, `expanded` and without links. Raises KinfolkError where its links form a loop."""
    try:
        return expanded(path).resolve()
    except (OSError, RuntimeError) as error:  # a loop is a RuntimeError before Python 3.13
        raise KinfolkError(
            sentence("The path {path} leads nowhere: its links form a loop.", path=path), sentence("Check the links.")
        ) from error


def default_data_dir() -> Path:
    """Return KINFOLK_DATA_DIR, or the place where this system keeps the data of applications."""
    named = os.environ.get("KINFOLK_DATA_DIR")
    return expanded(Path(named)) if named else usual_data_dir()


def usual_data_dir() -> Path:
    """Return the place where this system keeps the data of applications."""
    import platformdirs

    return Path(platformdirs.user_data_dir("kinfolk", appauthor=False))
