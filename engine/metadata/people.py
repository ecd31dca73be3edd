"""Names without boxes in XMP: people who are in the picture, wherever, and keywords that stand below "People"."""

from collections.abc import Iterator, Mapping

from engine.metadata.nobody import is_nobody
from engine.metadata.regions import names_of_others
from engine.metadata.xmp import Node, get, items, text, texts

MOST_NAMES = 1000
_LONGEST = 200

_HIERARCHIES = (
    ("lr:hierarchicalSubject", "|"),
    ("digiKam:TagsList", "/"),
    ("MicrosoftPhoto:LastKeywordXMP", "/"),
    ("mediapro:CatalogSets", "|"),
)
"""Keywords with those above them, and what stands between."""

_PEOPLE = frozenset({
    "people", "persons", "person", "personen", "leute", "menschen", "personnes", "gens", "personas", "gente", "persone",
    "mensen", "pessoas", "personer", "människor", "mennesker", "folk", "henkilöt", "ihmiset", "osoby", "ludzie", "lidé",
    "emberek", "люди", "персоны", "人物", "人々", "人们", "人", "사람", "인물",
})  # fmt: skip
"""What the keyword is called below which programs and people put names, in lower case."""


def people_of(found: Mapping[str, Node]) -> tuple[str, ...]:
    """Return the names of people that stand without a box, each once, in the order in which they are written."""
    others = names_of_others(found)
    named = dict.fromkeys(name for name in _named(found) if name not in others and not is_nobody(name))
    return tuple(named)[:MOST_NAMES]


def words_of(found: Mapping[str, Node]) -> tuple[str, ...]:
    """Return plain keywords, any of which may be somebody's name."""
    others = names_of_others(found)
    words = dict.fromkeys(texts(get(found, "dc:subject")))
    return tuple(word for word in words if word not in others and len(word) <= _LONGEST)[:MOST_NAMES]


def _named(found: Mapping[str, Node]) -> Iterator[str]:
    yield from texts(get(found, "Iptc4xmpExt:PersonInImage"))
    for person in items(get(found, "Iptc4xmpExt:PersonInImageWDetails")):
        yield text(get(person, "Iptc4xmpExt:PersonName"))
    for name, between in _HIERARCHIES:
        for keyword in texts(get(found, name)):
            above, _, last = keyword.rpartition(between)
            if above.partition(between)[0].strip().casefold() in _PEOPLE:
                yield last.strip()
