"""Why the system refuses, in words."""

import errno
import os

import pytest

from engine.words import Sentence, system_reason


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.ENOSPC])
def test_usual_reasons_are_sentences(number: int) -> None:
    assert isinstance(system_reason(OSError(number, "in other words")), Sentence)


def test_other_reasons_are_told_by_the_system() -> None:
    assert system_reason(OSError(errno.EXDEV, os.strerror(errno.EXDEV))) == os.strerror(errno.EXDEV)
    assert system_reason(OSError("broken")) == "broken"
    assert system_reason(TimeoutError()) == "TimeoutError"


def test_windows_says_more_than_the_number() -> None:
    used = PermissionError(errno.EACCES, "The file is used by another process")
    used.winerror = 32  # type: ignore[attr-defined, unused-ignore]  # Windows sets it, where files are in use
    assert system_reason(used) == "The file is used by another process"
