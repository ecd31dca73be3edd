"""MobileFaceNet: Chen, Liu, Gao and Han 2018, https://arxiv.org/abs/1804.07573, table 1.

MobileNetV2's inverted bottlenecks with PReLU, and a depthwise 7 × 7 convolution in place of average pooling, so that
the corners of an aligned crop count differently from its middle.
"""

from torch import Tensor, nn

from trainer.backbones.backbone import Backbone, convolution, start_like_he

STAGES = ((2, 64, 5, 2), (4, 128, 1, 2), (2, 128, 6, 1), (4, 128, 1, 2), (2, 128, 2, 1))
"""Expansion, channels, repeats and first stride, as in the paper's table."""


def activated(into: int, out: int, kernel: int, stride: int = 1, *, groups: int = 1) -> nn.Sequential:
    """Return convolution, normalisation and PReLU."""
    return nn.Sequential(convolution(into, out, kernel, stride, groups=groups), nn.BatchNorm2d(out), nn.PReLU(out))


class Bottleneck(nn.Module):
    """Widen, depthwise 3 × 3, narrow without activation; the input is added where the shape is kept.

    (B, into, H, W) → (B, out, H/stride, W/stride).
    """

    def __init__(self, into: int, out: int, stride: int, expansion: int) -> None:
        super().__init__()
        wide = into * expansion
        self.layers = nn.Sequential(
            activated(into, wide, 1),
            activated(wide, wide, 3, stride, groups=wide),
            convolution(wide, out, 1),
            nn.BatchNorm2d(out),
        )
        self.keeps_shape = stride == 1 and into == out

    def forward(self, crops: Tensor) -> Tensor:
        """Return features, the input added where shapes agree."""
        changed: Tensor = self.layers(crops)
        return crops + changed if self.keeps_shape else changed


class MobileFaceNet(Backbone):
    """(B, 3, 112, 112) → (B, dim). 0.99 million parameters with dim = 128, 0.22 billion multiply-adds."""

    input_size = 112

    def __init__(self, dim: int) -> None:
        super().__init__(dim)
        layers: list[nn.Module] = [activated(3, 64, 3, 2), activated(64, 64, 3, groups=64)]
        into = 64
        for expansion, out, repeats, stride in STAGES:
            for number in range(repeats):
                layers.append(Bottleneck(into, out, stride if number == 0 else 1, expansion))
                into = out
        self.trunk = nn.Sequential(*layers)  # (B, 128, 7, 7)
        self.head = nn.Sequential(
            activated(128, 512, 1),  # (B, 512, 7, 7)
            nn.Conv2d(512, 512, 7, groups=512, bias=False),  # (B, 512, 1, 1)
            nn.BatchNorm2d(512),
            nn.Conv2d(512, dim, 1, bias=False),
            nn.Flatten(),
            nn.BatchNorm1d(dim),
        )
        start_like_he(self)

    def forward(self, crops: Tensor) -> Tensor:
        """Return embeddings (B, dim) of crops (B, 3, 112, 112)."""
        embeddings: Tensor = self.head(self.trunk(crops))
        return embeddings
