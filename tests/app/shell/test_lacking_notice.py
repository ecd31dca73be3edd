"""Where faces cannot be compared, every page that compares says so, and what to do."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from app.shell.lacking_notice import WITHOUT
from app.shell.main_window import MainWindow
from app.shell.pages import PAGES
from engine.library.models import FaceVector, forget_vectors, photos_to_embed, store_vectors
from engine.library.vectors import face_vectors
from tests.app.drawn import DrawnLibrary
from tests.app.hand import Hand


def subject_of(page: str, drawn: DrawnLibrary) -> int | None:
    return {"person": drawn.people[0], "photo": drawn.photos[0]}.get(page)


def test_every_page_says_how_many_faces_it_leaves_out(
    window: MainWindow, qtbot: QtBot, settle: Callable[[], None], drawn: DrawnLibrary
) -> None:
    hand, context, notice = Hand(window, qtbot, settle), window.context, window.lacking
    for page in PAGES:
        hand.go(page, subject_of(page, drawn))
        assert not notice.isVisible(), f"nothing lacks on {page}"
    card = context.embedder()
    before = face_vectors(context.library, card.key)
    assert forget_vectors(context.library, card.name) == len(before.face_ids)
    for page in PAGES:
        hand.go(page, subject_of(page, drawn))
        assert notice.isVisible() == (page not in WITHOUT), page
    hand.go("people")
    many = f"{len(before.face_ids)} faces have no vector of {card.name} yet"
    assert many in notice.text.text()
    assert notice.button.isVisible(), "they can be made at once"

    hashes = {
        face.face_id: photo.content_hash for photo in photos_to_embed(context.library, "") for face in photo.faces
    }
    rows = zip(before.face_ids.tolist(), before.vectors, strict=True)
    store_vectors(context.library, card.key, [FaceVector(face, hashes[face] or b"", row) for face, row in rows])
    hand.go("review")
    assert not notice.isVisible()


def test_making_them_says_what_waits(
    window: MainWindow, qtbot: QtBot, settle: Callable[[], None], with_models: None
) -> None:
    """The drawn photos are other files than the library says, so that every face waits."""
    hand, context = Hand(window, qtbot, settle), window.context
    forget_vectors(context.library, context.embedder().name)
    hand.go("groups")
    hand.click_on(window.lacking.button)
    hand.wait_until(lambda: "it has changed; scan again" in hand.said)
    assert window.lacking.isVisible()
