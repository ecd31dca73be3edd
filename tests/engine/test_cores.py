"""Where a system does not say how many cores it has, nobody hears of it."""

import subprocess
import sys
from pathlib import Path

import pytest

BY_DENSITY = """
from engine.clustering.plain_algorithms import DbscanOptions, dbscan_labels
dbscan_labels(vectors, DbscanOptions())
"""
BY_NUMBER = """
from trainer.evaluating import clusterings
clusterings(None, 2, 0)["k-means, told the number of people"](vectors)
"""
MAP = """
from trainer.plots import draw_map
draw_map(vectors, np.arange(300) % 3, 0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="joblib asks lscpu on Linux alone")
@pytest.mark.parametrize("code", [BY_DENSITY, BY_NUMBER, MAP], ids=["dbscan", "k-means", "map"])
def test_a_machine_that_does_not_tell_its_cores_is_no_news(tmp_path: Path, code: str) -> None:
    """With neither lscpu nor cat on the path, joblib cannot know."""
    vectors = "import numpy as np\nvectors = np.random.default_rng(0).random((300, 128), np.float32)\n"
    environment = {"PATH": str(tmp_path), "MPLCONFIGDIR": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", vectors + code], env=environment, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
