"""`kinfolk import`: brings names over from another program, after a look at what would come of it."""

import argparse
import os

from engine.cli.display import open_display
from engine.cli.edits import UNDO, look_again
from engine.cli.opening import open_library, places_of, settings_of
from engine.cli.output import put_json, put_line, say
from engine.cli.running import run_workflow
from engine.errors import UsageError
from engine.scan.quiet_decoders import quiet_libraries
from engine.words import counted, sentence
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
                say(UNDO)
    if arguments.json:
        put_json(plan.as_json())
    return 0


def _key(arguments: argparse.Namespace) -> str:
    if arguments.key_file is None:
        return os.environ.get(KEY, "").strip()
    if not is_address(arguments.path):
        raise UsageError(
            sentence("--key-file is for servers, but the names are read from files here."), sentence("Leave it out.")
        )
    try:
        return str(arguments.key_file.read_text(encoding="utf-8")).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            sentence("The key file {file} cannot be read.", file=arguments.key_file),
            sentence("It should hold the key and nothing else."),
        ) from error


def _tell(plan: BringingPlan) -> None:
    put_line(
        counted(
            "{count:,} person named in {photos:,} photos that are in the library; {elsewhere:,} photos are not.",
            "{count:,} people named in {photos:,} photos that are in the library; {elsewhere:,} photos are not.",
            count=plan.people,
            photos=plan.photos,
            elsewhere=plan.elsewhere,
        )
    )
    put_line(
        counted(
            "{count:,} name belongs to a face found here ({known:,} known already).",
            "{count:,} names belong to faces found here ({known:,} known already).",
            count=plan.matched,
            known=plan.judged.agreed,
        )
    )
    put_line(
        sentence(
            "Boxes that would become faces: {boxes:,}; names without a place in the photo: {hints:,}.",
            boxes=len(plan.judged.drawn),
            hints=len(plan.judged.hints),
        )
    )
    if plan.judged.conflicts:
        put_line(
            counted(
                "{count:,} name contradicts what you have said here and is left out.",
                "{count:,} names contradict what you have said here and are left out.",
                count=plan.judged.conflicts,
            )
        )
    if plan.births:
        put_line(
            counted(
                "{count:,} date of birth is imported as well.",
                "{count:,} dates of birth are imported as well.",
                count=len(plan.births),
            )
        )
    if plan.unread:
        put_line(counted("{count:,} file could not be read.", "{count:,} files could not be read.", count=plan.unread))
