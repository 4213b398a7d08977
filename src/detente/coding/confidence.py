"""How likely it is that a mention is right: how good its evidence is, times how likely its text speaks of politics at all.

The weights stand in ``lexicon/confidence.yaml`` with where they come from; ``benchmarks/calibration.py`` measures and fits them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ..knowledge.lexicon import load_lexicon
from .drafts import Draft
from .referents import OFFICIAL, Referent, political
from .register import Register, balance, subjects

_BODIES = frozenset({"igo", "alliance", "group", "party", "agency", "force"})
_COUNTRIES = frozenset({"state", "territory", "bloc", "place"})


def features(d: Draft, status: str, register: Register) -> dict[str, float]:
    """What speaks for and against a draft, as numbers by name."""
    precision = d.match.trigger.entry.precision
    return {
        "precision": math.log(precision / (1 - precision)) if 0 < precision < 1 else 0.0,
        f"actor {_standing(d.actors, 'actor' in d.filled)}": 1.0,
        f"recipient {_standing(d.recipients, 'recipient' in d.filled)}": 1.0,
        f"status {status}": 1.0,
        f"type {d.type}": 1.0,
        d.match.trigger.pos: 1.0,
        "slots": float(bool(d.match.trigger.slots)),
        "cited": float(bool(d.chain)),
        "register": balance(register.counts(d.sentence), _weights()["register"]["doubt"]),
    }


def rightness(found: Mapping[str, float]) -> float:
    """How likely a mention with this evidence tells an act of its type, in a text about politics."""
    weights = _weights()["evidence"]
    return _probability(weights.get("base", 0.0) + sum(weights.get(name, 0.0) * value for name, value in found.items()))


def relevance(d: Draft, register: Register) -> float:
    """How likely the words around a draft speak of politics."""
    w = _weights()["register"]
    around = balance(register.counts(d.sentence), w["doubt"])
    at = around + w["sentence"] * balance(subjects(d.sentence.raw.text), w["sentence doubt"])
    teams = around < w["teams"] and register.leading(d.sentence) == "sport"
    at += w["office"] * sum(max((_office(r, teams) for r in role), default=0.0) for role in (d.actors, d.recipients))
    return _probability(w["slope"] * (at - w["middle"]))


def confidence(d: Draft, status: str, register: Register) -> float:
    """From 0 to 1."""
    return round(rightness(features(d, status, register)) * relevance(d, register), 3)


def _weights() -> dict[str, Any]:
    return load_lexicon("confidence")


def _probability(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def _standing(role: Sequence[Referent], carried: bool) -> str:
    """How well a role is filled, by its best filler."""
    if not role:
        return "none"
    if carried:
        return "carried"
    ranks = ("named", "official", "other", "pronoun", "thing", "unnamed")
    return min((_rank(r) for r in role), key=ranks.index)


def _rank(r: Referent) -> str:
    if not political(r):
        return "unnamed"
    if r.via in ("pronoun", "recalled"):
        return "pronoun"
    if r.kind == "thing":
        return "thing"
    if r.kind in ("state", "territory", "igo", "alliance", "bloc", "force", "agency"):
        return "named"
    return "official" if r.sector in OFFICIAL or r.kind in ("group", "party") else "other"


def _office(r: Referent, teams: bool) -> float:
    """How surely somebody is in politics: a body or office is, a country's name half so, and in sport it is a team's."""
    if r.via in ("pronoun", "recalled") or r.kind == "thing":
        return 0.0
    if r.kind in _COUNTRIES:
        return 0.0 if teams else 0.5
    return float(r.kind in _BODIES or (r.sector in OFFICIAL and r.kind in ("title", "body")))
