"""The first page of an empty library: add folders; what happens then, and what never does."""

from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QLocale, QStandardPaths, Qt, QUrl
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.pages.page import Page
from app.pictures.opening import open_with_system
from app.session.context import Context
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.drop_area import DropArea
from app.widgets.label import Label
from engine.models.card import ModelCard, UrlSource
from engine.words import fill

WIDEST = 720
MEGABYTE = 1_000_000


class WelcomePage(Page):
    """Takes folders by button or drop; the window moves on to the people when the scan begins."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.set_title(self.tr("Who is in your photos?"))
        self.area = DropArea(pictures_folder())
        self.area.choose.connect(context.folder_wanted)
        self.area.dropped.connect(context.scanning.scan)
        self.models = self._line("")
        column = QVBoxLayout()
        column.setContentsMargins(Space.WIDE, Space.SMALL, Space.WIDE, Space.WIDE)
        column.setSpacing(Space.MEDIUM)
        column.addWidget(self._line(self.tr("Kinfolk finds the faces in your photos and works out who is who.")))
        column.addWidget(self.area, 1)
        for sentence in self._promises():
            column.addWidget(self._line(sentence))
        column.addWidget(self.models)
        self.body.addLayout(column, 1)
        self._cards = context.loader(self, self._show_cards)

    def enter(self, subject: int | None, memory: object) -> None:
        """Look whether the models are here already."""
        self._cards.load(self.context.absent_models)
        self.area.setFocus()

    def _promises(self) -> list[str]:
        data = self.context.places.data
        link = f'<a href="{QUrl.fromLocalFile(str(data)).toString()}">{escape(str(data))}</a>'
        return [
            self.tr("<b>Nothing leaves this computer.</b> Your photos are only read, never changed."),
            fill(self.tr("What Kinfolk finds, and what you say, is kept in {folder}."), folder=link),
        ]

    def _show_cards(self, absent: list[ModelCard]) -> None:
        """Say what is fetched before the first scan, how large, under which licence, and where from."""
        if not absent:
            self.models.setText(self.tr("Everything that is needed is here: a scan needs no internet."))
            return
        size = QLocale().toString(round(sum(card.size for card in absent) / MEGABYTE))
        licences = self.tr(" and ").join(dict.fromkeys(card.licence for card in absent))
        sentence = self.tr(
            "Before the first scan, the models that find and compare faces ({size} MB, {licences}) are fetched once "
            "from {hosts}. That is all the internet is needed for."
        )
        self.models.setText(fill(sentence, size=size, licences=licences, hosts=", ".join(_hosts(absent))))

    def _line(self, text: str) -> QLabel:
        line = Label(text)
        line.setTextFormat(Qt.TextFormat.RichText)
        line.setWordWrap(True)
        set_text_size(line, TextSize.BODY)
        set_hint_colour(line)
        line.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        line.linkActivated.connect(lambda _link: open_with_system(self.context.places.data, self.context.fail))
        return line


def pictures_folder() -> Path | None:
    """Return where this system keeps pictures, None where there is no such folder or nothing in it."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    folder = Path(place)
    try:
        return folder if place and folder != Path.home() and any(folder.iterdir()) else None
    except OSError:
        return None


def _hosts(cards: list[ModelCard]) -> list[str]:
    """Return where the models are fetched from first."""
    first = [card.sources[0] for card in cards if card.sources]
    return list(dict.fromkeys(urlsplit(one.url).hostname or "" for one in first if isinstance(one, UrlSource)))
