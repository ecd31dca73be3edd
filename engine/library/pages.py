"""What somebody said of photos that may be pages with several pictures."""

from sqlalchemy import select, update

from engine.library.changes import Changes
from engine.library.ids import require_photos
from engine.library.library import Library
from engine.library.tables import Photo
from engine.words import sentence


def said_of_pages(library: Library) -> dict[int, bool]:
    """Return the photos of which somebody said whether they are pages, with what was said."""
    query = select(Photo.id, Photo.is_page).where(Photo.is_page.is_not(None))
    with library.read() as connection:
        return {photo: bool(is_page) for photo, is_page in connection.execute(query)}


def note_page(library: Library, photo_id: int) -> Changes:
    """Note, as an edit, that a photo shows several pictures. Raises LibraryError if there is no such photo."""
    return _say(library, photo_id, sentence("Note a page of pictures"), is_page=True)


def note_ordinary(library: Library, photo_id: int) -> Changes:
    """Note, as an edit, that a photo is an ordinary one. Raises LibraryError if there is no such photo."""
    return _say(library, photo_id, sentence("Note an ordinary photo"), is_page=False)


def _say(library: Library, photo_id: int, label: str, *, is_page: bool) -> Changes:
    with library.edit(label) as edit:
        require_photos(edit.connection, [photo_id])
        edit.connection.execute(update(Photo).where(Photo.id == photo_id).values(is_page=is_page))
    return edit.changes
