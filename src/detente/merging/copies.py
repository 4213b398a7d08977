"""Near-copies: one agency text carried by several outlets is one origin.

MinHash over 3-word shingles (Broder 1997), Jaccard at least .3, and at least two shared sentences that make up 30% of the shorter text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from itertools import combinations

from rensa import RMinHash

from ..records import Document

_JACCARD = 0.3
_CONTAINED = 0.3
_PERMUTATIONS = 128


def origins(documents: Sequence[Document]) -> dict[str, int]:
    """Document id -> number of its origin; near-copies share a number."""
    return joined([d.id for d in documents], copied(documents))


def joined(ids: Iterable[str], copies: Set[tuple[str, str]]) -> dict[str, int]:
    """Document id -> number of its origin among these documents."""
    known = list(ids)
    root = {i: i for i in known}

    def first(i: str) -> str:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    if len(known) > 1 and copies:
        among = copies if len(known) ** 2 > len(copies) else (p for p in combinations(sorted(known), 2) if p in copies)
        for a, b in among:
            if a in root and b in root:
                root[first(b)] = first(a)
    number = {i: n for n, i in enumerate(known)}
    return {i: number[first(i)] for i in known}


def copied(documents: Sequence[Document]) -> frozenset[tuple[str, str]]:
    """Pairs of ids of near-copies, the lower id first."""
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
    alike = {p for b in buckets.values() if 1 < len(b) <= 40 for p in combinations(b, 2)}
    found = {(i, j) for i, j in alike if sketches[i].jaccard(sketches[j]) >= _JACCARD}
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for b in holders.values():
        if 1 < len(b) <= 40:
            for p in combinations(b, 2):
                shared[p] += 1
    found |= {(i, j) for (i, j), n in shared.items() if n >= 2 and n >= _CONTAINED * min(len(sentences[i]), len(sentences[j]))}
    return frozenset((min(a, b), max(a, b)) for a, b in ((documents[i].id, documents[j].id) for i, j in found))


def _sketch(text: str) -> RMinHash:
    words = re.findall(r"\w+", text.lower())
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=7)
    sketch.update([" ".join(words[k : k + 3]) for k in range(max(1, len(words) - 2))])
    return sketch


def _sentences(text: str) -> set[int]:
    parts = (re.sub(r"\W+", " ", p).strip().lower() for p in re.split(r"[.!?]\s|\n", text))
    return {hash(p) for p in parts if len(p) > 40}
