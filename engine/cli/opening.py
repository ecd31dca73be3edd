"""What every command opens first: the places, the settings, the library."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from engine.errors import LibraryError
from engine.library.library import Library
from engine.paths import Places, default_data_dir, expanded
from engine.settings import Settings, load_settings


def places_of(arguments: argparse.Namespace) -> Places:
    """Return where this command keeps its data."""
    return Places(expanded(arguments.data_dir or default_data_dir()).absolute())


def settings_of(arguments: argparse.Namespace) -> Settings:
    """Return the settings file's values, overruled by what the command line says."""
    settings = load_settings(places_of(arguments).settings)
    if getattr(arguments, "threads", None) is not None:
        settings = replace(settings, threads=arguments.threads)
    if getattr(arguments, "providers", None) is not None:
        names = tuple(name.strip() for name in arguments.providers.split(","))
        settings = replace(settings, providers=names)
    return settings


@contextmanager
def open_library(arguments: argparse.Namespace) -> Iterator[Library]:
    """Open the library for one command, making the data folder if need be."""
    places = places_of(arguments)
    try:
        places.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The data folder {places.data} cannot be made: {error.strerror}."
        raise LibraryError(message, "Choose another one with --data-dir.") from error
    library = Library(places.library)
    try:
        yield library
    finally:
        library.close()
