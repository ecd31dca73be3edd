import pytest

from engine.errors import UsageError
from engine.models.runtimes.offered import check_runtime
from engine.models.runtimes.running import PLAIN_WAY, Precision, Running, Way

BF16 = Way("openvino", "cpu", Precision.BFLOAT16)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ({"precision": "int4"}, "no precision named 'int4'"),
        ({"runtime": "openvino", "providers": ("cuda",)}, "Providers are those of onnxruntime"),
        ({"runtime": "onnxruntime", "precision": "bfloat16"}, "onnxruntime computes in float32"),
        ({"providers": ("cpu",), "precision": "float16"}, "onnxruntime computes in float32"),
    ],
)
def test_what_contradicts_itself_is_refused(words: dict, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        Running(**words)


def test_a_wish_leaves_the_rest_open() -> None:
    assert Running().wants(PLAIN_WAY)
    assert Running().wants(BF16)
    assert Running("openvino").wants(BF16)
    assert not Running("openvino").wants(PLAIN_WAY)
    assert not Running(precision="float32").wants(BF16)


def test_an_unknown_runtime_is_named() -> None:
    with pytest.raises(UsageError, match=r"no runtime named 'abacus'.*auto, onnxruntime, openvino"):
        check_runtime("abacus")
    check_runtime("auto")
    check_runtime("onnxruntime")
