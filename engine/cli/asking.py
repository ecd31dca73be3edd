"""Questions that the command line asks where somebody sits at a terminal."""

import sys
from collections.abc import Collection

from engine.cli.output import printable, say
from engine.words import Sentence, sentence

YES, NO = sentence("y, yes"), sentence("n, no")
"""Answers that are taken at a prompt, with commas between them; translations list those of their language."""
ENGLISH_YES, ENGLISH_NO = ("y", "yes"), ("n", "no")


def somebody_sits_there() -> bool:
    """Return whether a question would be seen and can be answered."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def asked(question: Sentence, otherwise: Sentence, *, usual: bool) -> bool:
    """Ask until the answer is yes or no; `otherwise` says what each would mean, Enter alone means `usual`.

    Where the terminal is closed meanwhile, nobody has said yes.
    """
    yes, no = answers_meaning(YES, ENGLISH_YES), answers_meaning(NO, ENGLISH_NO)
    while True:
        print(printable(question), end=" ", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        answer = line.strip().casefold()
        if answer in yes | no:
            return answer in yes
        if not answer:
            return usual and bool(line)
        say(otherwise)


def answers_meaning(words: Sentence, english: Collection[str]) -> set[str]:
    """Return the answers that are taken: those in the language in use, and the English ones, whatever it is."""
    return {word.strip().casefold() for word in words.told().split(",")} | set(english)
