import math

import pytest
import torch

from trainer.losses import LOSSES


def by_hand(cosines, labels, lengths, s, m, h, mean, deviation) -> float:
    """The paper's equations 13 to 15, with angles and loops; the angle is held within 0 and pi as in its code."""
    total = 0.0
    for row, label, length in zip(cosines, labels, lengths, strict=True):
        quality = min(max((length - mean) / (deviation + 1e-3) * h, -1), 1)
        angle = min(max(math.acos(row[label]) - m * quality, 0.0), math.pi)
        own = math.exp(s * (math.cos(angle) - (m * quality + m)))
        others = sum(math.exp(s * cosine) for place, cosine in enumerate(row) if place != label)
        total += -math.log(own / (own + others))
    return total / len(labels)


def test_it_is_the_papers_formula(golden) -> None:
    loss = LOSSES["adaface"](4, 3, s=16.0, m=0.4, h=0.333).double().eval()
    loss.mean.fill_(20.0)
    loss.deviation.fill_(5.0)
    lengths = [3.0, 18.0, 20.0, 24.0, 60.0, 12.0]
    cosines = torch.tensor(golden["cos"], dtype=torch.float64)
    value = loss.from_cosines(cosines, torch.tensor(golden["labels"]), torch.tensor(lengths, dtype=torch.float64))
    assert value.item() == pytest.approx(
        by_hand(golden["cos"], golden["labels"], lengths, 16.0, 0.4, 0.333, 20.0, 5.0), abs=1e-9
    )


def test_lengths_of_the_mean_get_the_margin_of_cosface() -> None:
    ours = LOSSES["adaface"](4, 3, s=32.0, m=0.35).eval()
    theirs = LOSSES["am_softmax"](4, 3, s=32.0, m=0.35)
    theirs.load_state_dict({"weight": ours.weight.detach()})
    ours.mean.fill_(2.0)
    embeddings = 2 * torch.nn.functional.normalize(torch.randn(20, 3))
    labels = torch.randint(0, 4, (20,))
    torch.testing.assert_close(ours(embeddings, labels), theirs(embeddings, labels), rtol=1e-5, atol=1e-5)


def test_mean_and_deviation_begin_with_the_first_batch_and_follow_slowly() -> None:
    loss = LOSSES["adaface"](4, 3)
    labels = torch.tensor([0, 1, 2])
    corners = torch.eye(3)
    loss(corners * torch.tensor([10.0, 20.0, 30.0])[:, None], labels)
    assert (loss.mean.item(), loss.deviation.item()) == (20.0, 10.0)
    loss(corners * 40.0, labels)
    assert loss.mean.item() == pytest.approx(0.99 * 20 + 0.01 * 40)
    assert loss.deviation.item() == pytest.approx(0.99 * 10)
    loss(corners[:1] * 90.0, labels[:1])
    assert loss.mean.item() == pytest.approx(20.2), "one face has no deviation"
    before = loss.state_dict()
    loss.eval()(corners * 70.0, labels)
    assert all(torch.equal(before[name], value) for name, value in loss.state_dict().items())


def test_no_gradient_passes_through_the_length() -> None:
    loss = LOSSES["adaface"](4, 3).eval()
    embeddings = torch.randn(6, 3, requires_grad=True)
    loss(embeddings, torch.tensor([0, 1, 2, 3, 0, 1])).backward()
    along = (embeddings.grad * embeddings.detach()).sum(1)
    torch.testing.assert_close(along, torch.zeros(6), atol=1e-4, rtol=0)
