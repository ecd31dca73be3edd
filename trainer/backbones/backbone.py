"""What every network here says about itself besides its layers."""

from torch import nn

from engine.words import sentence


class Backbone(nn.Module):
    """From crops (B, channels, input_size, input_size) float, about −1 to 1, to embeddings (B, dim), not normalised.

    The losses and the export normalise; center loss and SphereFace need the length.
    """

    input_size: int
    channels: int = 3

    def __init__(self, dim: int) -> None:
        super().__init__()
        if dim < 1:
            raise ValueError(sentence("An embedding needs at least one dimension, not {dim}.", dim=dim))
        self.dim = dim

    def last_layer(self) -> list[nn.Module]:
        """Return the layer that makes the embedding, the last with a matrix of weights, and the norms after it."""
        leaves = [layer for layer in self.modules() if not list(layer.children())]
        mixing = [place for place, layer in enumerate(leaves) if isinstance(layer, nn.Linear | nn.Conv2d)]
        return leaves[mixing[-1] :]


def convolution(into: int, out: int, kernel: int, stride: int = 1, *, groups: int = 1) -> nn.Conv2d:
    """Return a convolution without bias: (B, into, H, W) → (B, out, H/stride, W/stride)."""
    return nn.Conv2d(into, out, kernel, stride, padding=kernel // 2, groups=groups, bias=False)


def embedding_norm(dim: int) -> nn.BatchNorm1d:
    """Return the last normalisation of an embedding (B, dim): a shift is learnt, the scale stays 1."""
    layer = nn.BatchNorm1d(dim)
    nn.init.ones_(layer.weight)
    layer.weight.requires_grad = False
    return layer


def start_like_he(network: nn.Module) -> None:
    """Draw the convolutions' weights by He et al. 2015 (fan out), https://arxiv.org/abs/1502.01852."""
    for layer in network.modules():
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight, mode="fan_out")
