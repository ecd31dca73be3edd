"""Training the last layer alone for a while: FaceNet's way from one network to the next.

Schroff et al., CVPR 2015, appendix on harmonic embedding: the new network starts from weights of its own, its last
layer is drawn anew and trained by itself until it fits the old embeddings, and only then all of it is trained on.
"""

from torch import nn

from engine.errors import UsageError
from engine.words import sentence
from trainer.backbones import Backbone
from trainer.config import TrainingConfig
from trainer.distributed import Group


def renew_last_layer(backbone: Backbone) -> None:
    """Draw the weights of the last layer anew, from torch's generator."""
    for layer in backbone.last_layer():
        if isinstance(layer, nn.Linear | nn.Conv2d | nn.BatchNorm1d | nn.BatchNorm2d):
            layer.reset_parameters()


def is_first(config: TrainingConfig, step: int) -> bool:
    """Say whether the last layer alone is trained at this step, from 0."""
    return config.compatible is not None and step < config.compatible.last_layer_first


class LastLayerFirst:
    """Holds the rest of a network still while it is the last layer's turn: no gradients, norms as they are."""

    def __init__(self, backbone: Backbone, config: TrainingConfig) -> None:
        self._config = config
        last = {id(each) for layer in backbone.last_layer() for each in layer.parameters()}
        self._learnt = [each for each in backbone.parameters() if each.requires_grad and id(each) not in last]
        keeps = backbone.last_layer()
        self._still = [each for each in backbone.modules() if not list(each.children()) and each not in keeps]
        self._held: bool | None = None

    def before(self, step: int) -> None:
        """Hold or let go before a step, from 0; to be called when the network is in training mode."""
        held = is_first(self._config, step)
        if held:
            for layer in self._still:
                layer.eval()
        if held is not self._held:
            self._held = held
            for parameter in self._learnt:
                parameter.requires_grad = not held


def check_alone(config: TrainingConfig, group: Group) -> None:
    """Raise UsageError where several processes would wait for gradients that are not made."""
    if is_first(config, 0) and group.size > 1:
        raise UsageError(
            sentence("The last layer is trained first in one process only."),
            sentence("Start this run without torchrun, or set 0 steps."),
        )
