"""Attention: a small network that reads what an actor last did and answers a question about what it does next.

Every actor, type and age is a vector. The asker's last facts are weighed by how they suit the question (Vaswani et al. 2017), the answer is
looked for among all actors, and actors of those facts may also be pointed at directly (as copying in CyGNet, Zhu et al. 2021). Actors share
vectors with those of the same place and of the same kind, so that something is known of actors never met. Trained by Adam (Kingma and Ba
2015) on whole questions; the gradients are written out, so that nothing is needed but NumPy.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from .kin import Kin
from .tally import Floats, Longs

AGES = np.array([1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 45, 60, 90, 120, 180, 270, 365, 730, 1500, 4000])
"""Days; edges of the steps that ages are told apart by."""
HEADS = 4
DROPPED = 0.2
DECAY = 1e-5
CLIP = 1.0
DRAWN = 3_000
"""Actors that a step of learning draws to stand for all those that its questions and facts do not name (Bengio and Senecal 2003)."""
Values = dict[str, Floats]


@dataclass(frozen=True)
class Asking:
    """Questions ``(s, r)`` with the last facts of their askers, newest first, each ``(questions, facts)``: their types (both ways), other
    actors, steps of age, and which of them there are."""

    s: Longs
    r: Longs
    types: Longs
    others: Longs
    ages: Longs
    there: npt.NDArray[np.bool_]


class Attention:
    """The network: ``size`` numbers per vector; types count both ways (``ways``)."""

    def __init__(self, actors: int, ways: int, kin: Kin, seed: int, size: int = 100) -> None:
        self.actors, self.size = actors, size
        self.chance = np.random.default_rng(seed)
        self.place, self.kind = kin.place, kin.kind
        d = size

        def near(spread: float, *shape: int) -> Floats:
            return self.chance.standard_normal(shape, np.float32) * np.float32(spread)

        def layer(rows: int, columns: int) -> Floats:
            return near(float(np.sqrt(1 / (3 * rows))), rows, columns)

        self.values: Values = {
            "actor": near(0.1, actors, d),
            "of_place": near(0.1, len(kin.places), d),
            "of_kind": near(0.1, len(kin.kinds), d),
            "answer": near(0.1, actors, d),
            "answer_place": near(0.1, len(kin.places), d),
            "answer_kind": near(0.1, len(kin.kinds), d),
            "bias": np.zeros(actors, np.float32),
            "asked": near(0.1, ways, d),
            "type": near(0.1, ways, d),
            "age": near(0.1, len(AGES) + 1, d),
            "read": layer(d, 3 * d),
            "wanted": layer(2 * d, 2 * d),
            "age_heads": np.zeros((len(AGES) + 1, HEADS), np.float32),
            "age_point": np.zeros(len(AGES) + 1, np.float32),
            "mix": layer(3 * d, 2 * d),
            "mix_bias": np.zeros(2 * d, np.float32),
            "out": layer(2 * d, d),
            "point": np.array([1.0, -2.0], np.float32),  # for the same type, and in general
        }
        self.first = {name: np.zeros_like(v) for name, v in self.values.items()}
        self.second = {name: np.zeros_like(v) for name, v in self.values.items()}
        self.steps = 0
        self.settle()

    def settle(self) -> None:
        """Takes note of who is of which place and kind, after these changed."""
        self._of_place = _gather(self.place, len(self.values["of_place"]))
        self._of_kind = _gather(self.kind, len(self.values["of_kind"]))

    def copy(self) -> Attention:
        """The network as it is now; what either learns later is its own."""
        other = copy.copy(self)
        other.values = {name: value.copy() for name, value in self.values.items()}
        return other

    def score(self, asking: Asking) -> Floats:
        """Logarithms of chances ``(questions, actors)``, up to a number per question."""
        return self._forward(asking, 0.0)[0]

    def weighed(self, asking: Asking) -> Floats:
        """How much each of the asker's facts is looked at or pointed at, as a share: ``(questions, facts)``."""
        kept = self._forward(asking, 0.0)[1]
        pointed = np.logaddexp(kept["point"], np.float32(0)) * asking.there
        weights: Floats = (kept["weigh"].mean(1) + pointed / np.maximum(pointed.sum(1, keepdims=True), 1e-9)) / 2
        return weights

    def learn(self, asking: Asking, question: Longs, answer: Longs, rate: float) -> float:
        """One step towards the answers (``question``, ``answer``: one row per answer). Returns the mean loss before it."""
        loss, steps = self.gradients(asking, question, answer, DROPPED)
        self._move(steps, rate)
        return loss

    def gradients(self, asking: Asking, question: Longs, answer: Longs, dropped: float) -> tuple[float, Values]:
        """The mean loss and how each value changes it. Questions of many answers weigh as the square root of their number."""
        among, stands_for = self._drawn(asking, answer)
        logits, kept = self._forward(asking, dropped, among)
        logits += stands_for
        answer = np.searchsorted(among, answer)
        many = np.bincount(question, minlength=len(asking.s)).astype(np.float32)
        weight = 1 / np.sqrt(many[question])
        whole = float(weight.sum())
        top = logits.max(1, keepdims=True)
        np.exp(logits - top, out=(chances := np.empty_like(logits)))
        total = chances.sum(1)
        told = logits[question, answer] - top[question, 0] - np.log(total[question])
        loss = -float((told * weight).sum()) / whole
        chances *= (np.sqrt(many) / (total * whole))[:, None].astype(np.float32)
        np.subtract.at(chances, (question, answer), weight / whole)
        return loss, self._backward(asking, chances, kept)

    def _drawn(self, a: Asking, answer: Longs) -> tuple[Longs, Floats]:
        """Actors, ascending: those that are named and some drawn for the rest; and the logarithm of how many actors each stands for."""
        taken = np.zeros(self.actors, bool)
        taken[answer], taken[a.others] = True, True
        rest = np.flatnonzero(~taken)
        if len(rest) <= DRAWN:
            return np.arange(self.actors), np.zeros(self.actors, np.float32)
        stands_for = np.where(taken, 0, np.log(len(rest) / DRAWN)).astype(np.float32)
        taken[self.chance.choice(rest, DRAWN, replace=False, shuffle=False)] = True
        among = np.flatnonzero(taken)
        return among, stands_for[among]

    def _forward(self, a: Asking, dropped: float, among: Longs | None = None) -> tuple[Floats, dict[str, Any]]:
        """Logits of the actors ``among`` (ascending, with all of the facts; default all), and what the way back needs."""
        v, d, n, k = self.values, self.size, *a.others.shape
        among = np.arange(self.actors) if among is None else among
        actors, at = np.unique(np.concatenate([a.s, a.others.ravel()]), return_inverse=True)
        own, others = at[:n], at[n:].reshape(n, k)
        drop_actor = self._drop((len(actors), d), dropped)
        vectors = (v["actor"][actors] + v["of_place"][self.place[actors]] + v["of_kind"][self.kind[actors]]) * drop_actor
        facts = (vectors @ v["read"])[others]
        facts += (v["type"] @ v["read"])[a.types]
        facts += (v["age"] @ v["read"])[a.ages]  # (n, k, 3d): what it answers to, what it says, what it is pointed at by
        drop_asked = self._drop((n, 2 * d), dropped)
        asked = np.concatenate([vectors[own], v["asked"][a.r]], 1) * drop_asked
        wanted = asked @ v["wanted"]
        # attention
        each = d // HEADS
        keys = facts[:, :, :d].reshape(n, k, HEADS, each)
        says = facts[:, :, d : 2 * d].reshape(n, k, HEADS, each)
        heads = wanted[:, :d].reshape(n, HEADS, each)
        weigh = np.matmul(keys.transpose(0, 2, 1, 3), heads[:, :, :, None])[..., 0] / np.float32(np.sqrt(each))  # (n, heads, k)
        weigh += v["age_heads"][a.ages].transpose(0, 2, 1)
        weigh = np.where(a.there[:, None], weigh, np.float32(-1e4))
        weigh = np.exp(weigh - weigh.max(2, keepdims=True)) * a.there[:, None]
        weigh /= np.maximum(weigh.sum(2, keepdims=True), 1e-9)
        read = np.matmul(weigh[:, :, None], says.transpose(0, 2, 1, 3))[:, :, 0].reshape(n, d)
        joined = np.concatenate([asked, read], 1)
        mixed = joined @ v["mix"] + v["mix_bias"]
        drop_mixed = self._drop(mixed.shape, dropped) * (mixed > 0)
        mixed = mixed * drop_mixed
        found = mixed @ v["out"]
        answers = v["answer"][among] + v["answer_place"][self.place[among]] + v["answer_kind"][self.kind[among]]
        logits = found @ answers.T
        logits += v["bias"][among]
        # pointing
        same = (a.types == a.r[:, None]).astype(np.float32)
        point = np.matmul(facts[:, :, 2 * d :], wanted[:, d:, None])[..., 0] / np.float32(np.sqrt(d))
        point += v["age_point"][a.ages] + v["point"][0] * same + v["point"][1]
        pointed = np.where(a.there, np.logaddexp(point, np.float32(0)), np.float32(0))
        at_others = np.searchsorted(among, a.others)
        np.add.at(logits, (np.arange(n)[:, None], at_others), pointed)
        return logits, {
            "among": among, "at_others": at_others,
            "actors": actors, "own": own, "others": others, "vectors": vectors, "drop_actor": drop_actor, "facts": facts, "asked": asked,
            "drop_asked": drop_asked, "wanted": wanted, "weigh": weigh, "joined": joined, "mixed": mixed, "drop_mixed": drop_mixed,
            "found": found, "answers": answers, "same": same, "point": point,
        }  # fmt: skip

    def _backward(self, a: Asking, to_logits: Floats, kept: dict[str, Any]) -> Values:
        v, d, n, k = self.values, self.size, *a.others.shape
        each = d // HEADS
        found, mixed, joined, facts, wanted = (kept[x] for x in ("found", "mixed", "joined", "facts", "wanted"))
        to: Values = {"answer": np.zeros_like(v["answer"]), "bias": np.zeros_like(v["bias"])}
        to["answer"][kept["among"]], to["bias"][kept["among"]] = to_logits.T @ found, to_logits.sum(0)
        to["answer_place"] = self._of_place @ to["answer"]
        to["answer_kind"] = self._of_kind @ to["answer"]
        to_found = to_logits @ kept["answers"]
        to["out"] = mixed.T @ to_found
        to_mixed = (to_found @ v["out"].T) * kept["drop_mixed"]
        to["mix"], to["mix_bias"] = joined.T @ to_mixed, to_mixed.sum(0)
        to_joined = to_mixed @ v["mix"].T
        to_asked, to_read = to_joined[:, : 2 * d], to_joined[:, 2 * d :].reshape(n, HEADS, each)
        to_facts, to_wanted = np.empty_like(facts), np.empty_like(wanted)
        # pointing
        to_point = to_logits[np.arange(n)[:, None], kept["at_others"]] * a.there / (1 + np.exp(-kept["point"]))
        to["point"] = np.array([(to_point * kept["same"]).sum(), to_point.sum()], np.float32)
        to["age_point"] = np.bincount(a.ages.ravel(), to_point.ravel(), len(AGES) + 1).astype(np.float32)
        scaled = to_point / np.float32(np.sqrt(d))
        to_wanted[:, d:] = np.matmul(scaled[:, None], facts[:, :, 2 * d :])[:, 0]
        np.multiply(scaled[:, :, None], wanted[:, None, d:], out=to_facts[:, :, 2 * d :])
        # attention
        weigh = kept["weigh"]
        keys = facts[:, :, :d].reshape(n, k, HEADS, each).transpose(0, 2, 1, 3)
        says = facts[:, :, d : 2 * d].reshape(n, k, HEADS, each).transpose(0, 2, 1, 3)
        to_weigh = np.matmul(says, to_read[:, :, :, None])[..., 0]
        to_facts[:, :, d : 2 * d] = (weigh[..., None] * to_read[:, :, None]).transpose(0, 2, 1, 3).reshape(n, k, d)
        to_weigh = weigh * (to_weigh - (weigh * to_weigh).sum(2, keepdims=True))
        by_age = [np.bincount(a.ages.ravel(), to_weigh[:, h].ravel(), len(AGES) + 1) for h in range(HEADS)]
        to["age_heads"] = np.stack(by_age, 1).astype(np.float32)
        to_weigh /= np.float32(np.sqrt(each))
        to_wanted[:, :d] = np.matmul(to_weigh[:, :, None], keys)[:, :, 0].reshape(n, d)
        heads = wanted[:, :d].reshape(n, HEADS, each)
        to_facts[:, :, :d] = (to_weigh[..., None] * heads[:, :, None]).transpose(0, 2, 1, 3).reshape(n, k, d)
        # what was read
        flat = to_facts.reshape(n * k, 3 * d)
        vectors = kept["vectors"]
        to_read_actor = _gather(kept["others"].ravel(), len(vectors)) @ flat
        to_read_type = _gather(a.types.ravel(), len(v["type"])) @ flat
        to_read_age = _gather(a.ages.ravel(), len(AGES) + 1) @ flat
        to["read"] = vectors.T @ to_read_actor + v["type"].T @ to_read_type + v["age"].T @ to_read_age
        to["type"], to["age"] = to_read_type @ v["read"].T, to_read_age @ v["read"].T
        to["wanted"] = kept["asked"].T @ to_wanted
        to_asked = (to_asked + to_wanted @ v["wanted"].T) * kept["drop_asked"]
        to["asked"] = _gather(a.r, len(v["asked"])) @ to_asked[:, d:]
        to_vectors = (to_read_actor @ v["read"].T + _gather(kept["own"], len(vectors)) @ to_asked[:, :d]) * kept["drop_actor"]
        actors = kept["actors"]
        to["actor"] = np.zeros_like(v["actor"])
        to["actor"][actors] = to_vectors
        to["of_place"] = _gather(self.place[actors], len(v["of_place"])) @ to_vectors
        to["of_kind"] = _gather(self.kind[actors], len(v["of_kind"])) @ to_vectors
        return to

    def _drop(self, shape: tuple[int, ...], share: float) -> Floats:
        if not share:
            return np.ones((1, 1), np.float32)
        return (self.chance.random(shape, np.float32) >= share) * np.float32(1 / (1 - share))

    def _move(self, steps: Values, rate: float) -> None:
        self.steps += 1
        length = float(np.sqrt(sum(float(np.vdot(s, s)) for s in steps.values())))
        scale = np.float32(min(1.0, CLIP / (length + 1e-6)))
        pace = np.float32(rate * np.sqrt(1 - 0.999**self.steps) / (1 - 0.9**self.steps))
        for name, step in steps.items():
            value, first, second = self.values[name], self.first[name], self.second[name]
            step = step * scale + np.float32(DECAY) * value
            first += np.float32(0.1) * (step - first)
            second += np.float32(0.001) * (step * step - second)
            value -= pace * first / (np.sqrt(second) + np.float32(1e-8))


def _gather(of: Longs, many: int) -> sparse.csr_matrix:
    """Sums rows by their number: ``(many, rows)``."""
    rows = len(of)
    return sparse.csc_matrix((np.ones(rows, np.float32), of, np.arange(rows + 1)), shape=(many, rows)).tocsr()
