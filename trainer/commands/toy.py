"""`kinfolk toy --loss NAME`: see what a loss does, in two dimensions."""

import argparse
from pathlib import Path

from engine.cli.display import open_display
from engine.cli.grammar import number
from engine.cli.help import Parser
from engine.cli.output import put_json
from engine.errors import UsageError
from engine.strict_toml import parse_toml
from engine.words import sentence
from trainer.commands.interruption import run_whole_steps
from trainer.losses import LOSSES
from trainer.plots import save
from trainer.toy import run_toy


def run(argv: list[str]) -> int:
    """Train the toy, draw its features, and print how well they part the digits as one line of JSON."""
    words = _parser().parse_args(argv)
    picture: Path = words.picture or Path(f"toy-{words.loss}.png")
    result = run_whole_steps(run_toy(words.loss, _options(words.option), words.steps, words.seed), open_display())
    save(result.draw(words.loss), picture)
    figures = {"accuracy": result.accuracy, "cosine_accuracy": result.cosine_accuracy}
    put_json({"loss": words.loss, "picture": str(picture), **figures})
    return 0


def _options(words: list[str]) -> dict[str, object]:
    """Read KEY=VALUE words, the values as TOML writes them; a bare word is a text."""
    options: dict[str, object] = {}
    for word in words:
        key, found, value = word.partition("=")
        if not found or not key.isidentifier():
            raise UsageError(
                sentence("'{word}' is not an option.", word=word),
                sentence("Write KEY=VALUE, for example {example}.", example="s=16"),
            )
        try:
            options[key] = parse_toml(f"value = {value}")["value"]
        except ValueError:
            options[key] = value
    return options


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="kinfolk toy",
        description=sentence("Train LeNet++ on handwritten digits and draw its two-dimensional features."),
    )
    parser.add_argument(
        "--loss",
        required=True,
        choices=sorted(LOSSES),
        metavar="NAME",
        help=sentence("one of: {names}", names=", ".join(sorted(LOSSES))),
    )
    parser.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help=sentence("an option of the loss; can be repeated"),
    )
    parser.add_argument("--steps", type=number, default=300, help=sentence("training steps (default: 300)"))
    parser.add_argument(
        "--seed", type=number, default=0, help=sentence("seed of weights, batches and the split (default: 0)")
    )
    parser.add_argument(
        "--picture", type=Path, metavar="FILE", help=sentence("the picture to write (default: toy-NAME.png)")
    )
    return parser
