"""A moving average of a backbone's weights (EMA), which is what gets validated and exported."""

from collections.abc import Mapping
from typing import cast

import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from trainer.backbones import Backbone
from trainer.fine_tuning.holding import KeptShare

USED, AVERAGED = "used.", "module."
"""How the keys of a kept state begin: weights on the way back to the start, and the average itself."""


class MovingAverage:
    """The average after each step: a ← decay · a + (1 − decay) · w; running statistics of norms are copied.

    A decay of 0 keeps no second copy: `backbone` is then the network itself. With `kept` it is a network between that
    and the start.
    """

    def __init__(self, backbone: Backbone, decay: float, kept: KeptShare | None = None) -> None:
        self._network, self._kept = backbone, kept
        self._average: AveragedModel | None = None
        if decay > 0:
            blend = get_ema_multi_avg_fn(decay)  # type: ignore[no-untyped-call]  # torch leaves it untyped
            self._average = AveragedModel(backbone, multi_avg_fn=blend)

    @property
    def backbone(self) -> Backbone:
        """The network with the weights that are meant for use."""
        averaged = self._network if self._average is None else cast("Backbone", self._average.module)
        return averaged if self._kept is None else self._kept.of(averaged)

    @torch.no_grad()
    def update(self) -> None:
        """Take in the weights after one more step; the first call copies them."""
        if self._average is not None:
            self._average.update_parameters(self._network)

    def state_dict(self) -> dict[str, Tensor]:
        """Return the averaged weights and the count of updates, and the weights meant for use where others are."""
        state = {} if self._average is None else dict(self._average.state_dict())
        if self._kept is not None:
            state |= {USED + name: value for name, value in self.backbone.state_dict().items()}
        return state

    def load_state_dict(self, state: dict[str, Tensor]) -> None:
        """Continue from a kept average."""
        if self._average is not None:
            self._average.load_state_dict({name: each for name, each in state.items() if not name.startswith(USED)})


def meant_for_use(average: Mapping[str, Tensor], backbone: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the weights for use out of a checkpoint's average and network."""
    for beginning in (USED, AVERAGED):
        found = {name.removeprefix(beginning): each for name, each in average.items() if name.startswith(beginning)}
        if found:
            return found
    return dict(backbone)
