from trainer.losses import LOSSES


def test_golden(assert_golden) -> None:
    assert_golden(LOSSES["sv_softmax"](4, 3, s=32.0, t=1.2), "sv_t12_s32")
    assert_golden(LOSSES["sv_am"](4, 3, s=32.0, m=0.35, t=1.2), "sv_am_t12_s32_m035")
    assert_golden(LOSSES["sv_arc"](4, 3, s=32.0, m=0.5, t=1.2), "sv_arc_t12_s32_m05")


def test_weight_one_is_the_plain_loss(assert_golden) -> None:
    assert_golden(LOSSES["sv_softmax"](4, 3, s=32.0, t=1.0), "normface_s32")
    assert_golden(LOSSES["sv_am"](4, 3, s=32.0, m=0.35, t=1.0), "am_s32_m035")
    assert_golden(LOSSES["sv_arc"](4, 3, s=64.0, m=0.5, t=1.0), "arc_s64_m05")
