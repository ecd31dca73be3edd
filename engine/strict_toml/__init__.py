"""TOML files to frozen dataclasses and back: every key is known, every value has its declared type and range.

Model cards, settings and training configurations are all read here, so that what is wrong is said in the same words.
"""

from engine.strict_toml.needs import Needs, filled, from_to, matching
from engine.strict_toml.parsing import MOST_BYTES, parse_toml
from engine.strict_toml.reading import KEY, Origin, read_table, read_toml
from engine.strict_toml.writing import table_of, toml_text

__all__ = [
    "KEY",
    "MOST_BYTES",
    "Needs",
    "Origin",
    "filled",
    "from_to",
    "matching",
    "parse_toml",
    "read_table",
    "read_toml",
    "table_of",
    "toml_text",
]
