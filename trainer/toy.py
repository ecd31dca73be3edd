"""The toy of the Center Loss and NormFace papers: digits through LeNet++ into two dimensions, for the eye.

Wen et al. (ECCV 2016, figure 2) and Wang et al. (ACM MM 2017, figure 2) draw MNIST; scikit-learn's 8 × 8 digits, which
need no download, are enlarged to 28 × 28 here.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from matplotlib.figure import Figure
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from engine.progress import Progress
from engine.words import sentence
from trainer.backbones import BACKBONES, Backbone
from trainer.choices import OptimiserName, Precision
from trainer.data.batches import PKBatches
from trainer.errors import TrainingError
from trainer.optim import Shards, descend, make_optimiser, make_scaler, set_rate
from trainer.plots import draw_points
from trainer.recogniser import make_loss
from trainer.sections import LossConfig, OptimiserConfig

CLASSES = 10
TEST_SHARE = 0.3
OPTIMISER = OptimiserConfig(name=OptimiserName.ADAMW, learning_rate=1e-3, weight_decay=1e-4)


@dataclass(frozen=True, slots=True)
class Digits:
    """`pictures` (n, 1, 28, 28) float32 from −1 to 1, `labels` (n,) int64 from 0 to 9."""

    pictures: Tensor
    labels: Tensor


@dataclass(frozen=True, slots=True)
class ToyResult:
    """2-D features (n, 2) and labels (n,) of both halves, and the share of test digits whose nearest mean is theirs.

    `accuracy` compares lengths too, `cosine_accuracy` directions alone.
    """

    train: tuple[NDArray[np.float32], NDArray[np.int64]]
    test: tuple[NDArray[np.float32], NDArray[np.int64]]
    accuracy: float
    cosine_accuracy: float

    def draw(self, title: str) -> Figure:
        """Draw the features of the digits learnt from and of the others, side by side."""
        return draw_points({f"{title}: train": self.train, f"{title}: test": self.test})


def load_digits(seed: int) -> tuple[Digits, Digits]:
    """Return scikit-learn's 1,797 digits in two parts, for training and test, each digit in the same shares."""
    from sklearn import datasets
    from sklearn.model_selection import train_test_split

    pictures, labels = datasets.load_digits(return_X_y=True)
    parts = train_test_split(pictures, labels, test_size=TEST_SHARE, stratify=labels, random_state=seed)
    return _digits(parts[0], parts[2]), _digits(parts[1], parts[3])


def run_toy(loss: str, options: Mapping[str, object], steps: int, seed: int) -> Generator[Progress, None, ToyResult]:
    """Train LeNet++ with 2-D features by any loss; UsageError for an unknown one, TrainingError where it diverges."""
    train, test = load_digits(seed)
    torch.manual_seed(seed)
    backbone = BACKBONES["lenetpp"](2)
    head = make_loss(LossConfig(loss, dict(options)), CLASSES, 2)
    optimiser = make_optimiser((backbone, head), OPTIMISER)
    scaler = make_scaler(torch.device("cpu"), Precision.FLOAT32)
    batches = PKBatches(train.labels.numpy(), CLASSES, 8, seed)
    backbone.train()
    for step in range(steps):
        set_rate(optimiser, OPTIMISER.learning_rate * (1 - step / steps))
        chosen = batches.batch(step)
        optimiser.zero_grad(set_to_none=True)
        value = head(backbone(train.pictures[chosen]), train.labels[chosen])
        if not torch.isfinite(value):
            raise TrainingError(
                sentence("The loss of step {step:,} is not a number.", step=step + 1),
                sentence("Try other options of the loss."),
            )
        descend(value, optimiser, scaler, 5.0, Shards())
        yield Progress("train", step + 1, steps, f"{loss} {value.item():.4f}")
    return _judged(backbone, train, test)


def _judged(backbone: Backbone, train: Digits, test: Digits) -> ToyResult:
    backbone.eval()
    with torch.no_grad():
        known, asked = backbone(train.pictures), backbone(test.pictures)
    means = torch.stack([known[train.labels == digit].mean(0) for digit in range(CLASSES)])
    nearest = torch.cdist(asked, means).argmin(1)
    directions = torch.stack([functional.normalize(known[train.labels == digit]).mean(0) for digit in range(CLASSES)])
    alike = (functional.normalize(asked) @ functional.normalize(directions).T).argmax(1)
    return ToyResult(
        (known.numpy(), train.labels.numpy()),
        (asked.numpy(), test.labels.numpy()),
        float((nearest == test.labels).float().mean()),
        float((alike == test.labels).float().mean()),
    )


def _digits(pictures: NDArray[np.float64], labels: NDArray[np.int64]) -> Digits:
    small = torch.from_numpy(pictures.reshape(-1, 1, 8, 8)).float() / 8 - 1
    large = functional.interpolate(small, (28, 28), mode="bilinear", align_corners=False)
    return Digits(large, torch.from_numpy(labels.astype(np.int64)))
