"""Which questions are wanted, and what there is beyond them: apart from all that loads more, for the first window."""

from dataclasses import dataclass

LIKELY = 0.08
"""From this probability on somebody is asked who did not ask for it: below, eleven of twelve answers are no."""

RARELY = 0.03
"""Below this probability nobody is asked, whatever they ask for: a hundred questions bring three yes at most."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which questions are wanted: at most so many, at least so likely, about one person or, if None, about anybody."""

    limit: int = 50
    least: float = LIKELY
    about: int | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many questions there are that are less likely than those that were wanted, and the share of yes expected."""

    count: int = 0
    share: float = 0.0

    @property
    def about(self) -> int:
        """The count as exact as it is worth saying: from 20 on tens."""
        return self.count if self.count < 20 else round(self.count / 10) * 10

    @property
    def one_in(self) -> int:
        """Of how many answers one yes is expected."""
        return max(1, round(1 / self.share)) if self.share else 0


EVERYBODY = Wanted()
"""What is wanted where nobody says more."""

NOTHING = Outlook()
