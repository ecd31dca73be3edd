"""Reading XMP (ISO 16684-1) out of hands that nobody knows: no entities, no network, no size or depth without limit.

What a property looks like is up to who wrote it: attribute or element, with a description inside or without. `fields`
and `items` look the same for all of these.
"""

import unicodedata
from collections.abc import Iterator
from typing import Any

from lxml import etree

from engine.metadata.namespaces import qualified
from engine.words import sentence

MAX_PACKET = 16_000_000
"""Bytes; face models and depth maps of phones come to some megabytes."""

MOST_ITEMS = 10_000
"""Items of one list that are looked at."""

Node = Any
"""An element of lxml, or a string where a property is written as an attribute."""

_ABOUT, _DESCRIPTION, _LI, _RESOURCE = (
    qualified(name) for name in ("rdf:about", "rdf:Description", "rdf:li", "rdf:resource")
)
_LISTS = frozenset(qualified(name) for name in ("rdf:Bag", "rdf:Seq", "rdf:Alt"))
_RDF = qualified("rdf:RDF")
_OF_RDF = qualified("rdf:")


class XmpError(ValueError):
    """A packet that cannot be read; nothing may be concluded from it."""


def properties(packet: bytes) -> dict[str, Node]:
    """Return the properties of a packet by their qualified names; of one that stands twice the first.

    Raises XmpError for what is no XMP, is damaged, is too large, or brings definitions of its own (a DTD).
    """
    return properties_of(tree(packet))


def properties_of(root: Node) -> dict[str, Node]:
    """Return the properties that stand in a tree: its own elements, not copies. Raises XmpError where it is no RDF."""
    found: dict[str, Node] = {}
    for description in descriptions_of(root):
        for name, value in fields(description).items():
            found.setdefault(name, value)
    return found


def descriptions_of(root: Node) -> list[Node]:
    """Return the descriptions in whose fields the properties are. Raises XmpError where the tree is no RDF."""
    return list(rdf_of(root).iterchildren(_DESCRIPTION))


def rdf_of(root: Node) -> Node:
    """Return the element that holds the descriptions. Raises XmpError where there is none."""
    described = root if root.tag == _RDF else next(root.iter(_RDF), None)
    if described is None:
        raise XmpError(sentence("The packet holds no RDF."))
    return described


def tree(packet: bytes, *, whole: bool = False) -> Node:
    """Return the root of an XML document that nobody may trust. Raises XmpError as `properties`.

    Comments and processing instructions are left out, but from a `whole` tree, which is to be written again.
    """
    if len(packet) > MAX_PACKET:
        raise XmpError(sentence("The packet is too large."))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=not whole,
        remove_pis=not whole,
        recover=False,
    )
    try:
        root = etree.fromstring(_trimmed(packet), parser)
    except (etree.XMLSyntaxError, ValueError, LookupError, MemoryError) as error:
        raise XmpError(sentence("The packet is damaged.")) from error
    document = root.getroottree().docinfo
    if document.doctype or document.internalDTD is not None:
        raise XmpError(sentence("The packet brings definitions of its own."))
    return root


def _trimmed(packet: bytes) -> bytes:
    """Return the packet without what some writers leave around it: zeros and spaces, which XML does not allow."""
    if b"\0<\0" in packet[:64] or b"<\0" in packet[:64]:  # UTF-16 or UTF-32, of which zeros are a part
        return packet
    return packet.strip(b"\0 \t\r\n")


def fields(node: Node) -> dict[str, Node]:
    """Return a structure's fields, whichever of RDF's ways it is written in; empty for a plain value."""
    if isinstance(node, str):
        return {}
    found: dict[str, Node] = {}
    for part in (node, *_descriptions(node)):
        for name, value in part.attrib.items():
            if not name.startswith(_OF_RDF):
                found.setdefault(name, value)
        for child in part.iterchildren(tag=etree.Element):
            if not child.tag.startswith(_OF_RDF):
                found.setdefault(child.tag, child)
    return found


def _descriptions(node: Node) -> Iterator[Node]:
    for child in node.iterchildren(_DESCRIPTION):
        yield child
        return


def list_in(node: Node) -> Node | None:
    """Return the list (Bag, Seq, Alt) that an element holds; None where it holds none."""
    return next((child for child in node.iterchildren(tag=etree.Element) if child.tag in _LISTS), None)


def items(node: Node | None) -> list[Node]:
    """Return the items of a list (Bag, Seq, Alt), or the value itself where it stands without one; [] for None."""
    if node is None:
        return []
    if isinstance(node, str):
        return [node] if node.strip() else []
    listed = list_in(node)
    if listed is not None:
        return [item for item, _ in zip(listed.iterchildren(_LI), range(MOST_ITEMS), strict=False)]
    return [node] if text(node) or fields(node) else []


def text(node: Node | None) -> str:
    """Return a value's text, of a list (an Alt in several languages, say) its first item's; "" where there is none.

    It is composed (NFC): what programs for macOS write apart is the same name.
    """
    for _ in range(4):  # a list in a list in a list nobody means
        if node is None:
            return ""
        if isinstance(node, str):
            return composed(str(node).strip())
        inside = list_in(node)
        if inside is None:
            return composed(str(node.get(_RESOURCE) or node.text or "").strip())
        node = next(inside.iterchildren(_LI), None)
    return ""


def composed(text: str) -> str:
    """Return a text in the one spelling in which texts are compared."""
    return unicodedata.normalize("NFC", text)


def texts(node: Node | None) -> list[str]:
    """Return the texts of a list's items that are not empty."""
    return [found for found in (text(item) for item in items(node)) if found]


def get(node: Node | None, *path: str) -> Node | None:
    """Return what a path of field names such as "mwg-rs:Area" leads to; None where it ends before."""
    for name in path:
        if node is None:
            return None
        node = (node if isinstance(node, dict) else fields(node)).get(qualified(name))
    return node


def number(node: Node | None) -> float | None:
    """Return a value as a finite number, None where it is none; "0,5" is one, for some programs write so."""
    try:
        value = float(text(node).replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) < 1e9 else None
