"""The runtimes there are: the engine's own, and those of other packages (entry points of `kinfolk.runtimes`)."""

from functools import cache
from importlib.metadata import entry_points

from engine.errors import UsageError
from engine.models.runtimes.onnx_runtime import OnnxRuntime
from engine.models.runtimes.open_vino import OpenVino
from engine.models.runtimes.protocol import Runtime
from engine.models.runtimes.running import AUTO
from engine.words import sentence

GROUP = "kinfolk.runtimes"


@cache
def runtimes() -> dict[str, Runtime]:
    """Return every runtime that Kinfolk knows by its name, whether it is installed or not."""
    own: list[Runtime] = [OnnxRuntime(), OpenVino()]
    plugged: list[Runtime] = [point.load()() for point in entry_points(group=GROUP)]
    return {runtime.name: runtime for runtime in (*own, *plugged)}


def installed() -> dict[str, str]:
    """Return the name and the version of each runtime that is installed; none is imported for it."""
    versions = {name: runtime.version() for name, runtime in runtimes().items()}
    return {name: version for name, version in versions.items() if version is not None}


def check_runtime(name: str) -> None:
    """Raise UsageError where this is neither "auto" nor the name of a runtime that is installed."""
    if name == AUTO:
        return
    if name not in runtimes():
        known = ", ".join((AUTO, *runtimes()))
        raise UsageError(
            sentence("There is no runtime named '{name}'.", name=name),
            sentence("Known runtimes: {known}.", known=known),
        )
    if name not in installed():
        raise UsageError(sentence("The runtime '{name}' is not installed.", name=name), runtimes()[name].remedy)
