import pytest
import torch

from trainer.backbones import BACKBONES, Backbone, Cost, measure

CHEAP = ["mobilefacenet", "iresnet18", "inception_resnet_v1", "lenetpp"]


def crops(backbone: Backbone, number: int) -> torch.Tensor:
    size = backbone.input_size
    return torch.rand(number, backbone.channels, size, size, generator=torch.Generator().manual_seed(1)) * 2 - 1


@pytest.mark.parametrize("name", BACKBONES)
def test_shapes(name) -> None:
    with torch.device("meta"):
        backbone = BACKBONES[name](64)
        embeddings = backbone(torch.empty(3, backbone.channels, backbone.input_size, backbone.input_size))
    assert embeddings.shape == (3, 64)
    assert backbone.dim == 64


@pytest.mark.parametrize("name", CHEAP)
def test_every_trained_parameter_gets_a_finite_gradient(name) -> None:
    torch.manual_seed(0)
    backbone = BACKBONES[name](8)
    backbone(crops(backbone, 2)).square().sum().backward()
    for title, parameter in backbone.named_parameters():
        if parameter.requires_grad:
            assert parameter.grad is not None, title
            assert torch.isfinite(parameter.grad).all(), title


@pytest.mark.parametrize("name", CHEAP)
def test_same_seed_same_network_and_a_face_does_not_depend_on_its_batch(name) -> None:
    found = []
    for _ in range(2):
        torch.manual_seed(7)
        backbone = BACKBONES[name](16).eval()
        with torch.no_grad():
            found.append(backbone(crops(backbone, 3)))
    assert torch.equal(found[0], found[1])
    with torch.no_grad():
        alone = backbone(crops(backbone, 3)[:1])
    torch.testing.assert_close(alone, found[0][:1], rtol=1e-4, atol=1e-4)
    assert found[0].std() > 0


@pytest.mark.parametrize(
    ("name", "dim", "millions", "billions"),
    [
        # MobileFaceNet's paper: 0.99 million; 221 million multiply-adds are counted in https://arxiv.org/abs/1908.09124.
        ("mobilefacenet", 128, 0.99, 0.221),
        # As commonly printed for ArcFace's networks at 112 × 112 and 512 dimensions.
        ("iresnet18", 512, 24.0, 2.62),
        ("iresnet34", 512, 34.1, 4.48),
        ("iresnet50", 512, 43.6, 6.33),
        # OpenVINO's model zoo counts 65.132 million and 24.2115 GFLOPs for face-recognition-resnet100-arcface-onnx.
        ("iresnet100", 512, 65.13, 12.106),
        # 27.91 million less the classifier of 8,631 people in facenet-pytorch's VGGFace2 model.
        ("inception_resnet_v1", 512, 23.48, 1.42),
    ],
)
def test_cost_is_the_published_one(name, dim, millions, billions) -> None:
    cost = measure(BACKBONES[name](dim))
    assert cost.parameters / 1e6 == pytest.approx(millions, rel=0.015)
    assert cost.multiply_adds / 1e9 == pytest.approx(billions, rel=0.01)


def test_cost_of_lenetpp_by_hand() -> None:
    convolutions = [(1, 32, 28), (32, 32, 28), (32, 64, 14), (64, 64, 14), (64, 128, 7), (128, 128, 7)]
    weights = [into * out * 25 for into, out, _ in convolutions]
    operations = sum(weight * side * side for weight, (_, _, side) in zip(weights, convolutions, strict=True))
    parameters = sum(weights) + 2 * sum(out for _, out, _ in convolutions) + 1152 * 2 + 2
    assert measure(BACKBONES["lenetpp"](2)) == Cost(parameters, 2 * (operations + 1152 * 2))


def test_measuring_leaves_the_network_as_it_was() -> None:
    backbone = BACKBONES["lenetpp"](2)
    measure(backbone)
    assert backbone.training
    assert all(parameter.device.type == "cpu" for parameter in backbone.parameters())


@pytest.mark.parametrize("name", BACKBONES)
def test_no_dimension_is_refused(name) -> None:
    with pytest.raises(ValueError, match="dimension"):
        BACKBONES[name](0)


@pytest.mark.parametrize("name", BACKBONES)
def test_last_layer_makes_the_embedding(name) -> None:
    with torch.device("meta"):
        backbone = BACKBONES[name](8)
        first, *others = backbone.last_layer()
    assert first.weight.shape[0] == 8
    assert len(others) <= 2
