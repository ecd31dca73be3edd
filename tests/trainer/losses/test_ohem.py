import torch

from trainer.losses import LOSSES


def test_golden(assert_golden) -> None:
    assert_golden(LOSSES["ohem"](4, 3, keep=0.8), "hm_keep08_s32")
    assert_golden(LOSSES["ohem"](4, 3, keep=0.8, margin="arc", m=0.5), "naive_hm_arc_s32_m05")


def test_keeping_all_is_the_plain_loss(assert_golden) -> None:
    assert_golden(LOSSES["ohem"](4, 3, keep=1.0), "normface_s32")


def test_kept_share_is_rounded_down_but_never_to_nothing() -> None:
    losses = torch.arange(100.0)
    assert LOSSES["ohem"](4, 3, keep=0.29).reduce(losses) == losses[-29:].mean()
    assert LOSSES["ohem"](4, 3, keep=0.001).reduce(losses) == 99
