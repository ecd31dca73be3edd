"""Several processes as torchrun starts them, and the exchanges between them through which gradients pass rightly."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
import torch.distributed
from torch import Tensor
from torch.autograd.function import FunctionCtx


@dataclass(frozen=True, slots=True)
class Group:
    """One process among `size` that train together; `rank` 0 writes files and speaks."""

    rank: int
    size: int
    device: torch.device

    @property
    def leads(self) -> bool:
        """Whether this is the process that writes."""
        return self.rank == 0


def pick_device() -> torch.device:
    """Return this process's GPU where there is one, else the CPU."""
    if torch.cuda.is_available():
        return torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))
    return torch.device("cpu")


@contextmanager
def join_group() -> Iterator[Group]:
    """Join the processes that torchrun started, or be the only one; leaves them at the end.

    torchrun tells rank, size and address in the environment. NCCL serves GPUs, gloo the CPU.
    """
    device = pick_device()
    if "WORLD_SIZE" not in os.environ:
        yield Group(0, 1, device)
        return
    if device.type == "cuda":
        torch.cuda.set_device(device)
    torch.distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
    try:
        yield Group(torch.distributed.get_rank(), torch.distributed.get_world_size(), device)
    finally:
        torch.distributed.destroy_process_group()


class _Gather(torch.autograd.Function):
    """Rows of all processes one after another; each process gets back the sum of the gradients of its rows, × size.

    The factor stands against DistributedDataParallel's division by the number of processes: here the loss is already
    the mean over the faces of all of them.
    """

    @staticmethod
    def forward(_ctx: FunctionCtx, rows: Tensor) -> Tensor:
        size = torch.distributed.get_world_size()
        parts = [torch.empty_like(rows) for _ in range(size)]
        torch.distributed.all_gather(parts, rows.contiguous())
        return torch.cat(parts)

    @staticmethod
    def backward(_ctx: FunctionCtx, *gradients: Tensor) -> Tensor:
        size, rank = torch.distributed.get_world_size(), torch.distributed.get_rank()
        total = gradients[0].contiguous().clone()
        torch.distributed.all_reduce(total)
        return total.chunk(size)[rank] * size


class _Sum(torch.autograd.Function):
    """The sum over processes. What follows is computed on each of them alike, so each keeps its own gradient."""

    @staticmethod
    def forward(_ctx: FunctionCtx, value: Tensor) -> Tensor:
        total = value.clone()
        torch.distributed.all_reduce(total)
        return total

    @staticmethod
    def backward(_ctx: FunctionCtx, *gradients: Tensor) -> Tensor:
        return gradients[0]


def gather_rows(rows: Tensor, group: Group) -> Tensor:
    """Return the rows (b, ...) of all processes in the order of their ranks: (size · b, ...), with gradient."""
    if group.size == 1:
        return rows
    if not rows.is_floating_point():
        parts = [torch.empty_like(rows) for _ in range(group.size)]
        torch.distributed.all_gather(parts, rows.contiguous())
        return torch.cat(parts)
    gathered: Tensor = _Gather.apply(rows)  # type: ignore[no-untyped-call]  # torch leaves apply untyped
    return gathered


def sum_over(value: Tensor, group: Group) -> Tensor:
    """Return the sum of `value` over the processes, with gradient."""
    if group.size == 1:
        return value
    total: Tensor = _Sum.apply(value)  # type: ignore[no-untyped-call]  # torch leaves apply untyped
    return total


def largest_over(value: Tensor, group: Group) -> Tensor:
    """Return the elementwise maximum over the processes, a constant for the gradient."""
    largest = value.detach().clone()
    if group.size > 1:
        torch.distributed.all_reduce(largest, op=torch.distributed.ReduceOp.MAX)
    return largest


def wait_for_all(group: Group) -> None:
    """Return when every process has come here."""
    if group.size > 1:
        torch.distributed.barrier()


def told_by_leader(value: float, group: Group) -> float:
    """Return the value that rank 0 has, on every process."""
    if group.size == 1:
        return value
    told = torch.tensor([value], dtype=torch.float64, device=group.device)
    torch.distributed.broadcast(told, src=0)
    return float(told)


def mean_over(value: Tensor, group: Group) -> Tensor:
    """Return the mean of `value` over the processes, without gradient."""
    total = value.detach().clone()
    if group.size > 1:
        torch.distributed.all_reduce(total)
    return total / group.size
