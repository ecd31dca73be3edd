"""`kinfolk export RUN`: make a run's network a model that Kinfolk can use."""

import argparse
import re
from pathlib import Path

from engine.cli.display import open_display
from engine.cli.output import put_json, say
from engine.geometry import Image
from engine.paths import Places, default_data_dir
from engine.progress import Workflow
from trainer.choices import SourceKind
from trainer.commands.interruption import run_whole_steps
from trainer.export import PARITY_CROPS, export_run
from trainer.run_model import open_run
from trainer.sources import crops_of, open_source

PRIVATE = "private: trained on its user's own photos"


def run(argv: list[str]) -> int:
    """Export, and print what was written as one line of JSON."""
    words = _parser().parse_args(argv)
    models = words.models or Places(default_data_dir()).models
    model = open_run(words.run)
    name = words.name or re.sub(r"[^a-z0-9_.-]+", "-", model.name.lower()).strip("-.") or "model"
    crops = run_whole_steps(_crops(words, models), open_display())
    exported = export_run(model, name, words.licence, crops, models)
    put_json({"name": name, "file": str(exported.path), "worst": exported.worst, "opencv": exported.opencv})
    if model.calibration is None:
        say("Its similarities were not measured: too few people were held out whole. `kinfolk models use` does it.")
    elif complaint := model.calibration.complaint():
        say(f"What was measured of its similarities makes no sense, and is left out: {complaint}.")
    return 0


def _crops(words: argparse.Namespace, models: Path) -> Workflow[list[Image]]:
    """Return the crops of the check: of the faces named, or of those that the run learnt from."""
    data = open_run(words.run).config.data
    path = words.data or data.path
    kind = SourceKind.CROPS if words.data else data.kind
    opened = yield from open_source(kind, path, crops_of(data, words.run), models)
    return [opened.source.crop(face) for face in range(min(PARITY_CROPS, len(opened.source.faces)))]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kinfolk export", description="Write a run's network as ONNX with its card, checked against the run."
    )
    parser.add_argument("run", type=Path, metavar="RUN", help="the run's folder")
    parser.add_argument("--name", metavar="NAME", help="the model's name (default: the run's)")
    parser.add_argument("--licence", default=PRIVATE, metavar="TEXT", help=f"who may use it (default: {PRIVATE})")
    parser.add_argument("--data", type=Path, metavar="DIR", help="crops for the check (default: the run's own faces)")
    parser.add_argument("--models", type=Path, metavar="DIR", help="where to write it (default: where models are kept)")
    return parser
