"""Who is meant by a word of the command line: a person's number, or a name."""

from engine.errors import UsageError
from engine.library.edits.names import same_name
from engine.library.library import Library
from engine.library.queries import people_rows, require_person
from engine.words import counted, joined, sentence


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
        raise UsageError(
            sentence("Nobody is called {name}.", name=word), sentence("`kinfolk people` lists names and numbers.")
        )
    if len(named) > 1:
        which = joined(
            counted("{person} ({count:,} face)", "{person} ({count:,} faces)", count=row.faces, person=row.person)
            for row in named
        )
        raise UsageError(
            sentence("Several people are called {name}: {which}.", name=word, which=which),
            sentence("Give the number of the one you mean."),
        )
    return named[0].person
