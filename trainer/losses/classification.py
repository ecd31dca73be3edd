"""The classification losses by name: those that take (n_classes, dim, **options) and can be joined with center loss."""

from torch import nn

from trainer.losses.adaface import AdaFace
from trainer.losses.am_softmax import AMSoftmax
from trainer.losses.arcface import ArcFace
from trainer.losses.curricularface import CurricularFace
from trainer.losses.focal import Focal
from trainer.losses.l2_softmax import L2Softmax
from trainer.losses.magface import MagFace
from trainer.losses.mv_softmax import MVAm, MVArc
from trainer.losses.normface import NormFace
from trainer.losses.normface_agents import CContrastive, CTriplet
from trainer.losses.ohem import Ohem
from trainer.losses.softmax import Softmax
from trainer.losses.sphereface import SphereFace
from trainer.losses.sv_softmax import SVAm, SVArc, SVSoftmax

CLASSIFICATION: dict[str, type[nn.Module]] = {
    "softmax": Softmax,
    "l2_softmax": L2Softmax,
    "normface": NormFace,
    "c_contrastive": CContrastive,
    "c_triplet": CTriplet,
    "sphereface": SphereFace,
    "am_softmax": AMSoftmax,
    "arcface": ArcFace,
    "focal": Focal,
    "ohem": Ohem,
    "sv_softmax": SVSoftmax,
    "sv_am": SVAm,
    "sv_arc": SVArc,
    "mv_am": MVAm,
    "mv_arc": MVArc,
    "curricularface": CurricularFace,
    "magface": MagFace,
    "adaface": AdaFace,
}
