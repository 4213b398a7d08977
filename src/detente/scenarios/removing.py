"""Which acts a removal means: the event of an id, who did what to whom on a day, or a word for it (``the raid of 2025-06-27``)."""

from __future__ import annotations

import datetime

import numpy as np

from ..errors import ScenarioError
from ..records import TYPES
from .assumption import Removal
from .history import KIND_OF, Flags, History

_NEAR_DAYS = 10  # in which such acts are named where there is none on the day
_COUNTED = "Only acts told as having happened, on a known day, between two parties can be taken out; `detente events` lists them with ids."


def acts_meant(whole: History, step: Removal, watch: tuple[str, str]) -> list[int]:
    """Places of the acts that a removal means. Of those that a word stands for, the acts of the watched pair where there are any.

    Raises :class:`~detente.errors.ScenarioError` S10 where there are none, S01 where no act is called by the word.
    """
    if step.event:
        found, near = np.flatnonzero(whole.event == step.event), _COUNTED
    else:
        assert step.day is not None
        fits = _called(whole, step.word) if step.word else _done(whole, step)
        today: Flags = whole.day == step.day.toordinal()
        found = np.flatnonzero(fits & today)
        if step.word:
            pair = whole.between(*(whole.index[c] for c in watch))
            own = found[pair[found]]
            found = own if len(own) else found
        near = _near(whole, fits, step.day.toordinal())
    if not len(found):
        raise ScenarioError("S10", what=step, near=near)
    return [int(k) for k in found]


def _done(whole: History, step: Removal) -> Flags:
    """Acts of the step's actor and type, toward its recipient where it names one."""
    assert step.actor and step.type
    fits: Flags = (whole.actor == whole.index.get(step.actor, -1)) & (whole.kind == KIND_OF[step.type])
    return fits & (whole.recipient == whole.index.get(step.recipient, -1)) if step.recipient else fits


def _called(whole: History, words: str) -> Flags:
    """Acts of the kinds that the codebook calls by one of the words (the first that it knows, by itself rather than with others)."""
    from ..knowledge import load_codebook

    triggers = load_codebook().triggers
    for word in (w.lower().strip(".,'\"“”") for w in words.split()):
        told = [t for lemma in (word, word.removesuffix("s")) for pos in ("noun", "verb") for t in triggers.get((pos, lemma), ())]
        kinds = {(t.entry.type, t.entry.mode) for t in [t for t in told if not t.slots] or told}
        if kinds:
            out: Flags = np.zeros(len(whole), dtype=bool)
            for type_, mode in kinds:
                out |= (whole.kind == KIND_OF.get(type_, -1)) & (True if mode is None else whole.label == mode)
            return out
    why = f"no act is called “{words}”; say who did what to whom, or give the id of its event"
    raise ScenarioError("S01", text=f"without the {words}", why=why)


def _near(whole: History, fits: Flags, day: int) -> str:
    """What was told near a day: such acts on other days, else other acts of the day."""
    days = np.unique(whole.day[fits & (np.abs(whole.day - day) <= _NEAR_DAYS)])
    if len(days):
        return f"Such acts are told of {', '.join(datetime.date.fromordinal(int(d)).isoformat() for d in days)}."
    that_day = np.flatnonzero(whole.day == day)[:6]
    acts = dict.fromkeys(f"{whole.actors[whole.actor[k]]} {TYPES[int(whole.kind[k])]} {whole.actors[whole.recipient[k]]}" for k in that_day)
    return f"Told of that day: {', '.join(acts)}." if acts else _COUNTED
