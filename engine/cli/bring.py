"""`kinfolk import`: brings names over from another program, after a look at what would come of it."""

import argparse
import os

from engine.cli.display import open_display
from engine.cli.edits import look_again
from engine.cli.opening import open_library, places_of, settings_of
from engine.cli.output import put_json, say
from engine.cli.running import run_workflow
from engine.errors import UsageError
from engine.scan.quiet_decoders import quiet_libraries
from engine.workflows.naming.bringing import BringingPlan, bring, plan_from
from engine.workflows.naming.sources import is_address

KEY = "KINFOLK_IMMICH_KEY"
"""The environment variable that may hold the key of a server: on the command line everybody could read it."""


def run(arguments: argparse.Namespace) -> int:
    """Read the other program's names, say what would come of them, and write them; with --preview only say it."""
    key = _key(arguments)
    with open_library(arguments) as library, quiet_libraries():
        steps = plan_from(library, arguments.source, arguments.path, key)
        plan = run_workflow(steps, open_display())
        if not arguments.json:
            _tell(plan)
        if not arguments.preview:
            workflow = bring(library, plan, places_of(arguments).models, settings_of(arguments))
            if run_workflow(workflow, open_display()):
                look_again(library, arguments)
                say("Take it back with: kinfolk undo")
    if arguments.json:
        put_json(plan.as_json())
    return 0


def _key(arguments: argparse.Namespace) -> str:
    if arguments.key_file is None:
        return os.environ.get(KEY, "").strip()
    if not is_address(arguments.path):
        raise UsageError("--key-file is for a server, and the names are read from files.", "Leave it out.")
    try:
        return str(arguments.key_file.read_text(encoding="utf-8")).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"The key file {arguments.key_file} cannot be read.", "It holds the key and nothing else."
        ) from error


def _tell(plan: BringingPlan) -> None:
    print(
        f"{plan.people:,} people are named in {plan.photos:,} photos that are here; {plan.elsewhere:,} photos are not."
    )
    print(
        f"{plan.matched:,} names belong to faces found here ({plan.judged.agreed:,} have them already), "
        f"{len(plan.judged.drawn):,} boxes would become faces, {len(plan.judged.hints):,} names have no place."
    )
    if plan.judged.conflicts:
        print(f"{plan.judged.conflicts:,} names contradict what was said here; they are left out.")
    if plan.births:
        print(f"{len(plan.births):,} birth dates come along.")
    if plan.unread:
        print(f"{plan.unread:,} files could not be read.")
