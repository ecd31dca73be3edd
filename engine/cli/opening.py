"""What every command opens first: the places, the settings, the library."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from engine.cli.output import say, say_error
from engine.errors import KinfolkError, LibraryError, ModelError
from engine.library.damage import LibraryDamagedError
from engine.library.library import Library
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.models.runtimes.running import AUTO
from engine.paths import Places, default_data_dir, expanded
from engine.private_files import make_private_folder
from engine.settings import Settings, load_settings
from engine.thumb_store import ThumbStore
from engine.words import sentence, system_reason
from engine.workflows.embedding.in_use import embedder_in_use, lacking
from engine.workflows.upkeep import keep_up, let_strangers_expire


def places_of(arguments: argparse.Namespace) -> Places:
    """Return where this command keeps its data."""
    return Places(expanded(arguments.data_dir or default_data_dir()).absolute())


def settings_of(arguments: argparse.Namespace) -> Settings:
    """Return the settings file's values, overruled by what the command line says."""
    settings = load_settings(places_of(arguments).settings)
    if getattr(arguments, "threads", None) is not None:
        settings = replace(settings, threads=arguments.threads)
    return _running_as_said(settings, arguments)


def _running_as_said(settings: Settings, arguments: argparse.Namespace) -> Settings:
    """Return the settings; what the command line says of how models run replaces all that they say of it."""
    said = {name: getattr(arguments, name, None) for name in ("runtime", "precision", "providers")}
    if not any(value is not None for value in said.values()):
        return settings
    names = said["providers"]
    return replace(
        settings,
        runtime=said["runtime"] or AUTO,
        precision=said["precision"] or AUTO,
        providers=() if names is None else tuple(name.strip() for name in names.split(",")),
    )


@contextmanager
def open_library(arguments: argparse.Namespace) -> Iterator[Library]:
    """Open the library for one command, making the data folder if need be.

    Does before what is due (`workflows.upkeep`), the day's backup among it; what hinders that is said, and hinders the
    command no more, unless the library is found damaged.
    """
    places = places_of(arguments)
    with open_unsaved(arguments) as library:
        if library.writable:
            try:
                for done in keep_up(library, places, ThumbStore(places.thumbs)):
                    say(done)
                for done in let_strangers_expire(library, settings_of(arguments)):
                    say(done)
            except LibraryDamagedError:
                raise
            except KinfolkError as error:
                say_error(error)
        yield library


@contextmanager
def open_unsaved(arguments: argparse.Namespace) -> Iterator[Library]:
    """Open the library without today's backup, for what makes or removes backups itself."""
    places = places_of(arguments)
    try:
        make_private_folder(places.data)
    except OSError as error:
        raise LibraryError(
            sentence(
                "The data folder {folder} cannot be made: {reason}.", folder=places.data, reason=system_reason(error)
            ),
            sentence("Choose another one with --data-dir."),
        ) from error
    with Library(places.library) as library:
        for notice in library.notices:
            say(notice)
        yield library


def embedder_of(library: Library, arguments: argparse.Namespace) -> ModelCard:
    """Return the card of the embedder that the library uses; say how many faces nothing can compare yet."""
    card = embedder_in_use(library, Catalog(places_of(arguments).models))
    if missing := lacking(library, card).sentence():
        say(missing)
    return card


def tell_lacking(library: Library, arguments: argparse.Namespace) -> None:
    """Say, for a command that only lists, how many faces nothing can compare yet; a broken card hinders no listing."""
    try:
        embedder_of(library, arguments)
    except ModelError as error:
        say_error(error)
