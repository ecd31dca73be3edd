"""Networks by name: `BACKBONES[name](dim)` is a `Backbone`, with `input_size` and `channels`."""

from collections.abc import Callable

from trainer.backbones.backbone import Backbone
from trainer.backbones.cost import Cost, measure
from trainer.backbones.inception_resnet_v1 import InceptionResnetV1
from trainer.backbones.iresnet import iresnet18, iresnet34, iresnet50, iresnet100
from trainer.backbones.lenetpp import LeNetPP
from trainer.backbones.mobilefacenet import MobileFaceNet

BACKBONES: dict[str, Callable[[int], Backbone]] = {
    "mobilefacenet": MobileFaceNet,
    "iresnet18": iresnet18,
    "iresnet34": iresnet34,
    "iresnet50": iresnet50,
    "iresnet100": iresnet100,
    "inception_resnet_v1": InceptionResnetV1,
    "lenetpp": LeNetPP,
}

__all__ = ["BACKBONES", "Backbone", "Cost", "measure"]
