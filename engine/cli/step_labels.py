"""The steps of the history in the language in use; the library keeps them in English, and the window lists them all."""

import re

from engine.library.step_details import ALONE
from engine.words import fill
from engine.words.catalogue import find

_CONTEXT = "Steps"
_NUMBER = re.compile(r"\d[\d,]*")


def told_step(label: str) -> str:
    """Return a step's label in the language in use, as it is where the catalogue lacks it."""
    if label.startswith(ALONE):
        alone = "Undo alone: {label}"
        return fill(find(_CONTEXT, alone) or alone, label=told_step(label.removeprefix(ALONE)))
    found = _NUMBER.search(label)
    if found is None:
        return find(_CONTEXT, label) or label
    general = f"{label[: found.start()]}%1{label[found.end() :]}"
    number = fill("{number:,}", number=int(found[0].replace(",", "")))
    return (find(_CONTEXT, general) or general).replace("%1", number)
