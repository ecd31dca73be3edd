"""IPTC's date of creation (IPTC-IIM 4.2, datasets 2:55 and 2:60), alone or among Photoshop's image resources."""

from collections.abc import Iterator

from engine.scan.dates import Date, parse_date

_RESOURCE, _IPTC = b"8BIM", 0x0404
_DATE_CREATED, _TIME_CREATED, _DIGITAL_DATE, _DIGITAL_TIME = 55, 60, 62, 63


def iptc_date(block: bytes) -> Date | None:
    """Return the date and time of creation; without a time to the day, without day or month less exactly.

    `block` is IPTC-IIM as it is, or the resources of which one is IPTC-IIM. None where there is no date in it.
    """
    found: dict[int, str] = {}
    for dataset, content in _datasets(_resource(block) if block.startswith(_RESOURCE) else block):
        found.setdefault(dataset, content.decode("latin-1"))
    for day, clock in ((_DATE_CREATED, _TIME_CREATED), (_DIGITAL_DATE, _DIGITAL_TIME)):
        date = parse_date(f"{found.get(day, '')} {found.get(clock, '')[:6]}")
        if date is not None:
            return date
    return None


def _resource(block: bytes) -> bytes:
    """Return IPTC's part of Photoshop's image resources."""
    at = 0
    while block[at : at + 4] == _RESOURCE and at + 12 <= len(block):
        number = int.from_bytes(block[at + 4 : at + 6], "big")
        name = block[at + 6] + 1
        at += 6 + name + name % 2
        size = int.from_bytes(block[at : at + 4], "big")
        if number == _IPTC:
            return block[at + 4 : at + 4 + size]
        at += 4 + size + size % 2
    return b""


def _datasets(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the application record's datasets (2:xx); extended ones (over 32 KB) end it: no date is among them."""
    at = 0
    while content[at : at + 1] == b"\x1c" and at + 5 <= len(content):
        record, dataset = content[at + 1], content[at + 2]
        size = int.from_bytes(content[at + 3 : at + 5], "big")
        if size & 0x8000:
            return
        if record == 2:
            yield dataset, content[at + 5 : at + 5 + size]
        at += 5 + size
