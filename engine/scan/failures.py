"""How reading fails, in sentences."""

import errno

from engine.words import Sentence, sentence, system_reason, template

TIME_OUT = sentence("Reading the picture took too long and was stopped.")

_PASSING = ("The file cannot be", "The file is gone", TIME_OUT, "The picture could not be read: the process")
"""How sentences begin, in English, that tell of something outside the file, or of a busy machine."""


def may_be_mended(problem: str) -> bool:
    """Say whether trying again can help with what kept a photo from being read: damage stays damage."""
    return problem.startswith(_PASSING) or " need the package " in problem or " does not work here" in problem


THE_FILE, THE_FOLDER = sentence("The file"), sentence("The folder")

_NO_PERMISSION = template("{thing} cannot be opened: no permission.")
_DRIVE_IS_GONE = template("{thing} cannot be read: the network drive is gone.")

_REASONS = {
    errno.ENOENT: template("{thing} is gone."),
    errno.EACCES: _NO_PERMISSION,
    errno.EPERM: _NO_PERMISSION,
    errno.EIO: template("{thing} cannot be read: the disk reports an error."),
    errno.ENAMETOOLONG: template("{thing} cannot be opened: the path is too long."),
    errno.ELOOP: template("{thing} cannot be opened: its links form a loop."),
    errno.ESTALE: _DRIVE_IS_GONE,
    errno.ENOTCONN: _DRIVE_IS_GONE,
}


def unreadable(thing: Sentence, error: OSError) -> Sentence:
    """Return the sentence for a file or a folder (`THE_FILE`) that the system does not hand over."""
    if (reason := _REASONS.get(error.errno or 0)) is not None:
        return sentence(reason, thing=thing)
    if error.strerror:
        return sentence("{thing} cannot be read: {reason}.", thing=thing, reason=system_reason(error))
    return sentence("{thing} cannot be read: unknown error.", thing=thing)


def unreadable_folder(path: object, error: OSError) -> Sentence:
    """Return the same for a folder that is named."""
    return unreadable(sentence("The folder {path}", path=str(path)), error)
