"""One line above a page that compares faces: how many it cannot compare yet, and what to do."""

from PySide6.QtWidgets import QWidget

from app.session.context import Context
from app.style import texts
from app.style.theme import Space, set_hint_colour
from app.widgets.label import Label
from engine.workflows.embedding.in_use import Lacking, lacking


class LackingNotice(Label):
    """Hidden where every face has a vector of the model in use."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__("", parent)
        self._context = context
        self._counted = context.loader(self, self._show)
        self.setWordWrap(True)
        self.setContentsMargins(Space.WIDE, 0, Space.WIDE, Space.SMALL)
        set_hint_colour(self)
        self.hide()
        context.settings_changed.connect(self.look)
        context.changed_elsewhere.connect(self.look)

    def look(self) -> None:
        """Count anew."""
        context = self._context
        self._counted.load(lambda: lacking(context.library, context.embedder()))

    def _show(self, found: Lacking) -> None:
        sentence = self.tr(
            "{faces} have no vector of {model} yet, so they are left out here. The next scan makes what lacks."
        )
        self.setText(sentence.format(faces=texts.faces(found.faces), model=found.model) if found.faces else "")
        self.setVisible(bool(found.faces))
