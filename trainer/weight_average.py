"""A moving average of a backbone's weights (EMA), which is what gets validated and exported."""

from typing import cast

import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from trainer.backbones import Backbone


class MovingAverage:
    """The average after each step: a ← decay · a + (1 − decay) · w; running statistics of norms are copied.

    A decay of 0 keeps no second copy: `backbone` is then the network itself.
    """

    def __init__(self, backbone: Backbone, decay: float) -> None:
        self._network = backbone
        self._average: AveragedModel | None = None
        if decay > 0:
            blend = get_ema_multi_avg_fn(decay)  # type: ignore[no-untyped-call]  # torch leaves it untyped
            self._average = AveragedModel(backbone, multi_avg_fn=blend)

    @property
    def backbone(self) -> Backbone:
        """The network with averaged weights."""
        if self._average is None:
            return self._network
        return cast("Backbone", self._average.module)

    @torch.no_grad()
    def update(self) -> None:
        """Take in the weights after one more step; the first call copies them."""
        if self._average is not None:
            self._average.update_parameters(self._network)

    def state_dict(self) -> dict[str, Tensor]:
        """Return the averaged weights and the count of updates, empty without an average."""
        return {} if self._average is None else self._average.state_dict()

    def load_state_dict(self, state: dict[str, Tensor]) -> None:
        """Continue from a kept average."""
        if self._average is not None:
            self._average.load_state_dict(state)
