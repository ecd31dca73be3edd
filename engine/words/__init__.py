"""What Kinfolk says, in the language of whoever reads it.

The engine says whole sentences with named values (`sentence`, `counted`). They are strings in English wherever they go:
in tests, logs and JSON. Where somebody reads them, in the window and on the command line, `told` gives them in the
language in use, from the catalogues in resources/translations.
"""

from engine.words.filling import fill
from engine.words.sentence import ENGINE, Sentence, Value, counted, following, joined, listed, sentence, template, told
from engine.words.stored import recalled, stored
from engine.words.system_errors import system_reason

__all__ = [
    "ENGINE",
    "Sentence",
    "Value",
    "counted",
    "fill",
    "following",
    "joined",
    "listed",
    "recalled",
    "sentence",
    "stored",
    "system_reason",
    "template",
    "told",
]
