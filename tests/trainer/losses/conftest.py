import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

GOLDEN = Path(__file__).with_name("golden.json")


@pytest.fixture(scope="session")
def golden() -> dict[str, Any]:
    return json.loads(GOLDEN.read_text())


@pytest.fixture(autouse=True)
def _seed() -> None:
    torch.manual_seed(3)


@pytest.fixture
def assert_golden(golden: dict[str, Any]) -> Callable[[nn.Module, str], None]:
    """Compares value and gradient of `from_cosines` on the golden cosine matrix, to 1e-9."""

    def compare(loss: nn.Module, name: str) -> None:
        cosines = torch.tensor(golden["cos"], dtype=torch.float64, requires_grad=True)
        value = loss.double().from_cosines(cosines, torch.tensor(golden["labels"]))
        value.backward()
        wanted = golden["losses"][name]
        gradient = torch.tensor(wanted["grad"], dtype=torch.float64)
        assert abs(value.item() - wanted["loss"]) <= 1e-9
        torch.testing.assert_close(cosines.grad, gradient, rtol=0, atol=1e-9)

    return compare
