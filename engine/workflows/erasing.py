"""Erasing what cannot be undone: all face data, or all that is known of one person.

Rows go first, then small pictures, the map, training crops, backups and, with all face data, what was learnt from it;
at last what is left in unused pages of the file. A note beside the library says what is being erased until all of it
is: what a killed process left is erased at the next start.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engine.errors import KinfolkError, LibraryError
from engine.geometry import Box
from engine.library.backups import delete_backups
from engine.library.changes import Changes
from engine.library.forgetting import delete_person, person_exists
from engine.library.library import Library
from engine.library.marker import marker_path
from engine.library.missing import forget_missing, missing_pictures
from engine.library.models import embedder_name, use_embedder
from engine.library.removal import delete_face_data, delete_folder, picture_sources
from engine.models.catalog import DEFAULT_EMBEDDER, Catalog
from engine.models.learnt_cards import learnt_cards, remove_learnt
from engine.paths import Places
from engine.private_files import new_private_file
from engine.progress import Progress, Workflow
from engine.thumb_keys import places_of
from engine.thumb_store import ThumbStore
from engine.words import following, sentence, system_reason
from engine.workflows.mapping.kept import delete_map, forget_on_map
from engine.workflows.scan.only_scan import only_scan

TRAINED_HERE = "trained here"
"""What the origin of a card begins with that the trainer wrote."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What went with a person, and the names of models that were trained here and may have learnt from them."""

    changes: Changes
    models: tuple[str, ...]


def erase_face_data(library: Library, places: Places, thumbs: ThumbStore) -> Workflow[Changes]:
    """Erase every face, embedding, person, answer, small picture, crop and backup, and the history, in one go.

    Reports "erase" once, before anything is erased. No scan runs meanwhile, which would write faces again: raises
    ScanRunningError while another process scans. Raises LibraryError where all of it is gone but the file could not be
    written anew, so that traces may be left in it; and what `ThumbStore.clear` and `delete_backups` raise.
    """
    with only_scan(places.data):
        yield Progress("erase", 0)
        _note(places, None)
        changes = delete_face_data(library)
        _erase_learnt(library, places)
        _erase_the_rest(library, places, thumbs)
    return changes


def forget_person(library: Library, places: Places, thumbs: ThumbStore, person_id: int) -> Workflow[Forgotten]:
    """Erase a person with their faces, embeddings and answers, all small pictures and backups, and the history.

    Their photos stay, and so does everybody else. Reports and raises as `erase_face_data`; raises LibraryError where
    there is no such person, before anything is erased.
    """
    with only_scan(places.data):
        yield Progress("erase", 0)
        if not person_exists(library, person_id):
            raise LibraryError(
                sentence("There is no person {person}.", person=person_id), sentence("kinfolk people lists them.")
            )
        _note(places, person_id)
        changes = delete_person(library, person_id)
        _erase_the_rest(library, places, thumbs)
    return Forgotten(changes, trained_models(places, person_id))


def finish_erasing(library: Library, places: Places, thumbs: ThumbStore) -> str | None:
    """Erase what an erasing that was interrupted has left; return a sentence about it, None where there was none.

    Raises as `erase_face_data`.
    """
    if (noted := _noted(places)) is None:
        return None
    with only_scan(places.data):
        person_id = noted.get("person")
        if person_id is None:
            delete_face_data(library)
            _erase_learnt(library, places)
        elif person_exists(library, person_id):
            delete_person(library, person_id)
        _erase_the_rest(library, places, thumbs)
    if person_id is None:
        return sentence("Erasing all face data had been interrupted; it is finished now.")
    return sentence("Forgetting person {person} had been interrupted; it is finished now.", person=person_id)


def erase_files(places: Places, thumbs: ThumbStore) -> None:
    """Delete a library that cannot be opened, with every small picture and backup. Raises as `erase_face_data`."""
    path = places.library
    with only_scan(places.data):
        thumbs.clear()
        _delete_crops(places)
        remove_learnt(Catalog(places.models))
        delete_map(path)
        delete_backups(path)
        for ending in ("-shm", "-wal", ""):
            _unlink(path.with_name(path.name + ending))
        for file in (*places.data.glob(f"{path.stem}.session-*"), marker_path(path), _note_path(places)):
            _unlink(file)


def remove_folder(library: Library, thumbs: ThumbStore, folder_id: int) -> Changes:
    """Forget a folder with its photos, their faces, and the small pictures of both; the files stay as they are.

    Raises LibraryError if there is no such folder, and as `ThumbStore.forget`.
    """
    pictured = picture_sources(library, folder_id)
    changes = delete_folder(library, folder_id)
    forget_on_map(library.path, changes.faces)
    _forget_pictures(thumbs, pictured)
    return changes


def remove_missing(library: Library, thumbs: ThumbStore, folder_id: int) -> Changes:
    """Forget the missing photos of a folder, as `forget_missing`, and the small pictures of them and their faces.

    Raises as `ThumbStore.forget`.
    """
    pictured = missing_pictures(library, folder_id)
    changes = forget_missing(library, folder_id)
    forget_on_map(library.path, changes.faces)
    _forget_pictures(thumbs, pictured)
    return changes


def _forget_pictures(thumbs: ThumbStore, pictured: Mapping[Path, Sequence[Box]]) -> None:
    thumbs.forget({place for path, boxes in pictured.items() for place in places_of(path, boxes)})


def trained_models(places: Places, person_id: int) -> tuple[str, ...]:
    """Return the names of the models that were trained on this machine and learnt from the person, or may have."""
    try:
        cards = Catalog(places.models).cards()
    except KinfolkError:
        return ()
    here = (card for card in cards if card.origin.startswith(TRAINED_HERE))
    return tuple(card.name for card in here if card.learned is None or person_id in card.learned.people)


def _erase_learnt(library: Library, places: Places) -> None:
    """Delete what was learnt from the library's people; where it is in use, go back to the default model first."""
    catalog = Catalog(places.models)
    if embedder_name(library) in {card.name for card in learnt_cards(catalog)}:
        use_embedder(library, DEFAULT_EMBEDDER)
    remove_learnt(catalog)


def _erase_the_rest(library: Library, places: Places, thumbs: ThumbStore) -> None:
    try:
        thumbs.clear()
        _delete_crops(places)
        delete_map(library.path)
        delete_backups(library.path)
    finally:
        _compact(library)
    _unlink(_note_path(places))


def _delete_crops(places: Places) -> None:
    """Delete the crops of training runs; raises LibraryError where some stay."""
    try:
        if places.crops.exists():
            shutil.rmtree(places.crops)
    except OSError as error:
        message = sentence(
            "The crops in {crops} cannot be deleted: {reason}.", crops=places.crops, reason=system_reason(error)
        )
        raise LibraryError(message, sentence("Delete that folder yourself.")) from error


def _compact(library: Library) -> None:
    try:
        library.compact()
    except LibraryError as error:
        message = sentence("All face data is deleted, but traces of it may be left in the library's file.")
        raise LibraryError(message, following(error.whole(), sentence("To finish, erase once more."))) from error


def _note_path(places: Places) -> Path:
    return places.data / "erase.unfinished.json"


def _note(places: Places, person_id: int | None) -> None:
    path = _note_path(places)
    path.unlink(missing_ok=True)
    try:
        new_private_file(path)
        path.write_text(json.dumps({} if person_id is None else {"person": person_id}), encoding="utf-8")
    except OSError:
        # A full disk: what is to go makes room, and must not stay for want of it.
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _noted(places: Places) -> dict[str, int] | None:
    try:
        noted = json.loads(_note_path(places).read_text(encoding="utf-8"))
        return {str(key): int(value) for key, value in noted.items()}
    except FileNotFoundError:
        return None
    except ValueError:
        # Written a moment before anything was erased, and torn: whose it was is not known, and nothing has gone.
        _unlink(_note_path(places))
        return None


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        message = sentence("The file {path} cannot be removed: {reason}.", path=path, reason=system_reason(error))
        raise LibraryError(message, sentence("Remove the file yourself.")) from error
