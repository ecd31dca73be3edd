import math

import pytest
import torch
from torch.nn import functional

from trainer.losses import LOSSES
from trainer.losses.semi_siamese import partners


def by_hand(probes, gallery, labels, queue, s, m) -> float:
    """The paper's loss with loops: its own person's other photo against everybody else's gallery embeddings."""
    total, count = 0.0, 0
    for place, label in enumerate(labels):
        following = [*range(place + 1, len(labels)), *range(place)]
        own = [other for other in following if labels[other] == label]
        if not own:
            continue
        target = math.exp(s * (float(probes[place] @ gallery[own[0]]) - m))
        strangers = [gallery[other] for other in following if labels[other] != label]
        strangers += [held for held, owner in queue if owner != label]
        others = sum(math.exp(s * float(probes[place] @ each)) for each in strangers)
        total += -math.log(target / (target + others))
        count += 1
    return total / count


def test_it_is_the_papers_formula_over_two_batches() -> None:
    loss = LOSSES["semi_siamese"](9, 5, s=10.0, margin="am", m=0.3, queue=6).double()
    first, second = [0, 0, 1, 1, 2, 2], [1, 1, 3, 3, 4]
    queue: list[tuple[torch.Tensor, int]] = []
    for labels in (first, second):
        probes, gallery = (functional.normalize(torch.randn(len(labels), 5).double()) for _ in range(2))
        value = loss(3 * probes, torch.tensor(labels), 2 * gallery)
        assert value.item() == pytest.approx(by_hand(probes, gallery, labels, queue, 10.0, 0.3), abs=1e-9)
        queue = (list(zip(gallery, labels, strict=True)) + queue)[:6]
    assert loss.owners.tolist() == [1, 1, 3, 3, 4, 0]


def test_partners_go_round() -> None:
    place, paired = partners(torch.tensor([5, 7, 5, 5, 8]))
    assert place[paired].tolist() == [2, 3, 0]
    assert paired.tolist() == [True, False, True, True, False]


def test_the_gallery_gets_no_gradient_and_nothing_is_kept_in_evaluation() -> None:
    loss = LOSSES["semi_siamese"](4, 3, queue=4).eval()
    probes, gallery = torch.randn(4, 3, requires_grad=True), torch.randn(4, 3, requires_grad=True)
    loss(probes, torch.tensor([0, 0, 1, 1]), gallery).backward()
    assert probes.grad.abs().sum() > 0
    assert gallery.grad is None
    assert loss.owners.tolist() == [-1] * 4


def test_nobody_to_compare_with_is_nothing_to_learn() -> None:
    loss = LOSSES["semi_siamese"](4, 3)
    for labels in ([0, 1, 2], [0, 0]):
        loss = LOSSES["semi_siamese"](4, 3)
        probes = torch.randn(len(labels), 3, requires_grad=True)
        value = loss(probes, torch.tensor(labels))
        value.backward()
        assert value.item() == 0.0
        assert torch.isfinite(probes.grad).all()
