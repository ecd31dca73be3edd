"""Where a system does not say how many cores it has, nobody hears of it."""

import subprocess
import sys
from pathlib import Path

import pytest

CODE = """
import numpy as np
from engine.clustering.plain import DbscanOptions, dbscan_labels
from trainer.evaluating import clusterings
vectors = np.eye(12, 8, dtype=np.float32)
dbscan_labels(vectors, DbscanOptions())
clusterings(None, 2, 0)['k-means, told the number of people'](vectors)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="joblib asks lscpu on Linux alone")
def test_a_machine_that_does_not_tell_its_cores_is_no_news(tmp_path: Path) -> None:
    """With neither lscpu nor cat on the path, joblib cannot know."""
    ran = subprocess.run(
        [sys.executable, "-c", CODE], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
