"""Who is asked for a name next."""

from collections.abc import Sequence


class NamingOrder:
    """One round of naming: goes down the list as it is shown, then to whoever came in meanwhile further up."""

    def __init__(self, order: Sequence[int], first: int) -> None:
        """Begin with `first`; those above it in the list were passed over."""
        self._passed = set(order[: order.index(first)]) if first in order else set[int]()
        self._visited: list[int] = []

    def after(self, shown: Sequence[int], person: int) -> int | None:
        """Return the next below a person, in the list as it was shown when they were answered; None at its end."""
        self._passed.add(person)
        self._visited.append(person)
        below = shown.index(person) + 1 if person in shown else 0
        return next((one for one in (*shown[below:], *shown[:below]) if one not in self._passed), None)

    def before(self, order: Sequence[int], person: int) -> int | None:
        """Return whoever was asked for before, or stands above; None at the top."""
        place = order.index(person) if person in order else 0
        above = order[place - 1] if place else None
        earlier = self._visited.pop() if self._visited else above
        if earlier is not None:
            self._passed.discard(earlier)
        return earlier
