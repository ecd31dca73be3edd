"""Offers once to put Kinfolk among the desktop's applications, where installers of Python programs did not."""

from PySide6.QtCore import QObject

from app.session.context import Context
from app.shell.message_bar import MessageBar
from engine.desktop_entry import data_home, install, is_lacking, own_program
from engine.errors import KinfolkError
from engine.paths import usual_data_dir
from engine.words import fill, system_reason, told

ANSWERED = "desktop/answered"
"""The key of whether somebody has answered."""


class MenuOffer(QObject):
    """Asks in the message bar until it is answered: with the button, or by closing the message."""

    def __init__(self, context: Context, messages: MessageBar) -> None:
        super().__init__(messages)
        self._context, self._messages = context, messages

    def begin(self) -> None:
        """Ask, unless somebody has answered, there is an entry, or this is not the library that an entry opens."""
        remembered, data = self._context.remembered, self._context.places.data
        if remembered.value(ANSWERED) or data != usual_data_dir() or not is_lacking():
            return
        sentence = self.tr("Kinfolk is not among your applications yet.")
        self._messages.ask(sentence, (self.tr("Add it"), self._add), self._note)

    def _note(self) -> None:
        self._context.remembered.setValue(ANSWERED, "yes")

    def _add(self) -> None:
        self._note()
        try:
            install(data_home(), [own_program()])
        except OSError as error:
            message = fill(self.tr("The entry cannot be written: {reason}."), reason=told(system_reason(error)))
            self._context.fail(KinfolkError(message, self.tr("Check the permissions of the folder .local/share.")))
        except KinfolkError as error:
            self._context.fail(error)
        else:
            self._messages.tell(self.tr("Kinfolk is among your applications now."))
