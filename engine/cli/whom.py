"""Who is meant by a word of the command line: a person's number, or a name."""

from engine.errors import UsageError
from engine.library.edits.names import same_name
from engine.library.library import Library
from engine.library.queries import people_rows, require_person


def person_meant(library: Library, word: str) -> int:
    """Return the person whom a number or a name means.

    Raises UsageError where nobody is called so, or several are (with their numbers, to say which), and LibraryError for
    a number that is nobody's.
    """
    if word.isascii() and word.isdigit():
        require_person(library, int(word))
        return int(word)
    named = [row for row in people_rows(library) if row.name is not None and same_name(row.name, word)]
    if not named:
        raise UsageError(f"Nobody is called {word}.", "`kinfolk people` lists names and numbers.")
    if len(named) > 1:
        which = ", ".join(f"{row.person} ({row.faces:,} faces)" for row in named)
        raise UsageError(f"{len(named)} people are called {word}: {which}.", "Say which by the number.")
    return named[0].person
