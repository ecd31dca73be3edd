"""`kinfolk export`: names beside photos, lists of people and faces, the photos of somebody."""

import argparse
import sys
from collections.abc import Callable, Sequence

from engine.cli.display import open_display
from engine.cli.opening import open_library
from engine.cli.output import put_json, say, say_error
from engine.cli.running import run_workflow
from engine.cli.whom import person_meant
from engine.errors import KinfolkError, UsageError
from engine.library.library import Library
from engine.library.queries.named_photos import photos_with
from engine.metadata.writing.names import Wanted
from engine.paths import expanded, real_path
from engine.scan.quiet_decoders import quiet_libraries
from engine.words import counted, sentence
from engine.workflows.exporting.copying import How, copy_photos
from engine.workflows.exporting.embedding import check_exiftool, embed_names
from engine.workflows.exporting.lists import as_csv, as_json
from engine.workflows.exporting.naming import Selection
from engine.workflows.exporting.replacing import put_file
from engine.workflows.exporting.sidecars import export_sidecars

MOST_TOLD = 20
"""Problems that are told one by one."""


def xmp(arguments: argparse.Namespace) -> int:
    """Write names into sidecars, or with --embed into the photos."""
    wanted = Wanted(microsoft=arguments.mp, keywords=arguments.keywords)
    if arguments.embed:
        check_exiftool()
        if not arguments.yes:
            raise UsageError(
                sentence("This writes into the photos themselves. Each original is kept beside it as NAME_original."),
                sentence("To do it, add --yes. Without --embed, names go into sidecar files, and no photo is changed."),
            )
    with open_library(arguments) as library, quiet_libraries():
        selection = Selection(_people(library, arguments.person), tuple(map(real_path, arguments.folder or ())))
        export = embed_names if arguments.embed else export_sidecars
        exported = run_workflow(export(library, selection, wanted), open_display())
    _tell(exported.problems)
    say(
        counted(
            "Names in {count:,} photo: {written:,} files written, {unchanged:,} already up to date.",
            "Names in {count:,} photos: {written:,} files written, {unchanged:,} already up to date.",
            count=exported.photos,
            written=exported.written,
            unchanged=exported.unchanged,
        )
    )
    if arguments.json:
        put_json(exported.as_json())
    return 1 if exported.problems else 0


def listing(arguments: argparse.Namespace) -> int:
    """Write people and faces as JSON or CSV, into a new file or to the terminal."""
    write: Callable[[Library], str] = as_json if arguments.form == "json" else as_csv
    with open_library(arguments) as library:
        written = write(library)
    if arguments.file is None:
        sys.stdout.write(written)
        return 0
    path = expanded(arguments.file).absolute()
    # Paths that are no text keep their own bytes.
    if path.exists() or not put_file(path, written.encode("utf-8", "surrogateescape"), None, 0o600):
        raise UsageError(sentence("{path} already exists.", path=path), sentence("Choose another name."))
    return 0


def folder(arguments: argparse.Namespace) -> int:
    """Copy or link the photos of somebody into a folder."""
    target = real_path(arguments.target)
    with open_library(arguments) as library:
        together = _people(library, arguments.person) or frozenset()
        photos = photos_with(library, together, _people(library, arguments.without) or ())
    how = How.LINK if arguments.link else How.COPY
    copied = run_workflow(copy_photos(photos, target, how), open_display())
    _tell(copied.problems)
    say(
        counted(
            "{copied:,} of {count:,} photo put into {folder}; {there:,} already there.",
            "{copied:,} of {count:,} photos put into {folder}; {there:,} already there.",
            count=copied.photos,
            copied=copied.copied,
            folder=target,
            there=copied.there,
        )
    )
    if arguments.json:
        put_json(copied.as_json())
    return 1 if copied.problems else 0


def _people(library: Library, words: Sequence[str] | None) -> frozenset[int] | None:
    return None if words is None else frozenset(person_meant(library, word) for word in words)


def _tell(problems: Sequence[KinfolkError]) -> None:
    for problem in problems[:MOST_TOLD]:
        say_error(problem)
    if len(problems) > MOST_TOLD:
        say(
            sentence(
                "{count:,} more could not be written.",
                count=len(problems) - MOST_TOLD,
            )
        )
