"""What can be done on a person's page, with the faces that are meant and with the person."""

from app.style import texts
from app.widgets.actions import Actions, Row
from engine.library.queries import PersonRow
from engine.words import fill

FACES, PERSON = "the faces that are meant", "the person"


class PersonActions(Actions):
    """`show_person` and `set_target` tell them what they would be done to."""

    def rows(self) -> tuple[Row, ...]:
        """Return the table."""
        others = self.tr("Two or more who are somebody else: find who goes with them")
        cover = self.tr("Show this face for the person")
        return (
            Row("confirm", self.tr("Yes"), ("Y",), targets=(FACES,)),
            Row("reject", self.tr("Not this person"), ("Del", "N"), targets=(FACES,)),
            Row("move", self.tr("Move to…"), ("M",), targets=(FACES,)),
            Row("split", self.tr("Split off…"), ("S",), others, targets=(FACES,)),
            Row(
                "aside",
                self.tr("A stranger"),
                ("I",),
                self.tr("Set aside; later photos of them, too"),
                targets=(FACES,),
            ),
            Row("no_face", self.tr("Not a face"), ("X",), self.tr("Set aside, and nothing else"), targets=(FACES,)),
            Row("cover", self.tr("Use as cover"), ("C",), cover, targets=(FACES,)),
            Row("confirm_all", self.tr("Yes to the sure ones"), ("Shift+Y",), targets=(PERSON,)),
            Row("reject_all", self.tr("No to all shown"), ("Shift+N",), targets=(PERSON,)),
            Row("show_all", self.tr("Show all"), targets=(PERSON,)),
            Row("rename", self.tr("Rename"), ("F2",), targets=(PERSON,), meaning=self.tr("Give a name")),
            Row("photos", self.tr("See photos"), ("P",), targets=(PERSON,)),
            Row("copy_photos", self.tr("Copy the photos to…"), targets=(PERSON,)),
            Row("find", self.tr("Find more…"), ("F",), self.tr("Who else may be this person"), targets=(PERSON,)),
            Row("hide", self.tr("Hide"), ("H",), targets=(PERSON,)),
            Row("parts", self.tr("This is several people…"), ("Shift+S",), targets=(PERSON,)),
            Row("merge", self.tr("Merge with…"), targets=(PERSON,)),
            Row("birth", self.tr("Date of birth…"), targets=(PERSON,)),
            Row("unname", self.tr("Remove the name"), targets=(PERSON,)),
            Row("forget", self.tr("Forget for good…"), targets=(PERSON,)),
        )

    def show_person(self, row: PersonRow) -> None:
        """Speak of this person."""
        name = texts.called_shortly(row.name).replace("&", "&&")
        self["reject"].setText(fill(self.tr("Not {name}"), name=name) if row.name else self.table["reject"].text)
        self["rename"].setText(self.tr("Rename") if row.name else self.tr("Who is this?"))
        self["hide"].setText(self.tr("Show again") if row.hidden else self.tr("Hide"))
        for action in self.of(FACES):
            action.setEnabled(False)
        for action in self.of(PERSON):
            action.setEnabled(True)
        self["parts"].setEnabled(row.faces > 1)
        self["find"].setVisible(row.name is not None and not row.hidden)
        self["find"].setEnabled(row.name is not None and not row.hidden)
        self["unname"].setVisible(row.name is not None)
        self["confirm"].setVisible(row.name is not None and row.suggested > 0)

    def set_target(self, chosen: int, suggested: int) -> None:
        """Offer what can be done with so many faces, of which so many are suggestions."""
        for action in self.of(FACES):
            action.setEnabled(chosen > 0)
        self["confirm"].setEnabled(suggested > 0)
        self["cover"].setEnabled(chosen == 1)
        self["split"].setEnabled(chosen > 1)

    def ask_about(self, sure: int, all_: int) -> None:
        """Offer answers to so many suggestions, of which so many are sure."""
        self["confirm_all"].setText(texts.yes_to_sure(sure) if sure else self.table["confirm_all"].text)
        no = fill(self.tr("No to all {number}"), number=texts.number(all_))
        self["reject_all"].setText(no if all_ > 1 else self.tr("No to it"))
        self["confirm_all"].setEnabled(sure > 0)
        self["reject_all"].setEnabled(all_ > 0)

    def rest(self) -> None:
        """Offer nothing: something else stands in place of the faces."""
        for action in self.all():
            action.setEnabled(False)
