"""What can be done with people, each with its key, in the page and in its context menu."""

from collections.abc import Sequence

from app.style import texts
from app.widgets.actions import Actions, Keys, Row
from engine.library.queries import PersonRow
from engine.words import fill

ONE, SEVERAL, ANY = "one person", "several people", "one or several people"


class PeopleActions(Actions):
    """`set_target` tells them whom they would be done to."""

    def rows(self) -> tuple[Row, ...]:
        """Return the table."""
        return (
            Row("open", self.tr("Open"), targets=(ONE,)),
            Row("rename", self.tr("Rename"), ("F2",), targets=(ONE,), meaning=self.tr("Give a name")),
            Row("take", self.tr("This is…"), ("F4",), targets=(ONE,), meaning=self.tr("Take the name that is shown")),
            Row(
                "faces",
                self.tr("More faces"),
                ("F3",),
                targets=(ONE,),
                meaning=self.tr("More faces, also while a name is typed"),
            ),
            Row("merge", self.tr("Merge…"), ("M",), targets=(SEVERAL,), meaning=self.tr("Merge the selected people")),
            Row("with", self.tr("Merge with…"), targets=(ONE,)),
            Row("apart", self.tr("They are two people"), targets=(SEVERAL,)),
            Row("hide", self.tr("Hide"), ("Del",), targets=(ANY,)),
            Row("show", self.tr("Show again"), targets=(ANY,)),
            Row("next", self.tr("Name the next person"), ("Ctrl+N",)),
            Row("larger", self.tr("Larger"), ("Ctrl++", "Ctrl+=")),
            Row("smaller", self.tr("Smaller"), ("Ctrl+-",)),
            Row("usual", self.tr("Usual size"), ("Ctrl+0",)),
        )

    def keys_of_grid(self) -> Keys:
        """Return the keys that are no actions, each with what it does."""
        return [
            (self.tr("A to Z"), self.tr("Search names")),
            (self.tr("Enter"), self.tr("Open a person, or name somebody without a name; in a name, go on to the next")),
            (self.tr("Ctrl+Enter"), self.tr("Open anybody")),
            (self.tr("Tab"), self.tr("Take the name that is shown, or skip to the next")),
            (self.tr("Space"), self.tr("More faces of a person")),
        ]

    def set_target(self, people: Sequence[PersonRow], may: PersonRow | None = None) -> None:
        """Offer what can be done to these people; `may` is whom a single one may be."""
        one, several = len(people) == 1, len(people) > 1
        unnamed = one and people[0].name is None
        self["rename"].setText(self.tr("Who is this?") if unnamed else self.tr("Rename"))
        self["hide"].setText(
            fill(self.tr("Hide {people}"), people=texts.people(len(people))) if several else self.tr("Hide")
        )
        for name in ("open", "rename", "faces"):
            self.offer(name, possible=one)
        if may is not None and may.name is not None:
            name = texts.called_shortly(may.name).replace("&", "&&")
            self["take"].setText(fill(self.tr("This is {name}"), name=name))
        self.offer("take", possible=may is not None)
        self.offer("with", possible=one)
        self.offer("merge", possible=several)
        self.offer("apart", possible=len(people) == 2)
        self.offer("hide", possible=any(not row.hidden for row in people))
        self.offer("show", possible=any(row.hidden for row in people))
