"""Who is asked for a name next."""

from collections.abc import Sequence


class NamingOrder:
    """One round of naming: goes down the list as it is shown, and first to whoever came further up meanwhile.

    They are the larger groups: while a scan goes on the list is sorted anew with every answer, and whoever was next in
    an early list may be small in a later one.
    """

    def __init__(self, order: Sequence[int], first: int) -> None:
        """Begin with `first`; those above it in the list were passed over."""
        self._passed = set(order[: order.index(first)]) if first in order else set[int]()
        self._visited: list[int] = []

    def after(self, shown: Sequence[int], person: int) -> int | None:
        """Return the first who was not passed over, in the list as it was shown when a person was answered."""
        self._passed.add(person)
        self._visited.append(person)
        return next((one for one in shown if one not in self._passed), None)

    def before(self, order: Sequence[int], person: int) -> int | None:
        """Return whoever was asked for before, or stands above; None at the top."""
        place = order.index(person) if person in order else 0
        above = order[place - 1] if place else None
        earlier = self._visited.pop() if self._visited else above
        if earlier is not None:
            self._passed.discard(earlier)
        return earlier
