from trainer.losses import LOSSES


def test_golden(assert_golden) -> None:
    assert_golden(LOSSES["focal"](4, 3, gamma=2.0), "focal_g2_s32")
    assert_golden(LOSSES["focal"](4, 3, gamma=2.0, margin="am"), "naive_focal_am_s32_m035")


def test_gamma_zero_is_the_plain_loss(assert_golden) -> None:
    assert_golden(LOSSES["focal"](4, 3, gamma=0.0), "normface_s32")
    assert_golden(LOSSES["focal"](4, 3, gamma=0.0, margin="am", m=0.35), "am_s32_m035")
