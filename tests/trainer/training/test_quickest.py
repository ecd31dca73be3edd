"""What makes steps fast is measured, and the measuring leaves nothing behind. No GPU is needed: it is measured here."""

from collections.abc import Callable

import pytest
import torch

from tests.trainer.training.conftest import TinyNet
from trainer.choices import Precision
from trainer.config import TrainingConfig
from trainer.distributed import Group
from trainer.quickest import Quickened, Way, choose, faces_of, quicken
from trainer.recogniser import Recogniser

CHANGES = [Way(channels_last=True), Way(tf32=True)]


class Sliced(TinyNet):
    """A network that breaks where its weights lie with channels last."""

    def forward(self, crops: torch.Tensor) -> torch.Tensor:
        if not crops.is_contiguous():
            raise RuntimeError("no kernel for this\nand more lines")
        return super().forward(crops)


@pytest.fixture
def recogniser() -> Recogniser:
    torch.manual_seed(0)
    return Recogniser(TinyNet(16), torch.nn.Identity(), Precision.FLOAT32, None, (28, 3))


@pytest.fixture(autouse=True)
def _tf32_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.backends.cudnn, "allow_tf32", torch.backends.cudnn.allow_tf32)


def test_each_change_is_measured_and_nothing_else_changes(recogniser: Recogniser) -> None:
    before = {name: value.clone() for name, value in recogniser.state_dict().items()}
    random, training = torch.get_rng_state(), recogniser.backbone.training
    found = choose(recogniser, 8, CHANGES, crops=1)
    assert [each.way.channels_last for each in found.tried] == [False, True, found.way.channels_last]
    assert all(each.speed > 0 and not each.failure for each in found.tried)
    assert found.way in {each.way for each in found.tried}
    assert torch.equal(torch.get_rng_state(), random)
    assert recogniser.backbone.training is training
    for name, value in recogniser.state_dict().items():
        assert torch.equal(value, before[name]), name
    assert all(weight.grad is None for weight in recogniser.parameters())


def test_what_the_first_process_measured_is_taken(recogniser: Recogniser) -> None:
    speeds = iter((100.0, 101.0, 150.0))
    found = choose(recogniser, 4, CHANGES, crops=1, agreed=lambda _: next(speeds))
    assert found.way == Way(tf32=True), "one per cent is noise"
    assert recogniser.memory is torch.contiguous_format
    assert found.sentence() == "steps run: TF32"
    assert found.facts()["tried_for_speed"] == ["plain: 100 crops/s", "channels last: 101 crops/s", "TF32: 150 crops/s"]


def test_a_way_that_fails_is_left_out_and_told() -> None:
    fragile = Recogniser(Sliced(16), torch.nn.Identity(), Precision.FLOAT32, None, (28, 3))
    found = choose(fragile, 4, [Way(channels_last=True)], crops=1)
    assert found.way == Way()
    assert found.tried[1].failure == "failed (no kernel for this and more lines)"
    assert fragile.memory is torch.contiguous_format


def test_a_short_run_does_not_wait_for_the_compiler(recogniser: Recogniser) -> None:
    found = choose(recogniser, 4, [Way(compiled=True)], crops=100)
    assert [each.way for each in found.tried] == [Way()]


@pytest.mark.parametrize(("asked", "compiled"), [("auto", False), ("off", False), ("on", True)])
def test_on_a_processor_nothing_is_measured(
    config_of: Callable[..., TrainingConfig], recogniser: Recogniser, asked: str, *, compiled: bool
) -> None:
    config = config_of(speed={"compile": asked})
    assert quicken(recogniser, config, Group(0, 1, torch.device("cpu"))) == Quickened(Way(compiled=compiled))
    assert faces_of(config.batch) == 12
