"""No module imports itself by way of others: import contracts look at floors, this looks at every module."""

import graphlib

import grimp
import pytest


def test_imports_go_in_no_circle() -> None:
    graph = grimp.build_graph("app", "engine", "trainer")
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        graphlib.TopologicalSorter(imports).prepare()
    except graphlib.CycleError as circle:
        pytest.fail(" imports ".join(reversed(circle.args[1])))
