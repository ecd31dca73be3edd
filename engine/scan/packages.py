"""Packages that only some formats need: photos of these can be read as soon as the package is there."""

import importlib
import importlib.util
from dataclasses import dataclass
from types import ModuleType

from engine.errors import PhotoError
from engine.words import Sentence, sentence


@dataclass(frozen=True, slots=True)
class FormatPackage:
    """A package by its `name` in the package index and its modules in Python; `photos` are what it reads.

    The first of `modules` that is installed is used: the others are what else reads the same in the same words.
    """

    name: str
    modules: tuple[str, ...]
    photos: Sentence

    @property
    def module(self) -> str | None:
        """The name of the module that is installed, None where none is. Nothing is imported for that."""
        return next((name for name in self.modules if importlib.util.find_spec(name) is not None), None)

    @property
    def need(self) -> Sentence:
        """The sentence for a photo that cannot be read without it."""
        return sentence("{photos} need the package {name}.", photos=self.photos, name=self.name)

    @property
    def remedy(self) -> str:
        """The command that installs it."""
        return f"pip install {self.name}"

    def is_here(self) -> bool:
        """Say whether it is installed."""
        return self.module is not None

    def load(self) -> ModuleType:
        """Import it. Raises `PhotoError` where it is not installed, or does not work here."""
        try:
            return importlib.import_module(self.module or self.modules[0])
        except ImportError as error:
            if self.is_here():
                raise PhotoError(
                    sentence(
                        "{photos} cannot be read: the package {name} does not work here.",
                        photos=self.photos,
                        name=self.name,
                    )
                ) from error
            raise PhotoError(self.need, sentence("Install it with: {command}", command=self.remedy)) from error


# pi-heif is pillow-heif without the encoder x265, whose licence (GPL) the program that is built whole could not keep.
HEIF = FormatPackage("pillow-heif", ("pillow_heif", "pi_heif"), sentence("HEIC photos"))
RAW = FormatPackage("rawpy", ("rawpy",), sentence("RAW photos"))
FORMAT_PACKAGES = (HEIF, RAW)


def package_has_come(problem: str) -> bool:
    """Say whether what a photo could not be read without, as its problem tells, is installed by now."""
    return any(problem.startswith(package.need) and package.is_here() for package in FORMAT_PACKAGES)
