"""Dependence: which part of an actor's lasting ties binds it to another, on a day, and the ties behind it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from ..knowledge import load_directory
from ..merging.ties import holds_on
from ..records import Actor, Tie

#: ties that bind, and what they weigh; a membership's weight is divided among the other members
BINDING = {"allied_with": 1.0, "member_of": 1.0, "controls": 1.0, "agent_of": 1.0, "part_of": 1.0}
_MEMBER, _ALLY = "member_of", "allied_with"
#: bodies of this kind are treaties of alliance between their members; of other bodies each membership is a tie of its own
_ALLIANCE = "alliance"

Binding = Callable[[datetime.date], float | None]


def binding(ties: Sequence[Tie], actor: str, members: Sequence[str]) -> Binding:
    """The mean over members of the share of their ties that binds them to the actor, on a day; None where no ties are known.

    An alliance of the same two counts once, however many treaties it has: by its closest, which is one between states before one of a body
    (whose weight is divided among the other members), and of several bodies the smallest.
    """
    joined: dict[str, list[Tie]] = {}
    for t in ties:
        if t.kind == _MEMBER:
            joined.setdefault(t.object.code, []).append(t)
    between_states = [t for t in ties if t.kind in BINDING and t.kind != _MEMBER and _is_state(t.subject) and _is_state(t.object)]

    def share(day: datetime.date) -> float | None:
        shares = [s for m in members if m != actor and (s := held(m, day.isoformat())) is not None]
        return sum(shares) / len(shares) if shares else None

    def held(member: str, day: str) -> float | None:
        bound: dict[tuple[str, str], float] = defaultdict(float)  # (what binds, to whom); alliances of the same two have one key
        for t in between_states:
            for one, other in ((t.subject.code, t.object.code), (t.object.code, t.subject.code)):
                if one == member and other != member and holds_on(t, day):
                    bound[t.kind, other] = BINDING[t.kind]
        for body, of_it in joined.items():
            others = {t.subject.code for t in of_it if holds_on(t, day)}
            if member not in others or len(others) == 1:
                continue
            others.discard(member)
            key, weight = _ALLY if _is_alliance(body) else f"{_MEMBER} {body}", BINDING[_MEMBER] / len(others)
            for other in others:
                bound[key, other] = max(bound[key, other], weight)
        found = sum(bound.values())
        return sum(weight for (_, other), weight in bound.items() if other == actor) / found if found else None

    return share


def ties_at_end(ties: Sequence[Tie], actor: str, members: Sequence[str], day: str) -> Iterator[Tie]:
    """Ties between members and the actor that hold on a day, and the members' memberships in what the actor belongs to: each of them, also
    where several make one alliance."""
    own = {t.object.code for t in ties if t.kind == _MEMBER and t.subject.code == actor and holds_on(t, day)}
    for t in ties:
        if t.kind not in BINDING or not holds_on(t, day):
            continue
        ends = {t.subject.code, t.object.code}
        shared = t.kind == _MEMBER and t.object.code in own
        direct = actor in ends and _is_state(t.subject) and _is_state(t.object)
        if ends & set(members) and (direct or shared):
            yield t


def _is_alliance(body: str) -> bool:
    """Whether a body is an alliance, by the directory."""
    entry = load_directory().entries.get(body)
    return entry is not None and entry.kind == _ALLIANCE


def _is_state(actor: Actor) -> bool:
    """A state by itself, not a body or a territory that counts for it."""
    return actor.country is not None and actor.id in (None, actor.country)
