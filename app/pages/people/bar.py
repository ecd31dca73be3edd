"""What can be done with several people who are selected."""

from app.pages.people.actions import ANY, SEVERAL, PeopleActions
from app.style import texts
from app.widgets.selection_bar import SelectionBar


class PeopleBar(SelectionBar):
    """Shown where more than one is selected: one alone is opened or named, which needs no bar."""

    def __init__(self, actions: PeopleActions) -> None:
        super().__init__([*actions.of(SEVERAL), *actions.of(ANY)])

    def show_people(self, count: int) -> None:
        """Say how many are meant."""
        self.say(texts.people(count), shown=count > 1)
