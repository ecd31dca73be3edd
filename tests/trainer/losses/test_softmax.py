import torch

from trainer.losses.l2_softmax import L2Softmax
from trainer.losses.softmax import Softmax


def test_softmax_is_cross_entropy_of_a_linear_layer() -> None:
    loss = Softmax(4, 3).double()
    embeddings, labels = torch.randn(5, 3, dtype=torch.float64), torch.tensor([0, 3, 1, 1, 2])
    with torch.no_grad():
        loss.bias += torch.randn(4)
    logits = embeddings @ loss.weight.T + loss.bias
    wanted = (logits.logsumexp(1) - logits[torch.arange(5), labels]).mean()
    torch.testing.assert_close(loss(embeddings, labels), wanted, rtol=0, atol=1e-12)


def test_l2_softmax_is_softmax_on_a_sphere() -> None:
    loss = L2Softmax(4, 3, s=12.0).double()
    plain = Softmax(4, 3).double()
    plain.load_state_dict(loss.state_dict())
    embeddings, labels = torch.randn(5, 3, dtype=torch.float64), torch.tensor([0, 3, 1, 1, 2])
    sphere = 12 * embeddings / embeddings.norm(dim=1, keepdim=True)
    torch.testing.assert_close(loss(embeddings, labels), plain(sphere, labels), rtol=0, atol=1e-12)
