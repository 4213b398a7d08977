"""Grouping by the expected B³ (Bagga and Baldwin 1998) of what a model says of pairs.

With p the likelihood that two items belong together, an item's expected precision in a group is the mean p over the group, its expected
recall the sum of p inside the group over the sum of all its p. Groups are joined, the greatest gain an item first, while the expected F1
rises; near its top F1 rises with precision plus (P / R)² times recall, so that weight is found from P and R themselves in a few rounds.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

#: pairs less likely than this count as never
_NEVER = 0.02
_FIRST_WEIGHT = 1.5
_LEAST, _GREATEST = 1.0, 2.0  # of the weight of recall
_ROUNDS = 3

Links = list[dict[int, float]]


def best_groups(size: int, pairs: Sequence[tuple[int, int, float]]) -> list[int]:
    """The group of each of ``size`` items, numbered in the order of their first members. ``pairs``: two items and their likelihood."""
    links: Links = [{} for _ in range(size)]
    for i, j, p in pairs:
        if p > _NEVER:
            links[i][j] = links[j][i] = p
    weight, groups = _FIRST_WEIGHT, list(range(size))
    for _ in range(_ROUNDS if size else 0):
        groups = _grouped(links, weight)
        precision, recall = expected(links, groups)
        weight = (weight + min(_GREATEST, max(_LEAST, (precision / recall) ** 2))) / 2
    return groups


def expected(links: Links, groups: Sequence[int]) -> tuple[float, float]:
    """Expected B³ precision and recall of groups."""
    size = len(groups)
    members: dict[int, int] = {}
    for g in groups:
        members[g] = members.get(g, 0) + 1
    inside = [1 + sum(p for j, p in own.items() if groups[j] == groups[i]) for i, own in enumerate(links)]
    precision = sum(s / members[g] for s, g in zip(inside, groups, strict=True)) / size
    recall = sum(s / (1 + sum(own.values())) for s, own in zip(inside, links, strict=True)) / size
    return precision, recall


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
