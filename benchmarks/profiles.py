"""What reading a colour profile's numbers as sRGB does to finding faces and to comparing them.

    python benchmarks/profiles.py --data ../shared/data --models MODELS --profiles FOLDER [--photos 60]

Photos of LFW are written in each profile (ICC files of FOLDER, ghostscript's for example) and read as if sRGB.
Printed are the mean change of colours by which `engine.scan.colour` decides, the share of faces still found, and the
similarity of each face to itself as it was.
"""

import argparse
import csv
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms

from engine.faces.align import align
from engine.models.catalog import Catalog
from engine.scan.colour import mean_change
from engine.settings import Settings
from engine.workflows.scan.analysis import Analyser
from engine.workflows.scan.opening_models import open_analyser


def main() -> None:
    """Print a row for each profile."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--profiles", type=Path, required=True)
    parser.add_argument("--photos", type=int, default=60)
    arguments = parser.parse_args()
    analyser = open_analyser(*Catalog(arguments.models).defaults(), arguments.models, Settings(threads=1))
    with (arguments.data / "labels.csv").open(newline="") as stream:
        paths = [row["path"] for row in csv.DictReader(stream) if row["dataset"] == "lfw"][: arguments.photos]
    pictures = [Image.open(arguments.data / path).convert("RGB") for path in paths]
    plain = [embedded(analyser, picture) for picture in pictures]
    print("| profile | mean change | faces found | similarity to itself, median | lowest tenth |")
    print("| --- | --- | --- | --- | --- |")
    for file in sorted(arguments.profiles.glob("*.ic[cm]")):
        profile = ImageCms.getOpenProfile(str(file))
        if profile.profile.xcolor_space.strip() != "RGB":
            continue
        way = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), profile, "RGB", "RGB")
        read = [embedded(analyser, ImageCms.applyTransform(picture, way)) for picture in pictures]
        pairs = [(one, other) for one, other in zip(plain, read, strict=True) if one is not None]
        alike = [float(one @ other) for one, other in pairs if other is not None]
        change = mean_change(file.read_bytes())
        low = np.percentile(alike, 10)
        print(f"| {file.stem} | {change:.1f} | {len(alike) / len(pairs):.1%} | {np.median(alike):.3f} | {low:.3f} |")


def embedded(analyser: Analyser, picture: Image.Image) -> np.ndarray | None:
    """Return the vector of the surest face, None where none is found."""
    image = np.asarray(picture)
    found = analyser.finder.find(image)
    return analyser.embedder.embed(align(image, found[0].landmarks)[None])[0] if found else None


if __name__ == "__main__":
    main()
