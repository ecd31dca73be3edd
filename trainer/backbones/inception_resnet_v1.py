"""Inception-ResNet-v1: Szegedy et al. 2016, https://arxiv.org/abs/1602.07261, as the FaceNet reimplementations use it.

Three groups of residual inception blocks (35, 17 and 8 positions a side in the paper, 17, 8 and 3 at 160 × 160), each
adding a scaled mixture of parallel convolutions to its input.
"""

from torch import Tensor, cat, nn

from trainer.backbones.backbone import Backbone

Kernel = int | tuple[int, int]


def unit(into: int, out: int, kernel: Kernel, stride: int = 1, padding: Kernel = 0) -> nn.Sequential:
    """Return convolution without bias, normalisation and ReLU."""
    return nn.Sequential(
        nn.Conv2d(into, out, kernel, stride, padding, bias=False), nn.BatchNorm2d(out, eps=0.001), nn.ReLU()
    )


class Branches(nn.Module):
    """Parallel paths over one input, their channels joined."""

    def __init__(self, *paths: nn.Module) -> None:
        super().__init__()
        self.paths = nn.ModuleList(paths)

    def forward(self, crops: Tensor) -> Tensor:
        """Return the paths' outputs behind one another: (B, sum of their channels, H, W)."""
        return cat([path(crops) for path in self.paths], 1)


class Residual(nn.Module):
    """x + scale · mixture of the branches, through `last` (ReLU, or nothing): shape kept."""

    def __init__(self, branches: nn.Module, channels: tuple[int, int], scale: float, last: nn.Module) -> None:
        super().__init__()
        mixed, width = channels
        self.layers = nn.Sequential(branches, nn.Conv2d(mixed, width, 1))
        self.scale = scale
        self.last = last

    def forward(self, crops: Tensor) -> Tensor:
        """Return (B, C, H, W) like the input."""
        changed: Tensor = self.last(crops + self.scale * self.layers(crops))
        return changed


def block_a() -> Residual:
    """Return the first kind of block, on 256 channels."""
    branches = Branches(
        unit(256, 32, 1),
        nn.Sequential(unit(256, 32, 1), unit(32, 32, 3, padding=1)),
        nn.Sequential(unit(256, 32, 1), unit(32, 32, 3, padding=1), unit(32, 32, 3, padding=1)),
    )
    return Residual(branches, (96, 256), 0.17, nn.ReLU())


def block_b() -> Residual:
    """Return the second kind, on 896 channels: a 7 × 7 split in two."""
    split = nn.Sequential(
        unit(896, 128, 1), unit(128, 128, (1, 7), padding=(0, 3)), unit(128, 128, (7, 1), padding=(3, 0))
    )
    return Residual(Branches(unit(896, 128, 1), split), (256, 896), 0.10, nn.ReLU())


def block_c(scale: float, last: nn.Module) -> Residual:
    """Return the third kind, on 1,792 channels: a 3 × 3 split in two."""
    split = nn.Sequential(
        unit(1792, 192, 1), unit(192, 192, (1, 3), padding=(0, 1)), unit(192, 192, (3, 1), padding=(1, 0))
    )
    return Residual(Branches(unit(1792, 192, 1), split), (384, 1792), scale, last)


def stem() -> nn.Sequential:
    """(B, 3, 160, 160) → (B, 256, 17, 17)."""
    return nn.Sequential(
        unit(3, 32, 3, 2),
        unit(32, 32, 3),
        unit(32, 64, 3, padding=1),
        nn.MaxPool2d(3, 2),
        unit(64, 80, 1),
        unit(80, 192, 3),
        unit(192, 256, 3, 2),
    )


def reduction_a() -> Branches:
    """(B, 256, 17, 17) → (B, 896, 8, 8)."""
    return Branches(
        unit(256, 384, 3, 2),
        nn.Sequential(unit(256, 192, 1), unit(192, 192, 3, padding=1), unit(192, 256, 3, 2)),
        nn.MaxPool2d(3, 2),
    )


def reduction_b() -> Branches:
    """(B, 896, 8, 8) → (B, 1792, 3, 3)."""
    return Branches(
        nn.Sequential(unit(896, 256, 1), unit(256, 384, 3, 2)),
        nn.Sequential(unit(896, 256, 1), unit(256, 256, 3, 2)),
        nn.Sequential(unit(896, 256, 1), unit(256, 256, 3, padding=1), unit(256, 256, 3, 2)),
        nn.MaxPool2d(3, 2),
    )


class InceptionResnetV1(Backbone):
    """(B, 3, 160, 160) → (B, dim). 23.5 million parameters with dim = 512."""

    input_size = 160

    def __init__(self, dim: int, *, dropout: float = 0.6) -> None:
        super().__init__(dim)
        self.layers = nn.Sequential(
            stem(),
            *(block_a() for _ in range(5)),
            reduction_a(),
            *(block_b() for _ in range(10)),
            reduction_b(),
            *(block_c(0.20, nn.ReLU()) for _ in range(5)),
            block_c(1.0, nn.Identity()),
            nn.AdaptiveAvgPool2d(1),  # (B, 1792, 1, 1)
            nn.Flatten(),
            nn.Dropout(dropout),
            nn.Linear(1792, dim, bias=False),
            nn.BatchNorm1d(dim, eps=0.001),
        )

    def forward(self, crops: Tensor) -> Tensor:
        """Return embeddings (B, dim) of crops (B, 3, 160, 160)."""
        embeddings: Tensor = self.layers(crops)
        return embeddings
