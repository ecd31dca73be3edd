"""Fixtures for every test: real photos and real models, or a skip that says what is absent."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

if "PYTEST_XDIST_WORKER" in os.environ:
    # Before anything loads a library that reads it. Each worker has about one core: several threads of OpenMP and of
    # OpenBLAS would wait for one another at every loop (8 ms instead of a tenth for one step of a map of 24 faces).
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")

from engine.system_libraries import NEEDS_OF_WINDOW, missing_for
from tests.compiled_once import compile_once
from tests.made_once import run_folder
from tests.no_network import NETWORK

if sys.platform == "linux" and (lacking := missing_for(*NEEDS_OF_WINDOW)):
    # Here, before any plugin loads Qt. pytest would show what it catches as an error of this file, with a traceback.
    raise SystemExit(str(lacking))

# No test asserts a time, and this would: 200 ms an example, which a busy machine exceeds.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

NETWORK.watch()
compile_once()

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(autouse=True)
def signals() -> Iterator[None]:
    """Ctrl-C and the end of a session reach commands that are started, too.

    A shell has what it runs in the background ignore the one, nohup the other.
    """
    usual = {"SIGINT": signal.default_int_handler, "SIGHUP": signal.SIG_DFL}
    there = {getattr(signal, name): handler for name, handler in usual.items() if hasattr(signal, name)}
    before = {number: signal.signal(number, handler) for number, handler in there.items()}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real photos and models that lies beside the project."""
    if not SHARED_DATA.is_dir():
        pytest.skip("../shared/data is absent: this test needs its real photos and models")
    return SHARED_DATA


@pytest.fixture(scope="session")
def models_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the default models, fetched and prepared once for the whole run, by one of its processes.

    KINFOLK_TEST_MODELS names a folder to keep between runs.
    """
    from engine.errors import ModelError
    from engine.models.catalog import Catalog
    from engine.models.fetch import fetch
    from engine.progress import finish

    kept = os.environ.get("KINFOLK_TEST_MODELS")
    folder = Path(kept) if kept else run_folder(tmp_path_factory) / "models"
    catalog = Catalog(folder)
    try:
        with NETWORK.allowed():
            for card in catalog.defaults():
                finish(fetch(card, folder))
    except ModelError as error:
        pytest.skip(f"the default models could not be fetched: {error}")
    return folder
