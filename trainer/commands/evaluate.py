"""`kinfolk evaluate MODEL --data PATH`: measure an embedder, and say how sure the figures are."""

import argparse
from dataclasses import asdict, replace
from pathlib import Path

from engine.cli.display import open_display
from engine.cli.output import put_json, put_table, say
from engine.errors import UsageError
from engine.paths import Places, default_data_dir
from engine.progress import Workflow
from trainer.choices import SourceKind
from trainer.commands.interruption import run_whole_steps
from trainer.data.insightface_bin import read_bin
from trainer.data.listed_pairs import VerificationSet
from trainer.data.pairs_file import RFW_GROUPS, read_pairs, read_rfw
from trainer.evaluating import Contest, Evaluation, evaluate_pairs, evaluate_people
from trainer.evaluation.intervals import Estimate, Refusal
from trainer.models import open_model
from trainer.report import rows_of, write_report
from trainer.sources import open_pairs, open_source


def run(argv: list[str]) -> int:
    """Measure, write the report, and print the figures."""
    words = _parser().parse_args(argv)
    places = Places(default_data_dir())
    evaluation = run_whole_steps(_evaluate(words, places.models), open_display())
    named = ", ".join([*words.model, *([f"against {words.against}"] if words.against else [])])
    write_report(evaluation, f"{named} on {words.data.name}", words.report)
    say(f"The report is in {words.report}; it shows faces.")
    figures = [*evaluation.figures, evaluation.difference] if words.against else list(evaluation.figures)
    if words.json:
        compared = {name: _plain([value]) for name, value in evaluation.compared.items()}
        put_json(compared | {name: _plain([each[name] for each in figures if name in each]) for name in figures[0]})
    else:
        head = ["figure", *words.model, *([words.against, "difference"] if words.against else [])]
        put_table(head, rows_of(figures))
        if evaluation.compared:
            put_table([f"{words.against} is old, {words.model[0]} new", "figure"], rows_of([evaluation.compared]))
    return 0


def _evaluate(words: argparse.Namespace, models: Path) -> Workflow[Evaluation]:
    against = open_model(words.against, models) if words.against else None
    contest = Contest([open_model(name, models) for name in words.model], against)
    pairs = _pairs(words)
    if pairs is None:
        crops = words.report.with_suffix(".crops")
        found = yield from open_source(words.kind, words.data, crops, models)
        return replace((yield from evaluate_people(contest, found.source, words.seed)), notes=found.notes)
    aligned, notes = yield from open_pairs(pairs, models)
    return replace((yield from evaluate_pairs(contest, aligned, words.seed)), notes=notes)


def _pairs(words: argparse.Namespace) -> VerificationSet | None:
    """Return the set of pairs that the words name, None where they name people."""
    if words.pairs is not None and words.rfw is not None:
        raise UsageError("--pairs and --rfw exclude each other.")
    if words.rfw is not None:
        return read_rfw(words.data, words.rfw)
    if words.pairs is not None:
        return read_pairs(words.pairs, words.data)
    return read_bin(words.data) if words.data.suffix == ".bin" else None


def _plain(values: list[Estimate | Refusal]) -> list[dict[str, object]]:
    """Return what JSON can hold of each model's figure, then of the difference."""
    return [{"refused": each.reason} if isinstance(each, Refusal) else asdict(each) for each in values]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kinfolk evaluate", description="Measure how well a model tells people apart, with 95 % intervals."
    )
    add = parser.add_argument
    kinds = list(SourceKind)
    add("model", nargs="+", metavar="MODEL", help="runs' folders, or names from `kinfolk models list`")
    add("--data", type=Path, required=True, metavar="PATH", help="people it was not trained on, or a .bin set")
    add("--kind", type=SourceKind, choices=kinds, default=SourceKind.CROPS, help="what PATH holds (default: crops)")
    add("--pairs", type=Path, metavar="FILE", help="pairs as LFW lists them, their pictures below PATH")
    add("--rfw", choices=RFW_GROUPS, metavar="GROUP", help="one group of Racial Faces in the Wild in PATH")
    add("--against", metavar="MODEL", help="a model that the first is held against")
    add("--report", type=Path, default=Path("evaluation.html"), metavar="FILE", help="where to write the report")
    add("--seed", type=int, default=0, help="of pairs, searches and intervals (default: 0)")
    add("--json", action="store_true", help="print figures as JSON")
    return parser
