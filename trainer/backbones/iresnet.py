"""IResNet: the residual networks of ArcFace (https://arxiv.org/abs/1801.07698, section 3.1; He et al. 2015 improved).

Blocks of normalisation, 3 × 3, normalisation, PReLU, 3 × 3, normalisation; the first convolution keeps the 112 × 112;
the embedding comes from normalisation, a dense layer over all 7 × 7 positions and a last normalisation.
"""

from functools import partial

from torch import Tensor, nn

from engine.words import sentence
from trainer.backbones.backbone import Backbone, convolution, embedding_norm

BLOCKS = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 14, 3), 100: (3, 13, 30, 3)}
"""Blocks of the four stages by the network's usual number."""

CHANNELS = (64, 128, 256, 512)
EPSILON = 1e-5


class Block(nn.Module):
    """(B, into, H, W) → (B, out, H/stride, W/stride), the input added (projected where its shape differs)."""

    def __init__(self, into: int, out: int, stride: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.BatchNorm2d(into, eps=EPSILON),
            convolution(into, out, 3),
            nn.BatchNorm2d(out, eps=EPSILON),
            nn.PReLU(out),
            convolution(out, out, 3, stride),
            nn.BatchNorm2d(out, eps=EPSILON),
        )
        self.shortcut: nn.Module = nn.Identity()
        if stride != 1 or into != out:
            self.shortcut = nn.Sequential(convolution(into, out, 1, stride), nn.BatchNorm2d(out, eps=EPSILON))

    def forward(self, crops: Tensor) -> Tensor:
        """Return the input, carried past the layers, plus what the layers make of it."""
        changed: Tensor = self.layers(crops) + self.shortcut(crops)
        return changed


class IResNet(Backbone):
    """(B, 3, 112, 112) → (B, dim), with 18, 34, 50 or 100 layers as `BLOCKS` names them."""

    input_size = 112

    def __init__(self, dim: int, *, layers: int) -> None:
        super().__init__(dim)
        if layers not in BLOCKS:
            raise ValueError(
                sentence(
                    "IResNet comes with {map} layers, not {layers}.", map=", ".join(map(str, BLOCKS)), layers=layers
                )
            )
        self.stem = nn.Sequential(convolution(3, 64, 3), nn.BatchNorm2d(64, eps=EPSILON), nn.PReLU(64))
        stages: list[nn.Module] = []
        into = 64
        for out, repeats in zip(CHANNELS, BLOCKS[layers], strict=True):
            for number in range(repeats):
                stages.append(Block(into, out, 2 if number == 0 else 1))
                into = out
        self.stages = nn.Sequential(*stages)  # (B, 512, 7, 7)
        self.head = nn.Sequential(
            nn.BatchNorm2d(512, eps=EPSILON), nn.Flatten(), nn.Linear(512 * 7 * 7, dim), embedding_norm(dim)
        )
        for layer in self.modules():
            if isinstance(layer, nn.Conv2d):
                nn.init.normal_(layer.weight, 0, 0.1)

    def forward(self, crops: Tensor) -> Tensor:
        """Return embeddings (B, dim) of crops (B, 3, 112, 112)."""
        embeddings: Tensor = self.head(self.stages(self.stem(crops)))
        return embeddings


iresnet18 = partial(IResNet, layers=18)
iresnet34 = partial(IResNet, layers=34)
iresnet50 = partial(IResNet, layers=50)
iresnet100 = partial(IResNet, layers=100)
