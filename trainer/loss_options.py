"""Options of a loss, checked against what its constructor takes before it is called: then words say what is wrong."""

import inspect
import math
from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from types import NoneType, UnionType
from typing import get_args, get_origin, get_type_hints

from torch import nn

from engine.errors import UsageError
from trainer.losses import CLASSIFICATION

_WORDS = {float: "a number", int: "a whole number", bool: "true or false", str: "a text"}


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
            there = f"It has {', '.join(known)}." if known else "It has none."
            hint = f"Did you mean '{near[0]}'? {there}" if near else there
            raise UsageError(f"The loss '{name}' has no option '{key}'.", hint)
        kinds = _kinds(hints[key])
        if not any(_fits(value, each) for each in kinds):
            words = dict.fromkeys(_word(each) for each in kinds if each is not NoneType)
            raise UsageError(
                f"The option '{key}' of the loss '{name}' is {value!r}.", f"It has to be {' or '.join(words)}."
            )


def _kinds(hint: object) -> list[object]:
    return [kind for each in get_args(hint) for kind in _kinds(each)] if isinstance(hint, UnionType) else [hint]


def _fits(value: object, kind: object) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if kind in (int, bool, str):
        return type(value) is kind
    return get_origin(kind) is Mapping and isinstance(value, Mapping)


def _word(kind: object) -> str:
    if isinstance(kind, type):
        return "a text" if issubclass(kind, StrEnum) else _WORDS.get(kind, "a table")
    return "a table"
