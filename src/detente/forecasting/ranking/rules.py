"""Rules of the form 'who was met by r′ so many days ago is then met by r', and how often each held.

A rule's confidence is learned as days pass: of all questions (actor, r, ?) that were asked while the actor had r′ with someone at that age,
how often was that someone an answer. (After TLogic and CountTRuCoLa, with one age per rule body and both directions.)
"""

from __future__ import annotations

import numpy as np

from .tally import Floats, Longs

EDGES = np.array([2, 3, 5, 8, 15, 31, 61, 121, 366])
AGES = len(EDGES) + 1


class Rules:
    """Confidences of rules; memory is ``types² × ages``."""

    def __init__(self, types: int) -> None:
        self.types = types
        self.held = np.zeros((types, types * AGES), np.float32)
        self.asked = np.zeros((types, types * AGES), np.float32)

    def body(self, type: Longs, age: Longs) -> Longs:
        """The number of a rule body: type and bin of age (in days, 1 = yesterday)."""
        return type * AGES + np.searchsorted(EDGES, age, side="right")

    def learn(self, asked_type: Longs, asker: Longs, bodies: Longs, of: Longs, askers: int, held_type: Longs, held_body: Longs) -> None:
        """Counts one day.

        ``asked_type``/``asker``: the day's questions, ``asker`` below ``askers``; ``bodies``/``of``: what each asker had with anyone;
        ``held_type``/``held_body``: for each answer, the bodies it had.
        """
        from scipy import sparse

        width = self.types * AGES
        had = sparse.csr_matrix((np.ones(len(of), np.float32), (of, bodies)), shape=(askers, width))
        asks = sparse.csr_matrix((np.ones(len(asker), np.float32), (asked_type, asker)), shape=(self.types, askers))
        product = (asks @ had).tocoo()
        self.asked[product.row, product.col] += product.data
        keys, counts = np.unique(held_type * width + held_body, return_counts=True)
        self.held.ravel()[keys] += counts

    def confidences_of(self, type: Longs, body: Longs) -> Floats:
        """How often ``body`` was followed by ``type``; rules seldom tried are drawn towards nothing."""
        return (self.held[type, body] + np.float32(0.05)) / (self.asked[type, body] + np.float32(5))
