"""What every command opens first: the places, the settings, the library."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from engine.cli.output import say, say_error
from engine.errors import LibraryError
from engine.library.backups import keep_daily
from engine.library.library import Library
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.paths import Places, default_data_dir, expanded
from engine.private_files import make_private_folder
from engine.settings import Settings, load_settings
from engine.thumb_store import ThumbStore
from engine.workflows.embedding.in_use import embedder_in_use, lacking
from engine.workflows.erasing import finish_erasing


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
    """Open the library for one command, making the data folder if need be.

    Finishes an erasing that was interrupted, and makes the day's backup before the command changes anything; what
    hinders that is said, and hinders the command no more.
    """
    places = places_of(arguments)
    with open_unsaved(arguments) as library:
        if library.writable:
            try:
                if finished := finish_erasing(library, places, ThumbStore(places.thumbs)):
                    say(finished)
                keep_daily(library.path)
            except LibraryError as error:
                say_error(error)
        yield library


@contextmanager
def open_unsaved(arguments: argparse.Namespace) -> Iterator[Library]:
    """Open the library without today's backup, for what makes or removes backups itself."""
    places = places_of(arguments)
    try:
        make_private_folder(places.data)
    except OSError as error:
        message = f"The data folder {places.data} cannot be made: {error.strerror}."
        raise LibraryError(message, "Choose another one with --data-dir.") from error
    with Library(places.library) as library:
        for notice in library.notices:
            say(notice)
        yield library


def embedder_of(library: Library, arguments: argparse.Namespace) -> ModelCard:
    """Return the card of the embedder that the library uses; say how many faces nothing can compare yet."""
    catalog = Catalog(places_of(arguments).models)
    card = embedder_in_use(library, catalog)
    if sentence := lacking(library, card).sentence():
        say(sentence)
    return card
