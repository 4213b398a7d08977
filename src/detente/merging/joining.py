"""Mentions to groups of one act: all at once, or new ones to groups that stand already."""

from __future__ import annotations

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import numpy as np

from ..config import MergingOptions
from ..records import Document, Mention
from .blocking import outline, pairs
from .denials import parted
from .likeness import Likeness
from .linkage import average_link
from .links import Links
from .similarity import Tellings
from .telling import Telling, telling

#: a telling joins a group from this mean likelihood on (see :func:`average_link`)
_THRESHOLD = 0.5
_EXPONENT = 0.9
#: two tellings less likely than this speak against their groups being one
_UNLIKELY = 0.1
_AGAINST = -0.5
#: … and most of all two acts that one sentence tells of, or one text as a further one
_TWO_ACTS = -3.0
#: characters of a document that tell what it is about
_ABOUT = 3000
#: documents that say how rare a word is; of a larger collection so many are drawn by their ids, the same in every run
_COUNTED = 2000


def joins(scores: Sequence[float]) -> float | None:
    """How likely a telling is of the event whose tellings it has these likelihoods with; None where it does not join it."""
    mean = sum(p if p > _UNLIKELY else _AGAINST for p in scores) / len(scores) ** _EXPONENT if scores else 0.0
    return mean if mean > _THRESHOLD else None


class Group(NamedTuple):
    """Tellings of one act. ``cohesion``: the mean likelihood of its pairs that were compared; None where there are none."""

    tellings: list[Telling]
    cohesion: float | None


class Joiner:
    """Compares the mentions of a collection and groups those of one act."""

    def __init__(self, mentions: Sequence[Mention], documents: Sequence[Document], options: MergingOptions, links: Links) -> None:
        self._mentions, self._options = mentions, options
        self._documents = {d.id: d for d in documents}
        self._place = {d.id: n for n, d in enumerate(documents)}
        self._likeness = Likeness([d.text[:_ABOUT] for d in documents], _drawn(documents))
        self._tellings: dict[int, Telling] = {}
        self._together, self._apart = links.numbered({m.id: n for n, m in enumerate(mentions)})

    def all(self) -> list[Group]:
        """All mentions in groups."""
        return self._grouped(range(len(self._mentions)))

    def add(self, home: Mapping[str, str]) -> tuple[list[Group], set[str]]:
        """New mentions with the groups that they may join, grouped afresh; and which groups these were.

        ``home``: mention id -> its group; whatever is not in it is new. Groups that no new mention is likely to tell, and of which nothing
        else was decided, are left as they are.
        """
        group_of = {n: home[m.id] for n, m in enumerate(self._mentions) if m.id in home}
        new = [n for n in range(len(self._mentions)) if n not in group_of]
        touched = {group_of[n] for n in self._decided_otherwise(group_of)}
        if new:
            years = {(self._mentions[n].date or self._published(n))[:4] for n in new}
            touched |= {group_of[k] for pair in self._likely(self._near(years, new), new) for k in pair if k in group_of}
        return self._grouped([*new, *(n for n, g in group_of.items() if g in touched)]), touched

    def _decided_otherwise(self, group_of: Mapping[int, str]) -> list[int]:
        """Mentions whose groups are not as was decided."""
        parted = [pair for pair in self._together if group_of.get(pair[0]) != group_of.get(pair[1])]
        joined = [(a, b) for a, b in self._apart if a in group_of and group_of[a] == group_of.get(b) and (a, b) not in self._together]
        return [n for pair in (*parted, *joined) for n in pair if n in group_of]

    def _near(self, years: Collection[str], new: Collection[int]) -> list[int]:
        """Numbers of the mentions that could be within the window of a new one."""
        span = 1 + self._options.window // 365
        wanted = {str(int(y) + k) for y in years if y for k in range(-span, span + 1)} | {""}
        own = set(new)
        return [n for n, m in enumerate(self._mentions) if n in own or "" in years or (m.date or self._published(n))[:4] in wanted]

    def _likely(self, numbers: Sequence[int], of: Collection[int] | None = None) -> list[tuple[int, int]]:
        """Pairs of mentions that are likely of one act."""
        return [(i, j) for i, j, p, _ in self._compared(numbers, of) if p > _UNLIKELY]

    def _compared(self, numbers: Sequence[int], of: Collection[int] | None) -> list[tuple[int, int, float, bool]]:
        """Pairs of mentions worth comparing, how likely each is of one act, and whether a text says that they are two."""
        outlines = [outline(m, self._documents[m.document]) for m in (self._mentions[n] for n in numbers)]
        at = {n: k for k, n in enumerate(numbers)}
        found = list(pairs(outlines, self._options, None if of is None else {at[n] for n in of}))
        if not found:
            return []
        used, rows = np.unique(np.asarray(found, dtype=np.int64), return_inverse=True)
        i, j = rows.reshape(-1, 2).T
        mentions = [numbers[k] for k in used.tolist()]
        tellings = Tellings([self._telling(n) for n in mentions], self._likeness, self._options)
        columns = (i.tolist(), j.tolist(), tellings.likely(i, j).tolist(), tellings.told_apart(i, j).tolist())
        return [(mentions[a], mentions[b], p, apart) for a, b, p, apart in zip(*columns, strict=True)]

    def _grouped(self, numbers: Sequence[int]) -> list[Group]:
        numbers = sorted(numbers, key=lambda n: (self._published(n)[:10], self._mentions[n].id))
        at = {n: k for k, n in enumerate(numbers)}
        compared = self._compared(sorted(numbers), None)
        scores = ((at[i], at[j], p if p > _UNLIKELY else _TWO_ACTS if apart else _AGAINST) for i, j, p, apart in compared)
        further = itertools.chain(scores, ((at[i], at[j], _TWO_ACTS) for i, j in self._further({(i, j) for i, j, *_ in compared})))
        groups: dict[int, list[Telling]] = defaultdict(list)
        together, apart = ([(at[i], at[j]) for i, j in pairs if i in at and j in at] for pairs in (self._together, self._apart))
        numbered = average_link(len(numbers), further, _THRESHOLD, _EXPONENT, together, apart)
        numbered = parted(numbered, [self._telling(n) for n in numbers], {k for pair in together for k in pair}) if numbers else numbered
        for number, n in zip(numbered, numbers, strict=True):
            groups[number].append(self._telling(n))
        decided = {frozenset(pair) for pair in together}
        held: dict[int, list[float]] = defaultdict(list)
        for i, j, p, _ in compared:
            if numbered[at[i]] == numbered[at[j]]:
                held[numbered[at[i]]].append(1.0 if {at[i], at[j]} in decided else p)
        return [Group(tellings, round(sum(held[k]) / len(held[k]), 3) if k in held else None) for k, tellings in groups.items()]

    def _further(self, compared: Set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Pairs of like acts that were not compared, of which one document tells the later as a further one: 'he also met …'."""
        of_document: dict[tuple[str, str], set[int]] = defaultdict(set)
        for n in itertools.chain.from_iterable(compared):
            of_document[self._mentions[n].document, self._mentions[n].type].add(n)
        for own in of_document.values():
            order = sorted(own, key=lambda n: self._mentions[n].trigger_span)
            for k, n in enumerate(order):
                if k and self._telling(n).passes_on:
                    yield from ((m, n) for m in order[:k] if (m, n) not in compared and (n, m) not in compared)

    def _published(self, n: int) -> str:
        return self._documents[self._mentions[n].document].published or ""

    def _telling(self, n: int) -> Telling:
        found = self._tellings.get(n)
        if found is None:
            m = self._mentions[n]
            found = self._tellings[n] = telling(m, self._documents[m.document], self._place[m.document])
        return found


def _drawn(documents: Sequence[Document]) -> list[int] | None:
    """Numbers of the documents that say how rare a word is: those with the lowest hashes, so that new documents change few of them."""
    if len(documents) <= _COUNTED:
        return None
    order = sorted(range(len(documents)), key=lambda n: hashlib.blake2b(documents[n].id.encode(), digest_size=8).digest())
    return sorted(order[:_COUNTED])
