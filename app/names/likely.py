"""Who some faces may be: looked up off the GUI thread, as it takes seconds in a large library."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from app.session.context import Context


class LikelyPeople(QObject):
    """Hands the ids of likely people to `found`, the likeliest first; only what was asked for last counts."""

    def __init__(self, context: Context, owner: QObject, found: Callable[[list[int]], None]) -> None:
        super().__init__(owner)
        self._library, self._embedder = context.library, context.embedder
        self._loader = context.thinker(self, found)

    def look_up(self, faces: Sequence[int], but: int | None = None) -> None:
        """Find out who these faces may be; never `but`, whose faces they are now."""
        library, embedder, faces = self._library, self._embedder, list(faces)

        def find() -> list[int]:
            from engine.workflows.questions.likenesses import likely_people

            return [person for person in likely_people(library, embedder(), faces) if person != but]

        self._loader.load(find)

    def forget(self) -> None:
        """Hand over nothing that is being looked up."""
        self._loader.forget()
