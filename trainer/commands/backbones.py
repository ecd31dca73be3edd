"""`kinfolk backbones`: the networks there are, with their size and cost."""

import argparse

import torch

from engine.cli.output import put_json, put_table
from trainer.backbones import BACKBONES, Backbone, measure


def run(argv: list[str]) -> int:
    """Print one row a network."""
    parser = argparse.ArgumentParser(prog="kinfolk backbones", description="List networks, parameters and operations.")
    parser.add_argument("--dimension", type=int, default=128, help="length of the embeddings (default: 128)")
    parser.add_argument("--json", action="store_true", help="print a JSON array")
    words = parser.parse_args(argv)
    # Nothing is computed with them, so their weights need no memory.
    with torch.device("meta"):
        rows = [_row(name, make(words.dimension)) for name, make in BACKBONES.items()]
    if words.json:
        put_json(rows)
    else:
        put_table(tuple(rows[0]), [tuple(row.values()) for row in rows])
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
