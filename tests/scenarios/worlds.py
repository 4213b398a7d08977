"""Small worlds for tests: acts drawn from known rates, with or without an answer that is planted."""

from __future__ import annotations

import numpy as np

from detente.scenarios.history import KIND_OF, History, of_arrays

ACTORS = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF")


def world(days: int = 400, answers: float = 0.0, seed: int = 1) -> History:
    """Six actors that consult and accuse; BBB answers each accusation by AAA with ``answers`` of its own on the average, within days."""
    rng = np.random.default_rng(seed)
    rows = []
    for a in range(6):
        for b in range(6):
            if a == b:
                continue
            for type_, value in (("CONSULT", 2.5), ("ACCUSE", -2.5)):
                for day in np.flatnonzero(rng.random(days) < 0.06):
                    rows.append((day, a, b, KIND_OF[type_], value))
                    if (a, b, type_) == (0, 1, "ACCUSE"):
                        rows += [(day + int(rng.integers(1, 8)), 1, 0, KIND_OF["ACCUSE"], -2.5) for _ in range(rng.poisson(answers))]
    day, a, b, kind, value = (np.array(c) for c in zip(*[r for r in rows if r[0] < days], strict=True))
    return of_arrays(ACTORS, day + 737000, a, b, kind, value.astype(float), 737000 + days - 1)
