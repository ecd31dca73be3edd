"""Backups and the ways back, and what goes for good: `kinfolk backup`, `restore`, `erase`, `forget`."""

import argparse
from datetime import UTC, datetime

from engine.cli.asking import asked, somebody_sits_there
from engine.cli.codes import BACKUP_REASONS
from engine.cli.opening import open_library, open_unsaved, places_of
from engine.cli.output import put_json, put_table, say
from engine.cli.whom import person_meant
from engine.errors import UsageError
from engine.library.backups import MOMENT, Reason, back_up, backups_of, copy_library
from engine.library.damage import LibraryDamagedError
from engine.library.library import Library
from engine.library.queries import face_rows
from engine.library.restoring import Restored, restore, salvage
from engine.progress import finish
from engine.thumb_store import ThumbStore
from engine.words import counted, fill, sentence
from engine.workflows.erasing import erase_face_data, erase_files, forget_person
from engine.workflows.scan.only_scan import only_scan

NAMES_STAY = sentence("Names that Kinfolk wrote into files stay there until names are written again.")


def backup(arguments: argparse.Namespace) -> int:
    """Copy the library into the folder of backups, or to PATH, and say where it is."""
    with open_unsaved(arguments) as library:
        if arguments.path is None:
            file = back_up(library.path, Reason.ASKED).path
        else:
            file = arguments.path.expanduser().absolute()
            if file.is_dir():
                file = file / f"library-{datetime.now(UTC).strftime(MOMENT)}-{Reason.ASKED}.sqlite"
            copy_library(library.path, file)
    size = file.stat().st_size
    if arguments.json:
        put_json({"file": str(file), "bytes": size})
    else:
        print(fill("{file} ({size:.1f} MB)", file=file, size=size / 1e6))
    return 0


def put_back(arguments: argparse.Namespace) -> int:
    """Put a backup, or what can be read of a damaged library, in the library's place, or list the backups."""
    places = places_of(arguments)
    if arguments.list:
        return _list(arguments)
    if arguments.salvage and arguments.backup is not None:
        raise UsageError(
            sentence("--salvage reads the library itself and takes no backup."), sentence("Leave the backup out.")
        )
    with only_scan(places.data):
        if arguments.salvage:
            restored, saved = salvage(places.library)
            rows = saved.rows
            say(
                sentence(
                    "Saved: {people:,} people and {faces:,} faces in {photos:,} photos.",
                    people=rows["people"],
                    faces=rows["faces"],
                    photos=rows["photos"],
                )
            )
            say(sentence("The history of edits is lost. The next scan reads the photos again whose faces are lost."))
        else:
            restored = restore(places.library, arguments.backup)
            say(sentence("The library is restored from {file}.", file=restored.source))
    _tell_kept(restored)
    return 0


def _list(arguments: argparse.Namespace) -> int:
    backups = backups_of(places_of(arguments).library)
    if arguments.json:
        listed = [
            {"file": str(one.path), "made_at": one.made_at.isoformat(), "reason": one.reason, "bytes": one.size}
            for one in backups
        ]
        put_json(listed)
    else:
        local = ((one, one.made_at.astimezone().strftime("%Y-%m-%d %H:%M")) for one in backups)
        rows = (
            (when, BACKUP_REASONS[one.reason], fill("{size:.1f}", size=one.size / 1e6), one.path) for one, when in local
        )
        put_table((sentence("MADE"), sentence("WHY"), "MB", sentence("FILE")), rows)
    return 0


def _tell_kept(restored: Restored) -> None:
    if restored.kept is not None:
        say(sentence("What was there before is kept as {file}.", file=restored.kept))


def erase(arguments: argparse.Namespace) -> int:
    """Erase every face, name, answer, picture and backup; folders stay listed."""
    if not arguments.yes:
        raise UsageError(
            sentence("This erases all face data and cannot be undone."), sentence("To do it: kinfolk erase --yes")
        )
    places = places_of(arguments)
    thumbs = ThumbStore(places.thumbs)
    try:
        with open_unsaved(arguments) as library:
            changes = finish(erase_face_data(library, places, thumbs))
        say(
            counted(
                "{count:,} face erased, with all names, answers, pictures and backups.",
                "{count:,} faces erased, with all names, answers, pictures and backups.",
                count=len(changes.faces),
            )
        )
        say(NAMES_STAY)
    except LibraryDamagedError:
        erase_files(places, thumbs)
        say(sentence("The damaged library is erased, with all pictures and backups."))
    return 0


def forget(arguments: argparse.Namespace) -> int:
    """Erase all that is known of one person, and name the models that may have learnt from them.

    Where somebody sits at a terminal they are asked first: there is no way back.
    """
    places = places_of(arguments)
    with open_library(arguments) as library:
        person = person_meant(library, arguments.person)
        if somebody_sits_there() and not arguments.yes and not _is_sure(library, person):
            say(sentence("Nothing was erased."))
            return 0
        gone = finish(forget_person(library, places, ThumbStore(places.thumbs), person))
    say(
        counted(
            "{count:,} face of person {person} erased, with the name, answers and pictures, the history and all "
            "backups.",
            "{count:,} faces of person {person} erased, with the name, answers and pictures, the history and all "
            "backups.",
            count=len(gone.changes.faces),
            person=person,
        )
    )
    say(NAMES_STAY)
    for model in gone.models:
        say(sentence("The model {model} was trained here and may have learnt from these faces.", model=model))
        say(sentence("Remove it, or train it again."))
    return 0


def _is_sure(library: Library, person: int) -> bool:
    faces = len(face_rows(library, person))
    return asked(
        counted(
            "{count:,} face of person {person}, the name, all answers and pictures, the history and all backups would "
            "be erased. This cannot be undone. Erase? [y/N]",
            "{count:,} faces of person {person}, the name, all answers and pictures, the history and all backups would "
            "be erased. This cannot be undone. Erase? [y/N]",
            count=faces,
            person=person,
        ),
        sentence("Type y to erase all of it, or n to keep it."),
        usual=False,
    )
