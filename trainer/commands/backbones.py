"""`kinfolk backbones`: the networks there are, with their size and cost."""

import torch

from engine.cli.grammar import add_json, number
from engine.cli.help import Parser
from engine.cli.output import put_json, put_table
from engine.words import sentence
from trainer.backbones import BACKBONES, Backbone, measure

HEAD = (
    sentence("NAME"),
    sentence("SIDE"),
    sentence("CHANNELS"),
    sentence("PARAMETERS"),
    sentence("FLOPS"),
    sentence("MULTIPLY-ADDS"),
)


def run(argv: list[str]) -> int:
    """Print one row a network."""
    parser = Parser(
        prog="kinfolk backbones", description=sentence("List the networks, with their size and their cost.")
    )
    parser.add_argument(
        "--dimension", type=number, default=128, help=sentence("the length of the embeddings (default: 128)")
    )
    add_json(parser)
    words = parser.parse_args(argv)
    # Nothing is computed with them, so their weights need no memory.
    with torch.device("meta"):
        rows = [_row(name, make(words.dimension)) for name, make in BACKBONES.items()]
    if words.json:
        put_json(rows)
    else:
        put_table(HEAD, [tuple(row.values()) for row in rows])
    return 0


def _row(name: str, backbone: Backbone) -> dict[str, object]:
    cost = measure(backbone)
    return {
        "name": name,
        "side": backbone.input_size,
        "channels": backbone.channels,
        "parameters": cost.parameters,
        "flops": cost.flops,
        "multiply_adds": cost.multiply_adds,
    }
