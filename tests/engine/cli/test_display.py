"""Progress on a terminal and elsewhere."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from engine.cli.display import Bar, Lines, describe, speed
from engine.progress import Progress


def test_a_line_says_how_far_how_fast_and_how_long() -> None:
    report = Progress("scan", 1_200, 18_400, figures={"faces": 3_120, "problems": 2})
    line = describe(report, 31.04, 554.0)
    assert line == "Scanning · 1,200 of 18,400 · 31.0 photos/s · 3,120 faces · 2 problems · 9 min left"


def test_an_unknown_total_and_the_end_say_no_time() -> None:
    assert describe(Progress("walk", 250), 1000.0, None) == "Looking for photos · 250"
    assert describe(Progress("scan", 5, 5), 2.0, 0.0) == "Scanning · 5 of 5 · 2.0 photos/s"


@pytest.mark.parametrize(
    ("rate", "said"), [(0.0, ""), (1.0, "1.0 photos/s"), (0.34, "1 photo in 3 s"), (0.005, "1 photo in 3 min")]
)
def test_what_is_slow_is_told_by_the_time_of_one(rate: float, said: str) -> None:
    assert speed(rate) == said
    assert describe(Progress("scan", 5, 5), rate, 0.0) == " · ".join(filter(None, ["Scanning", "5 of 5", said]))


def test_fetching_is_told_in_bytes() -> None:
    report = Progress("fetch", 1_500_000, 38_700_000, "sface from the zoo")
    assert describe(report, 1e6, 37.0) == "sface from the zoo · 1.5 MB of 38.7 MB · 37 s left"


def test_plain_lines_end_every_stage(capsys: pytest.CaptureFixture[str]) -> None:
    with Lines() as lines:
        for number in range(1, 200):
            lines.show(Progress("walk", number))
        for number in range(3):
            lines.show(Progress("scan", number, 2))
    shown = capsys.readouterr().err.splitlines()
    assert len(shown) == 2
    assert shown[0] == "Looking for photos · 199"
    assert shown[1].startswith("Scanning · 2 of 2")


def test_a_bar_draws_on_stderr(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(sys, "stderr", terminal)
    with Bar() as bar:
        bar.show(Progress("scan", 1, 2, figures={"faces": 3}))
    assert "Scanning · 1 of 2" in terminal.getvalue()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_output_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; from engine.cli import main; sys.exit(main())"]
    with Path("/dev/full").open("w") as full:
        words = ["--data-dir", str(tmp_path), "people", "--json"]
        ran = subprocess.run([*command, *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ran.returncode == 1
    assert "No space left" in ran.stderr
    assert "Traceback" not in ran.stderr
