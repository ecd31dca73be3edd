"""A packet of XMP that is changed in a few places and otherwise stays as it is, comments and unknown properties too."""

import re
from collections.abc import Sequence

from lxml import etree

from engine.metadata.namespaces import NAMESPACES, qualified
from engine.metadata.own_words import remove_items
from engine.metadata.xmp import (
    Node,
    composed,
    descriptions_of,
    fields,
    get,
    list_in,
    properties_of,
    rdf_of,
    texts,
    tree,
)

_DESCRIPTION, _BAG, _LI, _PARSE = (
    qualified(name) for name in ("rdf:Description", "rdf:Bag", "rdf:li", "rdf:parseType")
)

_EMPTY = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n<rdf:Description rdf:about=""/>\n'
    b'</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>'
)
"""ISO 16684-1, section 7.3: the id is the same in every packet."""

_USED = {prefix: address for prefix, address in NAMESPACES.items() if prefix not in ("x", "xml")}

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold (section 2.2)."""


def writable(text: str) -> str:
    """Return a text as XML can hold it and as it is read back: without control characters, on one line."""
    return " ".join(_NOT_XML.sub("", text).split())


class Document:
    """The tree of a packet. Raises XmpError for a packet that cannot be read."""

    def __init__(self, packet: bytes | None) -> None:
        self._is_new = packet is None
        self._root = tree(_EMPTY if packet is None else packet, whole=True)
        if not descriptions_of(self._root):
            etree.SubElement(rdf_of(self._root), _DESCRIPTION, {qualified("rdf:about"): ""})
        self._before = b"" if packet is None else self.packet()

    @property
    def found(self) -> dict[str, Node]:
        """The properties as they are now."""
        return properties_of(self._root)

    @property
    def changed(self) -> bool:
        """Whether anything is not as it was read."""
        return self.packet() != self._before

    def packet(self) -> bytes:
        """Return the whole packet, UTF-8."""
        if self._is_new:
            etree.cleanup_namespaces(self._root, top_nsmap=_USED)
            etree.indent(self._root, " ")
        whole: bytes = etree.tostring(self._root.getroottree(), encoding="utf-8")
        return whole

    def put(self, name: str, values: Sequence[str], taken_out: frozenset[str] = frozenset()) -> None:
        """Let a list of texts hold `values`, and no longer those that are taken out; others stay, in their order.

        A list that is empty then goes.
        """
        present = texts(get(self.found, name))
        if set(values) <= set(present) and not (taken_out - set(values)) & set(present):
            return
        listed = self.list_at(name)
        there = {composed(" ".join((item.text or "").split())): item for item in listed.iterchildren(_LI)}
        remove_items(item for text, item in there.items() if text in taken_out and text not in values)
        for value in values:
            if value not in there:
                etree.SubElement(listed, _LI).text = value
        if next(listed.iterchildren(_LI), None) is None:
            self.remove(name)

    def remove(self, name: str) -> None:
        """Take a property out."""
        for description in descriptions_of(self._root):
            remove_items(child for child in description.iterchildren(qualified(name)))

    def list_at(self, name: str, *path: str) -> Node:
        """Return the list at a property, or deeper in it, as an element whose children are items; made if need be."""
        at = self._property(name)
        for step in path:
            at = _field(at, step)
        inside = list_in(at)
        if inside is not None:
            return inside
        alone, at.text = (at.text or "").strip(), None
        at.attrib.pop(_PARSE, None)
        made = etree.SubElement(at, _BAG)
        if alone:
            etree.SubElement(made, _LI).text = alone
        return made

    def _property(self, name: str) -> Node:
        tag = qualified(name)
        for description in descriptions_of(self._root):
            child = description.find(tag)
            if child is not None:
                return child
            if tag in description.attrib:
                alone = description.attrib.pop(tag)
                made = new_element(description, name)
                made.text = alone
                return made
        return new_element(descriptions_of(self._root)[0], name)


def new_element(parent: Node, name: str) -> Node:
    """Append an element of a name such as "mwg-rs:Area" and return it."""
    prefix = name.partition(":")[0]
    return etree.SubElement(parent, qualified(name), nsmap={prefix: NAMESPACES[prefix]})


def holder(node: Node) -> Node:
    """Return the element into which a structure's further fields go, in whichever of RDF's ways it is written."""
    inner = next(node.iterchildren(_DESCRIPTION), None)
    if inner is not None:
        return inner
    if node.get(_PARSE) == "Resource":
        return node
    if next(node.iterchildren(tag=etree.Element), None) is None and not node.attrib and not (node.text or "").strip():
        node.set(_PARSE, "Resource")
        return node
    # Fields that are written as attributes allow no children beside them.
    inner = etree.SubElement(node, _DESCRIPTION)
    for name, value in list(node.attrib.items()):
        if not name.startswith(qualified("rdf:")):
            inner.set(name, value)
            del node.attrib[name]
    return inner


def set_field(node: Node, name: str, value: str) -> None:
    """Set a structure's plain field, where it stands or, if it is new, as an element."""
    tag = qualified(name)
    for part in (node, *node.iterchildren(_DESCRIPTION)):
        if tag in part.attrib:
            part.set(tag, value)
            return
    there = fields(node).get(tag)
    element = new_element(holder(node), name) if there is None else there
    for child in list(element):
        element.remove(child)
    element.text = value


def _field(node: Node, name: str) -> Node:
    found = get(node, name)
    return new_element(holder(node), name) if found is None or isinstance(found, str) else found
