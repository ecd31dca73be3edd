"""`kinfolk evaluate MODEL --data PATH`: measure an embedder, and say how sure the figures are."""

import argparse
from dataclasses import asdict, replace
from pathlib import Path

from engine.cli.display import open_display
from engine.cli.grammar import add_json, number
from engine.cli.help import Parser
from engine.cli.output import put_json, put_table, say
from engine.errors import UsageError
from engine.paths import Places, default_data_dir
from engine.progress import Workflow
from engine.words import Sentence, sentence
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
    write_report(evaluation, _title(words), words.report)
    say(sentence("The report is in {file}. It contains pictures of faces.", file=words.report))
    figures = [*evaluation.figures, evaluation.difference] if words.against else list(evaluation.figures)
    if words.json:
        crossed = {name: _plain([value]) for name, value in evaluation.compared.items()}
        put_json(crossed | {name: _plain([each[name] for each in figures if name in each]) for name in figures[0]})
    else:
        against = [words.against, sentence("difference")] if words.against else []
        put_table([sentence("figure"), *words.model, *against], rows_of(figures))
        if evaluation.compared:
            compared = sentence("{old} is old, {new} new", old=words.against, new=words.model[0])
            put_table([compared, sentence("figure")], rows_of([evaluation.compared]))
    return 0


def _title(words: argparse.Namespace) -> Sentence:
    models, data = ", ".join(words.model), words.data.name
    if words.against:
        return sentence("{models} against {other} on {data}", models=models, other=words.against, data=data)
    return sentence("{models} on {data}", models=models, data=data)


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
        raise UsageError(sentence("--pairs and --rfw cannot be used together."))
    if words.rfw is not None:
        return read_rfw(words.data, words.rfw)
    if words.pairs is not None:
        return read_pairs(words.pairs, words.data)
    return read_bin(words.data) if words.data.suffix == ".bin" else None


def _plain(values: list[Estimate | Refusal]) -> list[dict[str, object]]:
    """Return what JSON can hold of each model's figure, then of the difference."""
    return [{"refused": each.reason} if isinstance(each, Refusal) else asdict(each) for each in values]


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="kinfolk evaluate",
        description=sentence("Measure how well a model tells people apart, with 95% intervals."),
    )
    add = parser.add_argument
    kinds = list(SourceKind)
    add(
        "model",
        nargs="+",
        metavar="MODEL",
        help=sentence("folders of training runs, or names from `kinfolk models list`"),
    )
    add(
        "--data",
        type=Path,
        required=True,
        metavar="PATH",
        help=sentence("people the model was not trained on, or a .bin set"),
    )
    add(
        "--kind",
        type=SourceKind,
        choices=kinds,
        default=SourceKind.CROPS,
        help=sentence("what PATH holds (default: crops)"),
    )
    add(
        "--pairs",
        type=Path,
        metavar="FILE",
        help=sentence("a list of pairs in LFW's format, with the pictures in PATH"),
    )
    add(
        "--rfw",
        choices=RFW_GROUPS,
        metavar="GROUP",
        help=sentence("one group of the Racial Faces in the Wild set in PATH"),
    )
    add("--against", metavar="MODEL", help=sentence("a model to compare the first one with"))
    add(
        "--report",
        type=Path,
        default=Path("evaluation.html"),
        metavar="FILE",
        help=sentence("where to write the report (default: evaluation.html)"),
    )
    add("--seed", type=number, default=0, help=sentence("seed of pairs, searches and intervals (default: 0)"))
    add_json(parser)
    return parser
