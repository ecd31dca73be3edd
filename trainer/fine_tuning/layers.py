"""Which layers learn: the first stay as they are, the last stage learns first, then all that may."""

from collections.abc import Iterable

from torch import nn
from torch.nn import Parameter

LAST_STAGE = 0.25
"""The share of the layers with weights, up to the embedding, that learns before the others do."""


def weighted(network: nn.Module) -> list[nn.Module]:
    """Return the layers that have weights of their own, from the pixels to the embedding."""
    return [layer for layer in network.modules() if list(layer.parameters(recurse=False))]


def learning(network: nn.Module, share: float) -> list[Parameter]:
    """Let the last `share` (0 to 1) of the layers learn, and no other; return their weights.

    The last layer with a matrix of weights, and what follows it, always learns: a slope or a shift alone is no layer.
    """
    layers = weighted(network)
    first = min(round(len(layers) * (1 - share)), _last_matrix(layers))
    for parameter in network.parameters():
        parameter.requires_grad = False
    chosen = [parameter for layer in layers[first:] for parameter in layer.parameters(recurse=False)]
    for parameter in chosen:
        parameter.requires_grad = True
    return chosen


def hold_first(network: nn.Module, share: float) -> None:
    """Let the first `share` of the layers stay as they are; what never learns (a norm's fixed scale) still does not."""
    fixed = [parameter for parameter in network.parameters() if not parameter.requires_grad]
    learning(network, 1 - share)
    for parameter in fixed:
        parameter.requires_grad = False


def _last_matrix(layers: list[nn.Module]) -> int:
    matrices = [
        place for place, layer in enumerate(layers) if any(each.ndim > 1 for each in layer.parameters(recurse=False))
    ]
    return matrices[-1] if matrices else len(layers) - 1


def average_with(network: nn.Module, start: Iterable[tuple[str, nn.Parameter]], share: float) -> None:
    """Move every weight back towards where it started: `share` of the way that it went stays.

    Robust fine-tuning by weights in between (Wortsman et al., CVPR 2022, https://arxiv.org/abs/2109.01903).
    """
    now = dict(network.named_parameters())
    for name, weight in start:
        now[name].data.lerp_(weight.data.to(now[name].device), 1 - share)
