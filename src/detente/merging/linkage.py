"""Clustering over the pairs that have a score, between average and single link; pairs without a score count as nought."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence

Pairs = Sequence[tuple[int, int]]


def average_link(
    size: int,
    pairs: Iterable[tuple[int, int, float]],
    threshold: float,
    exponent: float = 1.0,
    together: Pairs = (),
    apart: Pairs = (),
) -> list[int]:
    """The group of each of ``size`` items: the two groups with the highest mean score are joined while it is above the threshold.

    ``exponent``: of the number of pairs that the sum is divided by; below 1 long chains hold together, as stories that move on do.
    ``together`` are in one group from the start, ``apart`` never come into one (unless they are together).

    Groups are numbered in the order of their first members.
    """
    links: list[dict[int, float]] = [{} for _ in range(size)]
    heap = []
    for i, j, score in pairs:
        links[i][j] = links[j][i] = score
        if score > threshold:
            heap.append((-score, i, j, 0, 0))
    heapq.heapify(heap)
    members = [[n] for n in range(size)]
    age = [0] * size
    barred: list[set[int]] = [set() for _ in range(size)] if apart else []
    if together or apart:
        begun = _joined(size, together)
        for n, first in enumerate(begun):
            if first != n:
                _join(links, members, age, first, n)
        for a, b in apart:
            if begun[a] != begun[b]:
                barred[begun[a]].add(begun[b])
                barred[begun[b]].add(begun[a])
        heap = [
            (-mean, i, k, age[i], age[k])
            for i in range(size)
            for k, total in links[i].items()
            if i < k and (mean := total / (len(members[i]) * len(members[k])) ** exponent) > threshold
        ]
        heapq.heapify(heap)
    while heap:
        _, i, j, age_i, age_j = heapq.heappop(heap)
        if age[i] != age_i or age[j] != age_j:
            continue
        if len(links[i]) < len(links[j]):
            i, j = j, i
        if barred:
            if j in barred[i]:
                continue
            for k in barred[j]:
                barred[k].add(i)
            barred[i] |= barred[j]
        _join(links, members, age, i, j)
        for k, total in links[i].items():
            mean = total / (len(members[i]) * len(members[k])) ** exponent
            if mean > threshold:
                heapq.heappush(heap, (-mean, i, k, age[i], age[k]))
    group = [0] * size
    for n, found in enumerate(sorted((sorted(m) for m in members if m), key=lambda m: m[0])):
        for k in found:
            group[k] = n
    return group


def _join(links: list[dict[int, float]], members: list[list[int]], age: list[int], i: int, j: int) -> None:
    """Group ``j`` becomes part of group ``i``."""
    members[i] += members[j]
    members[j] = []
    age[i] += 1
    age[j] = -1
    links[i].pop(j, None)
    for k, total in links[j].items():
        if k != i:
            links[k].pop(j, None)
            links[i][k] = links[k][i] = links[i].get(k, 0.0) + total
    links[j] = {}


def _joined(size: int, pairs: Pairs) -> list[int]:
    """The first member of the group that each item is in, where the pairs are in one group."""
    first = list(range(size))

    def root(n: int) -> int:
        while first[n] != n:
            first[n] = first[first[n]]
            n = first[n]
        return n

    for a, b in pairs:
        x, y = sorted((root(a), root(b)))
        first[y] = x
    return [root(n) for n in range(size)]
