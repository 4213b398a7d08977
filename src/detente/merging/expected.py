"""Grouping by the expected B³ (Bagga and Baldwin 1998) of what a model says of pairs.

With p the likelihood that two items belong together, an item's expected precision in a group is the mean p over the group, its expected
recall the sum of p inside the group over the sum of all its p. Groups are joined, the greatest gain an item first, while precision plus
weighted recall rises. Near its top F1 rises with precision plus (P / R)² times recall, so the weight is above 1 where much cannot be found.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

#: pairs less likely than this count as never
_NEVER = 0.02
#: of recall, beside precision; the best of 1 to 2.5 over four parts of the portal set, each by a model of the others
_WEIGHT = 1.6

Links = list[dict[int, float]]


def best_groups(size: int, pairs: Sequence[tuple[int, int, float]]) -> list[int]:
    """The group of each of ``size`` items, numbered in the order of their first members. ``pairs``: two items and their likelihood."""
    links: Links = [{} for _ in range(size)]
    for i, j, p in pairs:
        if p > _NEVER:
            links[i][j] = links[j][i] = p
    return _grouped(links, _WEIGHT)


def _grouped(links: Links, weight: float) -> list[int]:
    size = len(links)
    share = [1 / (1 + sum(own.values())) for own in links]
    #: for each group and its neighbours: p between them, and what joining adds to recall
    near = [{j: (p, p * (share[i] + share[j])) for j, p in own.items()} for i, own in enumerate(links)]
    members = [[n] for n in range(size)]
    inside = [1.0] * size  # p over all ordered pairs of a group, an item with itself included
    age = [0] * size

    def gain(a: int, b: int) -> float:
        p, recall = near[a][b]
        m, n = len(members[a]), len(members[b])
        precision = (inside[a] + inside[b] + 2 * p) / (m + n) - inside[a] / m - inside[b] / n
        return (precision + weight * recall) / min(m, n)

    heap = [(-g, i, j, 0, 0) for i in range(size) for j in near[i] if j > i and (g := gain(i, j)) > 0]
    heapq.heapify(heap)
    while heap:
        _, a, b, age_a, age_b = heapq.heappop(heap)
        if age[a] != age_a or age[b] != age_b:
            continue
        if len(near[a]) < len(near[b]):
            a, b = b, a
        inside[a] += inside[b] + 2 * near[a][b][0]
        members[a] += members[b]
        members[b] = []
        age[a] += 1
        age[b] = -1
        del near[a][b]
        for k, (p, recall) in near[b].items():
            if k != a:
                del near[k][b]
                before = near[a].get(k, (0.0, 0.0))
                near[a][k] = near[k][a] = (before[0] + p, before[1] + recall)
        near[b] = {}
        for k in near[a]:
            if (g := gain(a, k)) > 0:
                heapq.heappush(heap, (-g, a, k, age[a], age[k]))
    group = [0] * size
    for n, found in enumerate(sorted((sorted(m) for m in members if m), key=lambda m: m[0])):
        for k in found:
            group[k] = n
    return group
