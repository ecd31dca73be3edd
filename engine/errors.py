"""Errors that a person is meant to read: one sentence, and a hint what to do."""

from engine.words import Sentence, following, told


class KinfolkError(Exception):
    """Something went wrong that the user can understand.

    `message` says in one sentence what happened, `hint` what to do about it (may be empty). Both are English, and where
    they are `Sentence`s `told` says them in the language in use.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.whole()

    def whole(self) -> str:
        """Return the message and the hint as one text, which can be told in other languages, too."""
        return following(self.message, self.hint)

    def told(self) -> str:
        """Return the message and the hint in the language in use, for whoever reads them."""
        return told(self.whole())


class UsageError(KinfolkError):
    """The command or the setting was not one that Kinfolk knows."""

    exit_code = 2


class PhotoError(KinfolkError):
    """A photo file cannot be read; the scan lists it and goes on."""


class ModelError(KinfolkError):
    """A model is missing, damaged or not of the kind that its card says."""


class ClusterError(KinfolkError):
    """A cluster cannot be used, or none of its workers is left."""


class LibraryError(KinfolkError):
    """The library cannot be opened or does not hold what was asked for."""


class MayPassError(LibraryError):
    """What stood in the way may pass (a full disk, another Kinfolk that writes): the same may be tried again."""


def said_by(error: BaseException) -> str:
    """Return what an error says: a Sentence where it is one of ours, else the words of who raised it."""
    if isinstance(error, KinfolkError):
        return error.whole()
    said = error.args[0] if len(error.args) == 1 else None
    return said if isinstance(said, Sentence) else str(error)
