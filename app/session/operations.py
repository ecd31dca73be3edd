"""What the user does to the library: each edit runs off the GUI thread, says what it did and can be taken back."""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Signal

from app.session.confirming import Confirmed, confirm
from app.session.merging import Merged, merge
from app.session.writing import Writing
from app.style import texts
from engine.library import edits, pages
from engine.library.changes import Changes
from engine.library.states import Aside
from engine.words import fill

POSTPONED_DAYS = 30
"""How long a question that was answered "not sure" is not asked again."""


class Operations(Writing):
    """One method an edit. `then`, where a method takes it, is called on the GUI thread with the edit's result."""

    namesakes = Signal(int, object)
    """A person was given a name that others (a tuple of ids) have too."""

    def name(self, person: int, name: str, then: Callable[[edits.Naming], None] | None = None) -> None:
        """Name a person; an empty name takes the name away."""
        said = fill(self.tr("Named {name}."), name=name) if name else self.tr("The name was removed.")

        def report(naming: edits.Naming) -> None:
            self._tell_namesakes(person, naming)
            if then is not None:
                then(naming)

        self.edit(lambda: edits.name_person(self._library, person, name), said, report)

    def merge(self, into: int, others: Collection[int], then: Callable[[Changes], None] | None = None) -> None:
        """Make people one with `into`."""

        def said(merged: Merged) -> str:
            faces = texts.faces(merged.moved)
            if merged.name:
                return fill(self.tr("{faces} moved to {name}."), faces=faces, name=merged.name)
            people = texts.people(len(others) + 1)
            return fill(self.tr("{people} are one now: {faces} moved."), people=people, faces=faces)

        def report(merged: Merged) -> None:
            if then is not None:
                then(merged.changes)

        self.edit(lambda: merge(self._library, into, others), said, report)

    def confirm(self, person: int, faces: Collection[int], then: Callable[[Changes], None] | None = None) -> None:
        """Note that faces are a person."""
        self.confirm_each({person: faces}, then)

    def reject(self, person: int, faces: Collection[int], then: Callable[[Changes], None] | None = None) -> None:
        """Note that faces are not a person."""
        said = fill(self.tr("Said no to {faces}."), faces=texts.faces(len(faces)))
        self.edit(lambda: edits.reject_faces(self._library, person, faces), said, then)

    def confirm_each(
        self, answers: Mapping[int, Collection[int]], then: Callable[[Changes], None] | None = None
    ) -> None:
        """Note in one step that faces are several people."""

        def said(confirmed: Confirmed) -> str:
            return fill(self.tr("{faces} confirmed."), faces=texts.faces(confirmed.faces))

        self.edit(lambda: confirm(self._library, answers), said, then and (lambda confirmed: then(confirmed.changes)))

    def reject_each(self, answers: Mapping[int, Collection[int]]) -> None:
        """Note in one step that faces are not several people."""
        said = fill(self.tr("Said no to {faces}."), faces=texts.faces(sum(map(len, answers.values()))))
        self.edit(lambda: edits.reject_each(self._library, answers), said)

    def move(self, faces: Collection[int], person: int, name: str | None) -> None:
        """Give faces to another person."""
        said = fill(self.tr("{faces} moved to {name}."), faces=texts.faces(len(faces)), name=texts.called_within(name))
        self.edit(lambda: edits.move_faces(self._library, faces, person), said)

    def split_off(
        self, faces: Collection[int], name: str | None = None, then: Callable[[edits.NewPerson], None] | None = None
    ) -> None:
        """Make a new person of faces; `then` gets the `NewPerson`."""
        said = fill(self.tr("{faces} moved to somebody new."), faces=texts.faces(len(faces)))
        if name:
            said = fill(self.tr("{faces} moved to {name}."), faces=texts.faces(len(faces)), name=name)
        self.edit(lambda: edits.split_off(self._library, faces, name), said, then)

    def ignore(
        self,
        faces: Collection[int],
        why: Aside = Aside.STRANGER,
        then: Callable[[Changes], None] | None = None,
    ) -> None:
        """Set faces aside: strangers, or no faces."""
        said = fill(self.tr("{faces} set aside."), faces=texts.faces(len(faces)))
        self.edit(lambda: edits.ignore_faces(self._library, faces, why), said, then)

    def restore(self, faces: Collection[int]) -> None:
        """Take faces back that were set aside."""
        said = fill(self.tr("{faces} taken back."), faces=texts.faces(len(faces)))
        self.edit(lambda: edits.restore_faces(self._library, faces), said)

    def tell_apart(self, person: int, other: int, then: Callable[[Changes], None] | None = None) -> None:
        """Note that two people are two."""
        said = self.tr("Noted: these are two people.")
        self.edit(lambda: edits.mark_distinct(self._library, person, other), said, then)

    def note_page(self, photo: int) -> None:
        """Note that a photo is a page with several pictures."""
        said = self.tr("Noted: a page. Its faces may be one person several times.")
        self.edit(lambda: pages.note_page(self._library, photo), said)

    def note_ordinary(self, photo: int) -> None:
        """Note that a photo is no page."""
        said = self.tr("Noted: one photo. Its faces are several people.")
        self.edit(lambda: pages.note_ordinary(self._library, photo), said)

    def hide(self, people: Collection[int]) -> None:
        """Keep people out of sight, in one step."""
        said = fill(self.tr("{people} hidden."), people=texts.people(len(people)))
        self.edit(lambda: edits.hide_people(self._library, people), self.tr("Hidden.") if len(people) == 1 else said)

    def show(self, people: Collection[int]) -> None:
        """Bring hidden people back, in one step."""
        said = fill(self.tr("{people} shown again."), people=texts.people(len(people)))
        one = self.tr("Shown again.")
        self.edit(lambda: edits.show_people(self._library, people), one if len(people) == 1 else said)

    def set_cover(self, person: int, face: int) -> None:
        """Show this face for a person."""
        self.edit(lambda: edits.set_cover(self._library, person, face), self.tr("The cover was changed."))

    def set_birth(self, person: int, written: str) -> None:
        """Note when a person was born; nothing takes the date away."""
        said = self.tr("The date of birth was changed.")
        self.edit(lambda: edits.set_birth_date(self._library, person, written), said)

    def postpone(self, kind: str, ids: tuple[int, int], then: Callable[[Changes], None] | None = None) -> None:
        """Do not ask a question about these two ids for a month."""
        until = datetime.now(UTC) + timedelta(days=POSTPONED_DAYS)
        said = self.tr("Not asked again for a month.")
        self.edit(lambda: edits.postpone_question(self._library, kind, *ids, until), said, then)

    def _tell_namesakes(self, person: int, naming: edits.Naming) -> None:
        if naming.same_name:
            self.namesakes.emit(person, naming.same_name)
