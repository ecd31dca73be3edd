"""How long the program that is built whole takes to start, beside the one that was installed; in turns, in one run.

    xvfb-run -s -noreset python benchmarks/start_up.py --plain .venv/bin/kinfolk --built dist/kinfolk/kinfolk --data DIR

DIR holds a scanned library. Without -noreset the screen begins anew when a window ends, under the next one. The
window counts as there when the screen shows it; that is looked at every 20 ms (Debian: apt-get install xvfb xdotool).
The first round does not count, so that all files are in memory.
"""

import argparse
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

LOOK_EVERY, PATIENCE = 0.02, 60.0
COMMANDS = (("--version",), ("people",))


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plain", type=Path, required=True)
    parser.add_argument("--built", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=11)
    options = parser.parse_args()
    programs = {"installed": options.plain.absolute(), "built": options.built.absolute()}
    os.environ["KINFOLK_DATA_DIR"] = str(options.data.absolute())
    print("| what | installed | built | built / installed |\n| --- | ---: | ---: | ---: |")
    for words in COMMANDS:
        _put(f"`kinfolk {' '.join(words)}`", programs, options.rounds, partial(_run, words))
    if sys.platform == "linux":
        _put("the window is on the screen", programs, options.rounds, _window)


def _put(what: str, programs: dict[str, Path], rounds: int, measure: Callable[[Path], float]) -> None:
    times: dict[str, list[float]] = {name: [] for name in programs}
    for turn in range(rounds + 1):
        for name, program in programs.items():
            taken = measure(program)
            if turn:
                times[name].append(taken)
    plain, built = (statistics.median(times[name]) for name in programs)
    spread = ", ".join(f"{min(found):.2f} to {max(found):.2f}" for found in times.values())
    print(f"| {what} | {plain:.2f} s | {built:.2f} s | {built / plain:.2f} |   ({spread})", flush=True)


def _run(words: tuple[str, ...], program: Path) -> float:
    began = time.perf_counter()
    subprocess.run([program, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def _window(program: Path) -> float:
    began = time.perf_counter()
    process = subprocess.Popen([program], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    search = ["xdotool", "search", "--onlyvisible", "--pid", str(process.pid), "--name", "Kinfolk"]
    while not subprocess.run(search, capture_output=True, check=False).stdout:
        if time.perf_counter() - began > PATIENCE or process.poll() is not None:
            raise SystemExit(f"{program} shows no window.")
        time.sleep(LOOK_EVERY)
    taken = time.perf_counter() - began
    process.send_signal(signal.SIGTERM)
    process.wait()
    return taken


if __name__ == "__main__":
    main()
