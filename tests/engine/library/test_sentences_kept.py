"""What the library keeps of sentences is told in other languages later; what older versions kept stays as it was."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import text

from engine.errors import PhotoError
from engine.library.edits import ignore_faces
from engine.library.history import history
from engine.library.indexing import Problem, store_problems
from engine.library.queries import problem_photo_rows
from engine.library.step_details import undo_alone, undone_alone
from engine.words import Sentence, sentence, told
from tests.engine.library.conftest import Album


def test_a_problem_is_told_in_the_language_in_use(album: Album, speak: Callable[..., None]) -> None:
    (broken,) = album.start("broken.jpg")
    error = PhotoError(sentence("The {kind} picture ends.", kind="PNG"), sentence("Copy it again."))
    store_problems(album.library, [Problem(broken, error.whole(), 1, 1, None)])
    speak("de", {"The {kind} picture ends.": "Das Bild ({kind}) endet.", "Copy it again.": "Kopieren Sie es neu."})
    (row,) = problem_photo_rows(album.library)
    assert row.problem == "The PNG picture ends. Copy it again."
    assert isinstance(row.problem, Sentence)
    assert row.problem.told() == "Das Bild (PNG) endet. Kopieren Sie es neu."


def test_what_an_older_version_kept_is_read_as_it_was(album: Album) -> None:
    (broken,) = album.start("broken.jpg")
    store_problems(album.library, [Problem(broken, "new", 1, 1, None)])
    for kept in ("The PNG ends early.", '{"code": "not {whole}", "values": {}}', ""):
        with album.library.write() as transaction:
            transaction.connection.execute(text("UPDATE photos SET problem = :kept"), {"kept": kept})
        (row,) = problem_photo_rows(album.library)
        assert row == replace(row, problem=kept)


def test_steps_are_told_too_also_where_one_took_back_another(album: Album, speak: Callable[..., None]) -> None:
    one, two = album.fill(1, 2)[0]
    ignore_faces(album.library, [one, two])
    (step,) = history(album.library)
    undo_alone(album.library, step.id)
    label = history(album.library)[-1].label
    speak("de", {("Set {count:,} face aside", "Set {count:,} faces aside"): ("{count} Gesicht", "{count} Gesichter")})
    assert (label, told(label)) == ("Undo alone: Set 2 faces aside", "Undo alone: 2 Gesichter")
    assert told(undone_alone(label) or "") == "2 Gesichter"
    assert undone_alone("Undo alone: Set 2 faces aside") == "Set 2 faces aside"
    assert undone_alone(step.label) is None
