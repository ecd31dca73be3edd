"""Optimisers: what they are made of, and the one order in which a step is taken."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from trainer.choices import OptimiserName, Precision
from trainer.sections import OptimiserConfig

ParameterGroups = list[dict[str, list[nn.Parameter] | float]]


def _fused(groups: ParameterGroups) -> bool | None:
    """Say whether one kernel is to update all parameters: on a GPU; elsewhere torch may choose."""
    held = [group["params"] for group in groups]
    return any(isinstance(each, list) and each[0].is_cuda for each in held) or None


def _sgd(groups: ParameterGroups, config: OptimiserConfig) -> torch.optim.Optimizer:
    return torch.optim.SGD(groups, lr=config.learning_rate, momentum=config.momentum, fused=_fused(groups))


def _adamw(groups: ParameterGroups, config: OptimiserConfig) -> torch.optim.Optimizer:
    """`momentum` is the first of AdamW's two decays."""
    return torch.optim.AdamW(groups, lr=config.learning_rate, betas=(config.momentum, 0.999), fused=_fused(groups))


def _adagrad(groups: ParameterGroups, config: OptimiserConfig) -> torch.optim.Optimizer:
    """FaceNet's optimiser (Schroff et al., CVPR 2015, section 3.3); it has no momentum and no fused kernel."""
    return torch.optim.Adagrad(groups, lr=config.learning_rate)


OPTIMISERS: dict[OptimiserName, Callable[[ParameterGroups, OptimiserConfig], torch.optim.Optimizer]] = {
    OptimiserName.SGD: _sgd,
    OptimiserName.ADAMW: _adamw,
    OptimiserName.ADAGRAD: _adagrad,
}


def make_optimiser(modules: Iterable[nn.Module], config: OptimiserConfig) -> torch.optim.Optimizer:
    """Return an optimiser of all parameters of the modules; biases, norms and slopes (1-D) are not decayed."""
    parameters = [each for module in modules for each in module.parameters() if each.requires_grad]
    groups: ParameterGroups = [
        {"params": [each for each in parameters if each.ndim > 1], "weight_decay": config.weight_decay},
        {"params": [each for each in parameters if each.ndim <= 1], "weight_decay": 0.0},
    ]
    return OPTIMISERS[config.name]([group for group in groups if group["params"]], config)


def set_rate(optimiser: torch.optim.Optimizer, rate: float) -> None:
    """Use this learning rate for every parameter from the next step on."""
    for group in optimiser.param_groups:
        group["lr"] = rate


@dataclass(frozen=True, slots=True)
class Shards:
    """Parameters of which every process holds a part of its own, and how the processes add up a number."""

    parameters: tuple[nn.Parameter, ...] = ()
    add_up: Callable[[Tensor], Tensor] = torch.clone


def descend(
    loss: Tensor, optimiser: torch.optim.Optimizer, scaler: torch.amp.GradScaler, clip: float, shards: Shards
) -> Tensor:
    """Take one step: scale, backward, unscale, clip, step; return the norm () of the gradients before clipping.

    A scaler that is off passes everything through. With fp16 a step whose gradients overflowed is left out by the
    scaler, which then halves its scale; the norm is infinite or not a number in that case.
    """
    torch.autograd.backward(scaler.scale(loss))
    scaler.unscale_(optimiser)
    parameters = [each for group in optimiser.param_groups for each in group["params"]]
    norm = gradient_norm(parameters, shards)
    if clip > 0:
        nn.utils.clip_grads_with_norm_(parameters, clip, norm)
    scaler.step(optimiser)
    scaler.update()
    return norm


def gradient_norm(parameters: Sequence[nn.Parameter], shards: Shards) -> Tensor:
    """Return the Euclidean norm () of all gradients together, those of other processes' shards too."""
    spread = {id(each) for each in shards.parameters}
    here = [each.grad for each in parameters if each.grad is not None and id(each) not in spread]
    norm = nn.utils.get_total_norm(here)
    if not shards.parameters:
        return norm
    apart = nn.utils.get_total_norm([each.grad for each in shards.parameters if each.grad is not None])
    return (norm.square() + shards.add_up(apart.square())).sqrt()


def make_scaler(device: torch.device, precision: Precision) -> torch.amp.GradScaler:
    """Return a gradient scaler, on for fp16 alone: bf16 has the exponents of float32 and needs none."""
    return torch.amp.GradScaler(device.type, enabled=precision is Precision.FP16)


def autocast(device: torch.device, precision: Precision) -> torch.autocast:
    """Return the context in which the backbone runs: bf16 or fp16, or off for float32."""
    kind = torch.float16 if precision is Precision.FP16 else torch.bfloat16
    return torch.autocast(device.type, dtype=kind, enabled=precision is not Precision.FLOAT32)
