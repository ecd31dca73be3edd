"""Who would move, in sentences: what `kinfolk cluster` and `kinfolk models use` say alike."""

from collections.abc import Sequence

from engine.cli.output import say
from engine.words import counted, told
from engine.workflows.grouping.who_moves import Moving

SHOWN = 10
"""So many moves are told; they begin with those of people who have a name."""


def tell_moving(moving: Sequence[Moving]) -> None:
    """Say how many faces of whom would go to whom."""
    for one in moving[:SHOWN]:
        say(f"  {told(one.sentence())}")
    if len(moving) > SHOWN:
        left = sum(one.faces for one in moving[SHOWN:])
        more = counted(
            "… and {count:,} more move ({faces:,} faces in all)",
            "… and {count:,} more moves ({faces:,} faces in all)",
            count=len(moving) - SHOWN,
            faces=left,
        )
        say(f"  {more.told()}")
