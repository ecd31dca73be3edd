"""Packages that only some formats need: photos of these can be read as soon as the package is there."""

import importlib
import importlib.util
from dataclasses import dataclass
from types import ModuleType

from engine.errors import PhotoError


@dataclass(frozen=True, slots=True)
class FormatPackage:
    """A package by its `name` in the package index and its `module` in Python; `photos` are what it reads."""

    name: str
    module: str
    photos: str

    @property
    def need(self) -> str:
        """The sentence for a photo that cannot be read without it."""
        return f"{self.photos} need the package {self.name}."

    @property
    def remedy(self) -> str:
        """The command that installs it."""
        return f"pip install {self.name}"

    def is_here(self) -> bool:
        """Say whether it is installed; it is not imported for that."""
        return importlib.util.find_spec(self.module) is not None

    def load(self) -> ModuleType:
        """Import it. Raises `PhotoError` where it is not installed, or does not work here."""
        try:
            return importlib.import_module(self.module)
        except ImportError as error:
            if self.is_here():
                raise PhotoError(
                    f"{self.photos} cannot be read: the package {self.name} does not work here."
                ) from error
            raise PhotoError(self.need, f"Install it with: {self.remedy}") from error


HEIF = FormatPackage("pillow-heif", "pillow_heif", "HEIC photos")
RAW = FormatPackage("rawpy", "rawpy", "RAW photos")
FORMAT_PACKAGES = (HEIF, RAW)


def package_has_come(problem: str) -> bool:
    """Say whether what a photo could not be read without, as its problem tells, is installed by now."""
    return any(problem.startswith(package.need) and package.is_here() for package in FORMAT_PACKAGES)
