"""Whose name a group without one is shown with: found in another thread while somebody looks at people."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.session.context import Context
from app.work.reading import Reading

if TYPE_CHECKING:
    # What groups faces loads libraries that the first window must not wait for.
    from engine.workflows.questions.proposals import ProposedName

REST_MS = 600
"""How long after the last of several changes the names are looked for again."""


class PeopleProposals(QObject):
    """Tells by `found` which named person each group may be; looks only when it is asked to."""

    found = Signal(object)
    """From the id of a group to the id of the named person."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._library, self._embedder, self._scanning = context.library, context.embedder, context.scanning
        self._reading: Reading[dict[int, ProposedName]] = Reading(context.thinking, self, self._take, context.report)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._look)

    def look(self) -> None:
        """Look for names soon; many changes are one."""
        if not self._rest.isActive():
            self._rest.start()

    def stop(self) -> None:
        """Look no more: nobody sees it."""
        self._rest.stop()
        self._reading.forget()

    def _look(self) -> None:
        if self._scanning.job is not None:
            # Everything changes then; the end of the scan is a change, too.
            return
        library, embedder = self._library, self._embedder

        def propose() -> "dict[int, ProposedName]":
            from engine.models.chosen import says_what_similarities_mean
            from engine.workflows.questions.proposals import proposed_names

            card = embedder()
            return proposed_names(library, card) if says_what_similarities_mean(card) else {}

        self._reading.refresh(propose)

    def _take(self, names: "dict[int, ProposedName]") -> None:
        self.found.emit({group: name.person for group, name in names.items()})
