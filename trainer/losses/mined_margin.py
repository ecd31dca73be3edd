"""The margin by name that the mining losses (focal, OHEM) can be fused with."""

from engine.words import sentence
from trainer.losses.margins import Margin, angular_margin, cosine_margin, no_margin


def margin_named(name: str | None, m: float | None) -> Margin:
    """Return the margin: None, "am" (m = 0.35 unless given) or "arc" (m = 0.5). ValueError for anything else."""
    if name is None:
        if m is not None:
            raise ValueError(sentence('m needs a margin to belong to: "am" or "arc".'))
        return no_margin
    if name == "am":
        return cosine_margin(0.35 if m is None else m)
    if name == "arc":
        return angular_margin(0.5 if m is None else m)
    raise ValueError(sentence('margin must be None, "am" or "arc", not \'{name}\'.', name=name))
