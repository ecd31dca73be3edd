"""Colours, spacing and type: light and dark as the system has it or as chosen; text scales with the system's font."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

CORNER = 12
"""Radius of a face's rounded corners, in device-independent pixels, as all sizes here."""

SCHEME = "window/scheme"
"""Under which the chosen `Scheme` is remembered."""

SIZE = "kinfolkTextSize"
"""The property of a widget that holds the size and weight that it was given."""


class Space(IntEnum):
    """The only distances between things."""

    TINY = 4
    SMALL = 8
    MEDIUM = 12
    LARGE = 16
    WIDE = 24
    HUGE = 32


class TextSize(IntEnum):
    """Sizes of type where the system's own is 13; they grow and shrink with it."""

    HINT = 11
    BODY = 13
    NAME = 15
    TITLE = 20


@dataclass(frozen=True, slots=True)
class Colours:
    """One scheme. Text stands on window, surface and tile with a contrast of at least 4.5 : 1."""

    window: str
    surface: str
    tile: str
    border: str
    text: str
    hint: str
    accent: str
    on_accent: str
    warning: str


LIGHT = Colours(
    window="#f6f6f4",
    surface="#ffffff",
    tile="#e9e9e6",
    border="#c9c9c4",
    text="#1c1c1a",
    hint="#5a5a55",
    accent="#1f5fbf",
    on_accent="#ffffff",
    warning="#a83a00",
)

DARK = Colours(
    window="#1d1e20",
    surface="#27282b",
    tile="#34363a",
    border="#4b4d52",
    text="#ececec",
    hint="#b4b6ba",
    accent="#8ab4f8",
    on_accent="#10213d",
    warning="#ffb087",
)


class Scheme(StrEnum):
    """What the user may choose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"

    @classmethod
    def remembered(cls, value: object) -> "Scheme":
        """Return the scheme of a value that was kept; anything else is as the system has it."""
        return next((scheme for scheme in cls if scheme.value == value), cls.SYSTEM)


ASKED = {
    Scheme.SYSTEM: Qt.ColorScheme.Unknown,
    Scheme.LIGHT: Qt.ColorScheme.Light,
    Scheme.DARK: Qt.ColorScheme.Dark,
}


class Theme(QObject):
    """Gives the application its palette, and another one when the user or the system changes between light and dark."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._scheme = Scheme.SYSTEM
        application.setStyle("Fusion")
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        self._follow()

    @property
    def scheme(self) -> Scheme:
        """What the user has chosen."""
        return self._scheme

    @property
    def colours(self) -> Colours:
        """The scheme in use."""
        if self._scheme is not Scheme.SYSTEM:
            return DARK if self._scheme is Scheme.DARK else LIGHT
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT

    def choose(self, scheme: Scheme) -> None:
        """Use a scheme from now on; the system is told, so that its own dialogs and frames go along."""
        self._scheme = scheme
        QGuiApplication.styleHints().setColorScheme(ASKED[scheme])
        self._follow()

    def _follow(self) -> None:
        self._application.setPalette(palette_of(self.colours))
        self.changed.emit()


def theme_in_use() -> Theme:
    """Return the application's theme; there is one from the start of the application to its end."""
    application = QApplication.instance()
    found: Theme | None = application.findChild(Theme) if application is not None else None
    if found is None:
        raise RuntimeError("There is no application with a theme.")
    return found


def palette_of(colours: Colours) -> QPalette:
    """Return the palette: tile is AlternateBase, border Mid, hint PlaceholderText, warning BrightText."""
    roles = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.Button: colours.surface,
        QPalette.ColorRole.ToolTipBase: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.tile,
        QPalette.ColorRole.Mid: colours.border,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.hint,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.Accent: colours.accent,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.BrightText: colours.warning,
    }
    palette = QPalette(QColor(colours.window))
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.hint))
    return palette


class _Seen:
    """The system's font as it was asked for last: whether it is another one is seen in a tenth of the time of a key."""

    def __init__(self) -> None:
        self.font: QFont | None = None
        self.key = ""


def system_font(_seen: _Seen = _Seen()) -> str:  # noqa: B008 what is remembered from call to call
    """Return what tells the system's font from others, for what is remembered of fonts."""
    font = QApplication.font()
    if _seen.font is None or font != _seen.font:
        _seen.font, _seen.key = font, font.key()
    return _seen.key


def font_of(size: TextSize, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the system's font at this size, in proportion to what the system asks for; nobody changes it."""
    return _font(system_font(), size, weight)


@lru_cache(maxsize=64)
def _font(_system: str, size: TextSize, weight: QFont.Weight) -> QFont:
    """Make a font once for each font of the system: a grid asks for hundreds at every paint."""
    font = QFont(QApplication.font())
    scale = size / TextSize.BODY
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * scale)
    else:
        font.setPixelSize(round(font.pixelSize() * scale))
    font.setWeight(weight)
    return font


def text_scale() -> float:
    """Return how much larger than usual the system's text is, at least 1."""
    return max(1.0, QFontInfo(QApplication.font()).pixelSize() / TextSize.BODY)


def set_text_size(widget: QWidget, size: TextSize, weight: QFont.Weight = QFont.Weight.Normal) -> None:
    """Give a widget's text one of the sizes; `TextSizes` keeps it so when the system's font changes."""
    widget.setProperty(SIZE, (size.value, weight.value))
    widget.setFont(font_of(size, weight))


class TextSizes(QObject):
    """Follows the system's font for the texts of a window and its dialogs that were given a size of their own."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give every such text its size again."""
        if event.type() == QEvent.Type.ApplicationFontChange:
            for widget in self._window.findChildren(QWidget):
                given = widget.property(SIZE)
                if given is not None:
                    size, weight = given
                    widget.setFont(font_of(TextSize(size), QFont.Weight(weight)))
        return False


def set_hint_colour(widget: QWidget) -> None:
    """Show a widget's text in the colour of hints, also after the scheme changes."""
    widget.setForegroundRole(QPalette.ColorRole.PlaceholderText)
