"""Recipes: configurations with a comment at every line that somebody may want to change, and that run as they are."""

import textwrap
from pathlib import Path

import tomli_w

from engine.errors import UsageError
from engine.scan.decode import decode, read_file
from engine.strict_toml import MOST_BYTES
from engine.words import sentence, system_reason
from trainer.choices import NewRecipe, SourceKind
from trainer.data.crop_folder import LIST_NAME, walk_people
from trainer.data.faces import CROP_SIDE

COLUMN = 32
"""Where comments begin."""

_HEAD = {
    NewRecipe.LIBRARY: "the people whom you named in Kinfolk",
    NewRecipe.FOLDER: "a folder with one folder of pictures for each person",
    NewRecipe.RECORD: "a record file as InsightFace's training sets have it (train.rec with train.idx)",
}

_RECIPE = """\
# A recipe for `kinfolk train`: {head}.
# Every line may be changed; what is left out has its default. Start it with: kinfolk train {file}

steps = {steps} ¦ steps of the whole run; a run that is resumed may have more
seed = 0 ¦ the same seed gives the same batches and weights
precision = "{precision}" ¦ float32, or bf16 on a GPU: twice as fast
average = {average} ¦ decay of the moving average of the weights; 0: none
checkpoint_every = {check} ¦ after so many steps the run can be taken up again

[data]
{path}
kind = "{kind}" ¦ crops (112 × 112, aligned), photos, record or library
held_out = {held_out} ¦ share of the people who are kept away, whole, to measure what was learnt

[data.augmentation] ¦ random changes of a crop: how likely each is, 0 to 1
flip = 0.5 ¦ left and right
blur = {blur}
jpeg = {blur}

[model]
backbone = "{backbone}" ¦ `kinfolk backbones` lists them
dimension = {dimension} ¦ length of an embedding
# start_from = "runs/an-earlier-run"    # begin with its weights: a run of the same network
# start_from = "a-model"                # or an embedder of `kinfolk models list`, or its ONNX file: then also
# backbone = "imported"                 # and `dimension` as that model has it

# [further]                 # with start_from: learn without forgetting (a learning_rate of 1e-4 or less)
# freeze = 0.5              # share of the layers, from the pixels on, that stay as they are; 1: all but the last
# frozen_norms = true       # batch normalisations keep their statistics
# hold = 2.0                # weight of 1 − cosine to the embeddings at the start; 0: none
# kept = 0.5                # share of the way from the starting weights that is kept in the end; 1: all of it

[loss]
name = "{loss}"
options = {options}

[batch]
kind = "{batch}" ¦ people: so many faces of so many people; shuffled: everybody's, in any order
people = {people} ¦ fewer where there are fewer
faces = {faces}

[optimiser]
name = "{optimiser}" ¦ sgd, adamw or adagrad
learning_rate = {rate} ¦ where the loss is not a number: lower
weight_decay = 5e-4

[schedule]
name = "cosine" ¦ constant, step, cosine or poly
warm_up = {warm_up} ¦ steps in which the rate rises

[validation]
every = {check} ¦ after so many steps the held-out people are told apart
patience = {patience} ¦ so many checks without a gain end the run; 0: never

[speed]
workers = -1 ¦ processes that read crops; -1: what suits this machine
compile = "auto" ¦ on a GPU, in a long run: tried at the start, kept where it is faster; on or off
"""

_SMALL = {
    "steps": 2_000,
    "precision": "float32",
    "average": 0.99,
    "check": 200,
    "held_out": 0.2,
    "blur": 0.1,
    "backbone": "mobilefacenet",
    "dimension": 128,
    "loss": "semi_siamese",
    "options": '{margin = "am", m = 0.2} ¦ learns from two photos of each person; needs batch.faces = 2',
    "batch": "people",
    "people": 32,
    "faces": 2,
    "optimiser": "adamw",
    "rate": 1e-3,
    "warm_up": 100,
    "patience": 5,
}
"""For some hundred people with a few photos each, on any machine."""

_LARGE = _SMALL | {
    "steps": 100_000,
    "precision": "bf16",
    "average": 0.0,
    "check": 2_000,
    "held_out": 0.02,
    "blur": 0.0,
    "backbone": "iresnet50",
    "dimension": 512,
    "loss": "mv_am",
    "options": "{s = 32.0, m = 0.35, t = 0.2} ¦ scale, margin, weight of hard negatives",
    "batch": "shuffled",
    "people": 512,
    "faces": 1,
    "optimiser": "sgd",
    "rate": 0.1,
    "warm_up": 2_000,
    "patience": 0,
}
"""For thousands of people and a GPU."""


def write_recipe(new: NewRecipe, data: Path, file: Path) -> None:
    """Write the recipe for faces in `data` to a new file. UsageError where one is there, or no face in `data`."""
    text = recipe(new, data, file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise UsageError(
            sentence("There is a file {file} already.", file=file), sentence("Name another one.")
        ) from error
    except OSError as error:
        raise UsageError(
            sentence("The recipe {file} cannot be written: {reason}.", file=file, reason=system_reason(error)),
            sentence("Name another place."),
        ) from error


def recipe(new: NewRecipe, data: Path, file: Path) -> str:
    """Return the text of a recipe; `file` is the name that it will have."""
    kind = _kind_of(new, data)
    values = _LARGE if new is NewRecipe.RECORD else _SMALL
    path = tomli_w.dumps({"path": str(data.expanduser().resolve())}).strip()
    lines = _RECIPE.format(head=_HEAD[new], file=file, path="{path}", kind=kind, **values).splitlines()
    text = "\n".join(path if line == "{path}" else _aligned(line) for line in lines) + "\n"
    if len(text.encode()) > MOST_BYTES:
        raise UsageError(
            sentence("The path {path} is too long.", path=textwrap.shorten(str(data), 60)),
            sentence("Name a shorter one."),
        )
    return text


def _aligned(line: str) -> str:
    """Return a line of the recipe with its comment in the column of the others."""
    setting, mark, comment = line.partition(" ¦ ")
    return f"{setting:<{COLUMN - 1}} # {comment}" if mark else line


def _kind_of(new: NewRecipe, data: Path) -> SourceKind:
    """Say what lies there, looking at the first picture of a folder: crops have one size, photos any."""
    if new is NewRecipe.LIBRARY:
        return SourceKind.LIBRARY
    if new is NewRecipe.RECORD:
        if not data.is_file():
            raise UsageError(sentence("There is no file {path}.", path=data), sentence("Name a train.rec with --data."))
        return SourceKind.RECORD
    if not data.is_dir():
        raise UsageError(
            sentence("{path} is not a folder.", path=data),
            sentence("Name a folder with one folder for each person with --data."),
        )
    if (data / LIST_NAME).is_file():
        return SourceKind.CROPS
    first = next(iter(walk_people(data)), None)
    if first is None:
        raise UsageError(
            sentence("There are no pictures in {path}.", path=data),
            sentence("It should hold one folder of pictures for each person."),
        )
    size = decode(read_file(data / first[0]), side=0).image.shape[:2]
    return SourceKind.CROPS if size == (CROP_SIDE, CROP_SIDE) else SourceKind.PHOTOS
