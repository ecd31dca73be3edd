"""Figures of a batch that is spread over several processes. Without torch.distributed the batch is here alone."""

import torch.distributed
from torch import Tensor


def sum_across_processes(value: Tensor) -> Tensor:
    """Return the sum of `value` over all processes, the same on each; no gradient passes."""
    total = value.detach().clone()
    if torch.distributed.is_available() and torch.distributed.is_initialized():
        torch.distributed.all_reduce(total)
    return total


def mean_across_processes(value: Tensor) -> Tensor:
    """Return the mean of `value` over all processes; no gradient passes."""
    if torch.distributed.is_available() and torch.distributed.is_initialized():
        return sum_across_processes(value) / torch.distributed.get_world_size()
    return value.detach()
