from trainer.losses import LOSSES


def test_golden(assert_golden) -> None:
    assert_golden(LOSSES["am_softmax"](4, 3, s=32.0, m=0.35), "am_s32_m035")
    assert_golden(LOSSES["am_softmax"](4, 3, s=32.0, m=0.35, easy_margin=True), "am_easy_gt0_s32_m035")
    assert_golden(LOSSES["am_softmax"](4, 3, s=32.0, m=0.35, easy_margin="above_margin"), "am_easy_gtm_s32_m035")


def test_no_margin_is_normface(assert_golden) -> None:
    assert_golden(LOSSES["am_softmax"](4, 3, s=32.0, m=0.0), "normface_s32")
