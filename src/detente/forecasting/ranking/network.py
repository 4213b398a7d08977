"""A small network over the same features as the trees, which errs where they do not: their mean ranks better than either.

It is learned on whole questions, each answer against all candidates that are none (as in :mod:`~.affinity`), by Adam with decoupled decay
(Loshchilov and Hutter 2019), its pace falling as a cosine. Like the trees it adds to the guess that the order begins from. The gradients
are written out, so that nothing is needed but NumPy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from .tally import Floats, Longs

HIDDEN = (128, 64)
ROUNDS = 5
"""Times that each question is learned from."""
TOGETHER = 128
"""Questions in one step."""
RATE = 2e-3
WARMING = 100
"""Steps until the full rate."""
DROPPED = 0.1
DECAY = 0.5
PLACES = 32
"""Places along the way from the mean candidate to another at which the slopes are taken (:meth:`Network.weigh`)."""


@dataclass(frozen=True)
class Part:
    """Questions with their candidates: ``steps`` ``(rows, features)``, ``right`` and ``start`` ``(rows,)``, ``sizes`` ``(questions,)``."""

    steps: npt.NDArray[np.uint8]
    right: npt.NDArray[np.bool_]
    start: Floats
    sizes: Longs

    @staticmethod
    def joined(parts: Sequence[Part]) -> Part:
        """Parts as one."""
        return Part(
            np.concatenate([p.steps for p in parts]),
            np.concatenate([p.right for p in parts]),
            np.concatenate([p.start for p in parts]),
            np.concatenate([p.sizes for p in parts]),
        )


class Network:
    """What is to be added to where the order begins, by layers of ``HIDDEN`` rectified numbers."""

    def __init__(self, parts: Sequence[Part], seed: int) -> None:
        """Learns from questions.

        Args:
            parts: each of many questions; a step takes its questions from one part.
        """
        self.chance = np.random.default_rng(seed)
        sample = np.concatenate([p.steps[:: max(len(p.steps) * len(parts) // 100_000, 1)] for p in parts]).astype(np.float32)
        self.mean, self.spread = sample.mean(0), sample.std(0) + np.float32(1e-3)
        sizes = [sample.shape[1] + 1, *HIDDEN, 1]
        self.weights = [self._near(rows, columns) for rows, columns in pairwise(sizes)]
        self.weights[-1] *= np.float32(0.1)
        self.biases = [np.zeros(n, np.float32) for n in sizes[1:]]
        self._learn(parts)

    def _near(self, rows: int, columns: int) -> Floats:
        return self.chance.standard_normal((rows, columns), np.float32) * np.float32(np.sqrt(2 / rows))

    def _learn(self, parts: Sequence[Part]) -> None:
        values = [*self.weights, *self.biases]
        first, second = ([np.zeros_like(v) for v in values] for _ in range(2))
        whole = ROUNDS * sum(_steps_of(p) for p in parts)
        for done, part in enumerate(self._drawn(parts), 1):
            slopes = self.gradients(self._inputs(part.steps, part.start), part.start, part.right, part.sizes, DROPPED)[1]
            rate = RATE * min(1.0, done / WARMING) * (0.5 * (1 + np.cos(np.pi * done / whole)) + 0.01)
            for k, (value, slope) in enumerate(zip(values, slopes, strict=True)):
                first[k] += np.float32(0.1) * (slope - first[k])
                second[k] += np.float32(0.001) * (slope * slope - second[k])
                step = first[k] / np.float32(1 - 0.9**done) / (np.sqrt(second[k] / np.float32(1 - 0.999**done)) + np.float32(1e-8))
                value -= np.float32(rate) * (step + np.float32(DECAY * (k < len(self.weights))) * value)

    def _drawn(self, parts: Sequence[Part]) -> Iterator[Part]:
        """All questions, some at a time, as often as there are rounds."""
        starts = [np.cumsum(p.sizes) - p.sizes for p in parts]
        for _ in range(ROUNDS):
            lots = [(n, lot) for n, p in enumerate(parts) for lot in np.array_split(self.chance.permutation(len(p.sizes)), _steps_of(p))]
            for k in self.chance.permutation(len(lots)):
                n, lot = lots[k]
                part, lot = parts[n], np.sort(lot)
                sizes = part.sizes[lot]
                rows = np.arange(sizes.sum()) + np.repeat(starts[n][lot] - np.cumsum(sizes) + sizes, sizes)
                yield Part(part.steps[rows], part.right[rows], part.start[rows], sizes)

    def _inputs(self, steps: npt.NDArray[np.uint8], start: Floats) -> Floats:
        """``(rows, features + 1)``: steps as distances from their mean, and where the order begins."""
        out = np.empty((len(steps), steps.shape[1] + 1), np.float32)
        np.subtract(steps, self.mean, out=out[:, :-1])
        out[:, :-1] /= self.spread
        out[:, -1] = (start + 8) / 4
        return out

    def _forward(self, inputs: Floats, dropped: float = 0.0) -> tuple[Floats, list[Floats], list[Floats]]:
        """What is added ``(rows,)``; each layer's input; and what each hidden number's slope is multiplied with."""
        layer, layers, masks = inputs, [inputs], []
        for weight, bias in zip(self.weights[:-1], self.biases[:-1], strict=True):
            layer = layer @ weight
            layer += bias
            mask = (layer > 0).astype(np.float32)
            if dropped:
                mask *= (self.chance.random(layer.shape, np.float32) >= dropped) * np.float32(1 / (1 - dropped))
            layer *= mask
            masks.append(mask)
            layers.append(layer)
        return (layer @ self.weights[-1] + self.biases[-1])[:, 0], layers, masks

    def gradients(
        self, inputs: Floats, start: Floats, right: npt.NDArray[np.bool_], sizes: Longs, dropped: float = 0.0
    ) -> tuple[float, list[Floats]]:
        """The mean loss of questions and how each weight, then each bias, changes it. Many answers weigh as the root of their number."""
        added, layers, masks = self._forward(inputs, dropped)
        starts, of = np.cumsum(sizes) - sizes, np.repeat(np.arange(len(sizes)), sizes)
        score = added + start
        chance = np.exp(score - np.maximum.reduceat(score, starts)[of])
        wrong = np.add.reduceat(np.where(right, 0, chance), starts)[of]
        share = np.where(right, 1 / (chance + wrong + 1e-12), 0)
        weight = (np.add.reduceat(right.astype(np.float32), starts) ** -0.5)[of] / len(sizes)
        loss = -float((np.log(np.maximum(chance * share, 1e-12)) * right * weight).sum())
        error = np.where(right, chance * share - 1, chance * np.add.reduceat(share, starts)[of]) * weight
        to = error.astype(inputs.dtype)[:, None]
        to_weights, to_biases = [], []
        for k in range(len(self.weights) - 1, -1, -1):
            to_weights.append(layers[k].T @ to)
            to_biases.append(to.sum(0))
            if k:
                to = (to @ self.weights[k].T) * masks[k - 1]
        return loss, [*to_weights[::-1], *to_biases[::-1]]

    def score(self, steps: npt.NDArray[np.uint8], start: Floats) -> Floats:
        """What is added to where the order begins ``(rows,)``."""
        return self._forward(self._inputs(steps, start))[0]

    def weigh(self, steps: npt.NDArray[np.uint8], start: Floats) -> tuple[Floats, Floats]:
        """What each feature, and where the order begins, adds to each candidate's score against the mean candidate of the question.

        Integrated gradients (Sundararajan et al. 2017) from the mean of ``steps`` ``(rows, features)``.
        """
        inputs = self._inputs(steps, start)
        mean = inputs.mean(0)
        slopes = np.zeros_like(inputs)
        for place in (np.arange(PLACES) + 0.5) / PLACES:
            masks = self._forward(mean + np.float32(place) * (inputs - mean))[2]
            to = np.broadcast_to(self.weights[-1][:, 0], masks[-1].shape)
            for weight, mask in zip(self.weights[-2::-1], masks[::-1], strict=True):
                to = (to * mask) @ weight.T
            slopes += to
        parts = slopes / PLACES * (inputs - mean)
        return parts[:, :-1], parts[:, -1]


def _steps_of(part: Part) -> int:
    """In how many steps a part's questions are learned from once."""
    return max(round(len(part.sizes) / TOGETHER), 1)
