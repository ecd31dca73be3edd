"""Two gloo processes with half a batch each move centres and t as one process with the whole batch does."""

import subprocess
import sys
from pathlib import Path

import torch

from trainer.losses import LOSSES

SCRIPT = """
import sys
import torch
import torch.distributed
from trainer.losses import LOSSES

store, rank = sys.argv[1], int(sys.argv[2])
torch.distributed.init_process_group("gloo", init_method=f"file://{store}/store", rank=rank, world_size=2)
torch.manual_seed(0)
embeddings, labels = torch.randn(8, 3), torch.tensor([0, 1, 1, 2, 0, 2, 2, 1])
torch.manual_seed(1)
center, curricular = LOSSES["center"](4, 3), LOSSES["curricularface"](4, 3)
half = slice(rank * 4, rank * 4 + 4)
for _ in range(2):
    center(embeddings[half], labels[half])
    curricular(embeddings[half], labels[half])
torch.save({"centres": center.centres, "t": curricular.t}, f"{store}/{rank}.pt")
torch.distributed.destroy_process_group()
"""


def test_two_processes_are_one(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    running = [subprocess.Popen([*command, str(rank)], cwd=Path(__file__).parents[3]) for rank in (0, 1)]
    assert [process.wait(timeout=120) for process in running] == [0, 0]
    torch.manual_seed(0)
    embeddings, labels = torch.randn(8, 3), torch.tensor([0, 1, 1, 2, 0, 2, 2, 1])
    torch.manual_seed(1)
    center, curricular = LOSSES["center"](4, 3), LOSSES["curricularface"](4, 3)
    for _ in range(2):
        center(embeddings, labels)
        curricular(embeddings, labels)
    for rank in (0, 1):
        found = torch.load(tmp_path / f"{rank}.pt", weights_only=True)
        torch.testing.assert_close(found["centres"], center.centres)
        torch.testing.assert_close(found["t"], curricular.t)
