"""Near-copies: one agency text carried by several outlets is one origin.

MinHash over 3-word shingles (Broder 1997), Jaccard at least .3, and at least two shared sentences that make up 30% of the shorter text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from rensa import RMinHash

from ..records import Document

_JACCARD = 0.3
_CONTAINED = 0.3
_PERMUTATIONS = 128


def origins(documents: Sequence[Document]) -> dict[str, int]:
    """Document id -> number of its origin; near-copies share a number."""
    parent = list(range(len(documents)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    sketches = [_sketch(d.text) for d in documents]
    sentences = [_sentences(d.text) for d in documents]
    buckets: dict[tuple[int, int], list[int]] = defaultdict(list)
    for n, sketch in enumerate(sketches):
        digest = sketch.digest()
        for band in range(0, _PERMUTATIONS, 2):
            buckets[(band, hash((digest[band], digest[band + 1])))].append(n)
    holders: dict[int, list[int]] = defaultdict(list)
    for n, hashes in enumerate(sentences):
        for h in hashes:
            holders[h].append(n)
    pairs = {p for b in buckets.values() if 1 < len(b) <= 40 for p in combinations(b, 2)}
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for b in holders.values():
        if 1 < len(b) <= 40:
            for p in combinations(b, 2):
                shared[p] += 1
    for i, j in pairs:
        if root(i) != root(j) and sketches[i].jaccard(sketches[j]) >= _JACCARD:
            parent[root(j)] = root(i)
    for (i, j), n in shared.items():
        if n >= 2 and n >= _CONTAINED * min(len(sentences[i]), len(sentences[j])):
            parent[root(j)] = root(i)
    return {d.id: root(n) for n, d in enumerate(documents)}


def _sketch(text: str) -> RMinHash:
    words = re.findall(r"\w+", text.lower())
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=7)
    sketch.update([" ".join(words[k : k + 3]) for k in range(max(1, len(words) - 2))])
    return sketch


def _sentences(text: str) -> set[int]:
    parts = (re.sub(r"\W+", " ", p).strip().lower() for p in re.split(r"[.!?]\s|\n", text))
    return {hash(p) for p in parts if len(p) > 40}
