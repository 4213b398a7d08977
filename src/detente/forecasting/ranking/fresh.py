"""Freshness: how often what an actor does, or what is done with it, is something that was not there before."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .tally import Floats, Longs

HALF_LIFE = 60.0


class Fresh:
    """Faded counts per actor: what it asked (``asked``), of that with answers new to the question (``acts``) and with new partners
    (``partners``); how often it was an answer (``met``), and of that to whoever had never met it (``met_anew``)."""

    def __init__(self, actors: int) -> None:
        self.asked, self.acts, self.partners, self.met, self.met_anew = (np.zeros(actors, np.float32) for _ in range(5))
        self.day = 0

    def learn(self, s: Longs, o: Longs, new_act: npt.NDArray[np.bool_], new_pair: npt.NDArray[np.bool_], day: int) -> None:
        """Counts one day's facts, given both ways."""
        left = np.float32(0.5 ** ((day - self.day) / HALF_LIFE))
        for count, who, which in (
            (self.asked, s, None),
            (self.acts, s, new_act),
            (self.partners, s, new_pair),
            (self.met, o, None),
            (self.met_anew, o, new_pair),
        ):
            count *= left
            count += np.bincount(who, which, len(count)).astype(np.float32)
        self.day = day

    def shares(self) -> tuple[Floats, Floats, Floats]:
        """Per actor: the share of its acts that were new, of its partners, and of those who met it; drawn towards the mean of all."""
        asked = float(self.asked.sum()) + 1e-6
        acts, pairs = float(self.acts.sum()) / asked, float(self.partners.sum()) / asked
        return (
            (self.acts + 5 * acts) / (self.asked + 5),
            (self.partners + 5 * pairs) / (self.asked + 5),
            (self.met_anew + 5 * pairs) / (self.met + 5),
        )
