"""The language of the window: its texts, those of Qt's own buttons, and how numbers and dates are written."""

from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from app.style.lettering import families_for
from engine.words import catalogue
from engine.words.catalogue import ENGLISH, SYSTEM

NO_NUMBER: Final = -1
"""What Qt gives for a text without one."""


class CatalogueTexts(QTranslator):
    """Has Qt look up texts in the catalogue that the engine and the command line use.

    `tr` asks for every class that the text may belong to: what was found, or not, is kept.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._known: dict[tuple[str, str], str | None] = {}

    def isEmpty(self) -> bool:
        """Say that there is something in it: Qt asks no translator that is empty."""
        return False

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = NO_NUMBER) -> str | None:
        """Return the text in the language in use, in the form for a number where it has one; None lets Qt ask on."""
        if n != NO_NUMBER:
            return catalogue.find_form(context, text, n)
        key = (context, text)
        if key not in self._known:
            self._known[key] = catalogue.find(context, text)
        return self._known[key]

    def forget(self) -> None:
        """Look everything up anew: another language is in use."""
        self._known.clear()


class Language(QObject):
    """Chooses the language of the process: the one that is set, or the system's where there are texts in it."""

    changed = Signal()

    def __init__(self, application: QApplication, chosen: str = SYSTEM) -> None:
        super().__init__(application)
        self._application, self._chosen = application, chosen
        self._texts, self._buttons = CatalogueTexts(self), QTranslator(self)
        self._families = application.font().families()
        self._use()

    @property
    def chosen(self) -> str:
        """What was asked for: `SYSTEM`, or a language as `catalogue.languages` names it."""
        return self._chosen

    def choose(self, chosen: str) -> None:
        """Use a language from now on; whoever shows texts makes them anew at `changed`."""
        before, self._chosen = catalogue.in_use(), chosen
        if self._wanted() != before:
            self._use()
            self.changed.emit()

    def _wanted(self) -> str:
        """Return the language that is chosen now; the system says which ones it is used in."""
        wanted = QLocale.system().uiLanguages() if self._chosen == SYSTEM else [self._chosen]
        return catalogue.nearest(wanted)

    def _use(self) -> None:
        catalogue.use(self._wanted())
        self.take_up()

    def take_up(self) -> None:
        """Have Qt say everything in the catalogue in use, and write numbers and dates as its language does."""
        language = catalogue.in_use()
        locale = locale_for(language, QLocale.system())
        QLocale.setDefault(locale)
        for translator in (self._texts, self._buttons):
            self._application.removeTranslator(translator)
        self._texts.forget()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if language != ENGLISH and self._buttons.load(locale, "qtbase", "_", folder):
            self._application.installTranslator(self._buttons)
        self._application.installTranslator(self._texts)
        self._write_with(families_for(language, self._families))

    def _write_with(self, families: list[str]) -> None:
        font = self._application.font()
        if font.families() != families:
            font.setFamilies(families)
            self._application.setFont(font)


def locale_for(language: str, system: QLocale) -> QLocale:
    """Return how numbers and dates are written in a language: as the system does where it is the system's, too.

    Else as in the system's country, where the language is used there. "C", which is no language, counts as English.
    """
    own = QLocale.languageToCode(system.language()) if system.language() != QLocale.Language.C else ENGLISH
    if own == language:
        return system
    return QLocale(QLocale(language).language(), system.territory())


def language_in_use() -> Language:
    """Return the application's language; there is one from the start of the application to its end."""
    application = QApplication.instance()
    found: Language | None = application.findChild(Language) if application is not None else None
    if found is None:
        raise RuntimeError("There is no application with a language.")
    return found
