"""AdamW in numpy: Loshchilov and Hutter 2019, https://arxiv.org/abs/1711.05101."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FIRST, SECOND, EPSILON = 0.9, 0.999, 1e-8


class AdamW:
    """Descends, in place, by gradients of the same shapes as the parameters, float32."""

    def __init__(self, parameters: Sequence[NDArray[np.float32]], rate: float, decay: float) -> None:
        self._parameters, self._rate, self._decay = parameters, rate, decay
        self._means = [np.zeros_like(each) for each in parameters]
        self._squares = [np.zeros_like(each) for each in parameters]
        self._count = 0

    def step(self, gradients: Sequence[NDArray[np.float32]]) -> None:
        """Move each parameter once."""
        self._count += 1
        rate = self._rate / (1 - FIRST**self._count)
        lift = 1 / (1 - SECOND**self._count)
        for place, (parameter, gradient) in enumerate(zip(self._parameters, gradients, strict=True)):
            mean, square = self._means[place], self._squares[place]
            mean += (1 - FIRST) * (gradient - mean)
            square += (1 - SECOND) * (gradient * gradient - square)
            parameter *= 1 - self._rate * self._decay
            parameter -= rate * mean / (np.sqrt(square * lift) + EPSILON)
