"""How large and how expensive a network is."""

import copy
from dataclasses import dataclass

import torch
from torch.utils.flop_counter import FlopCounterMode

from trainer.backbones.backbone import Backbone


@dataclass(frozen=True, slots=True)
class Cost:
    """`parameters` counts what the file holds of them (frozen too); `flops` is for one crop."""

    parameters: int
    flops: int
    """Floating point operations of convolutions and dense layers, a multiply and an add being two."""

    @property
    def multiply_adds(self) -> int:
        """Half of `flops`: what most papers on face networks print as FLOPs (FaceNet's figure 4 too)."""
        return self.flops // 2


def measure(backbone: Backbone) -> Cost:
    """Count on a copy without data (torch's meta device), so it costs neither memory nor time."""
    ghost = copy.deepcopy(backbone).to("meta").eval()
    crop = torch.empty(1, ghost.channels, ghost.input_size, ghost.input_size, device="meta")
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        ghost(crop)
    return Cost(sum(parameter.numel() for parameter in ghost.parameters()), int(counter.get_total_flops()))
