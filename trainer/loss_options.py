"""Options of a loss, checked against what its constructor takes before it is called: then words say what is wrong."""

import inspect
import math
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from enum import StrEnum
from types import NoneType, UnionType
from typing import get_args, get_origin, get_type_hints

from torch import nn

from engine.errors import UsageError
from engine.words import Sentence, following, sentence
from trainer.losses import CLASSIFICATION

_WORDS = {
    float: sentence("a number"),
    int: sentence("a whole number"),
    bool: sentence("true or false"),
    str: sentence("a text"),
}
_TABLE = sentence("a table")


def check_options(name: str, kind: type[nn.Module], options: Mapping[str, object]) -> None:
    """Raise UsageError for an option that the loss `name` of this class lacks, or of a type that it cannot have."""
    signature = inspect.signature(kind.__init__)
    known = [key for key, each in signature.parameters.items() if each.kind is inspect.Parameter.KEYWORD_ONLY]
    hints = get_type_hints(kind.__init__)
    joined, more = options.get("join"), options.get("join_options")
    if "join_options" in known and joined in CLASSIFICATION and isinstance(more, Mapping):
        check_options(str(joined), CLASSIFICATION[str(joined)], more)
    for key, value in options.items():
        if key not in known:
            near = get_close_matches(key, known, 1)
            there = sentence("It has {options}.", options=", ".join(known)) if known else sentence("It has no options.")
            hint = following(sentence("Did you mean '{option}'?", option=near[0]), there) if near else there
            raise UsageError(sentence("The loss '{name}' has no option '{key}'.", name=name, key=key), hint)
        kinds = _kinds(hints[key])
        if not any(_fits(value, each) for each in kinds):
            words = list(dict.fromkeys(_word(each) for each in kinds if each is not NoneType))
            raise UsageError(
                sentence("The option '{key}' of the loss '{name}' is {value}.", key=key, name=name, value=repr(value)),
                _needed(words),
            )


def _kinds(hint: object) -> list[object]:
    return [kind for each in get_args(hint) for kind in _kinds(each)] if isinstance(hint, UnionType) else [hint]


def _fits(value: object, kind: object) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if kind in (int, bool, str):
        return type(value) is kind
    return get_origin(kind) is Mapping and isinstance(value, Mapping)


def _needed(words: Sequence[Sentence]) -> Sentence:
    """Return what a value has to be, of one kind or of one of two or more."""
    needed, *others = words
    for word in others:
        needed = sentence("{one} or {other}", one=needed, other=word)
    return sentence("It has to be {needed}.", needed=needed)


def _word(kind: object) -> Sentence:
    if isinstance(kind, type):
        return _WORDS[str] if issubclass(kind, StrEnum) else _WORDS.get(kind, _TABLE)
    return _TABLE
