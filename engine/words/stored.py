"""Sentences as they are kept in the library and sent between processes: JSON of their template and their values."""

import json
from typing import Any

from engine.words.sentence import Sentence

_KEYS = ({"code", "values"}, {"code", "values", "many"})


def stored(text: str) -> str:
    """Return a sentence as JSON in ASCII, which holds paths of any bytes, too; a plain text stays as it is."""
    return json.dumps(_taken_apart(text)) if isinstance(text, Sentence) else text


def recalled(text: str) -> str:
    """Return what `stored` was given, a Sentence where it was one; what is not of `stored` is returned as it is."""
    if not text.startswith("{"):
        return text
    try:
        return _sentence(json.loads(text))
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError, RecursionError):
        return text


def _taken_apart(value: object) -> object:
    if not isinstance(value, Sentence):
        return value
    apart = {"code": value.code, "values": {name: _taken_apart(one) for name, one in value.values.items()}}
    return apart if value.many is None else {**apart, "many": value.many}


def _sentence(apart: dict[str, Any]) -> Sentence:
    """Put a sentence together again. Raises ValueError and others for what never was one."""
    if set(apart) not in _KEYS:
        raise ValueError
    values = {name: _sentence(one) if isinstance(one, dict) else one for name, one in apart["values"].items()}
    return Sentence(apart["code"], values, apart.get("many"))
