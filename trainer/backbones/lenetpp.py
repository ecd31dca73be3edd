"""LeNet++: the toy network of Center Loss (Wen et al., ECCV 2016, table 1), for features one can draw.

Three stages of two 5 × 5 convolutions with PReLU and a 2 × 2 maximum, then one dense layer to `dim`, 2 in the paper.
"""

from torch import Tensor, nn

from trainer.backbones.backbone import Backbone, start_like_he


class LeNetPP(Backbone):
    """(B, 1, 28, 28) → (B, dim): grey digits as MNIST has them; scikit-learn's 8 × 8 are enlarged to 28 × 28 first."""

    input_size = 28
    channels = 1

    def __init__(self, dim: int) -> None:
        super().__init__(dim)
        layers: list[nn.Module] = []
        into = 1
        for out in (32, 64, 128):  # (B, 32, 14, 14), (B, 64, 7, 7), (B, 128, 3, 3)
            for width in (into, out):
                layers += [nn.Conv2d(width, out, 5, padding=2), nn.PReLU(out)]
            layers.append(nn.MaxPool2d(2))
            into = out
        self.layers = nn.Sequential(*layers, nn.Flatten(), nn.Linear(128 * 3 * 3, dim))
        start_like_he(self)

    def forward(self, digits: Tensor) -> Tensor:
        """Return embeddings (B, dim) of digits (B, 1, 28, 28)."""
        embeddings: Tensor = self.layers(digits)
        return embeddings
