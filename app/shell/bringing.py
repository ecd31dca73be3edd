"""Bringing names from another program, on the lane of jobs."""

from typing import TYPE_CHECKING

from app.session.context import Context
from app.work.jobs import Steps

if TYPE_CHECKING:
    from engine.workflows.naming.bringing import BringingPlan


def plan_steps(context: Context, program: str, place: str, key: str) -> Steps:
    """Read another program's names and lay them beside what is known; returns a `BringingPlan`."""
    # Imported in the lane: it brings the models' libraries, which take half a second.
    from engine.workflows.naming.bringing import plan_from

    return (yield from plan_from(context.library, program, place, key))


def bring_steps(context: Context, plan: "BringingPlan") -> Steps:
    """Write what the plan says as one edit."""
    from engine.workflows.naming.bringing import bring

    return (yield from bring(context.library, plan, context.places.models, context.settings))
