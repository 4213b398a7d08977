"""What accounts of an event differ on: each matter with its sides, who is on them, and their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from ...merging.qualities import held_of
from ...records import Actor, Event, Mention, Quality
from ..words import act, day, in_dispute, words
from .lines import Facts, actors_facts, telling
from .materials import Materials

#: tellings shown of one side
_SHOWN = 3
Said = Mapping[str, Sequence[tuple[str, Mention]]]


def said(materials: Materials, mentions: Sequence[Mention]) -> Said:
    """What mentions say, field by field: each value in words with the mention that says so; what leaves a field out is not in it."""

    def names(actors: Sequence[Actor]) -> str:
        return ", ".join(f["name"] for f in actors_facts(actors, materials))

    return {
        "happened": [(str(words()["statuses"][m.status]["label"]), m) for m in mentions],
        "type": [(act(m.type, m.mode, "one"), m) for m in mentions],
        "actors": [(names(m.actors), m) for m in mentions if m.actors],
        "recipients": [(names(m.recipients), m) for m in mentions if m.recipients],
        "date": [(day(m.date), m) for m in mentions if m.date],
        "place": [(m.place.name or m.place.text, m) for m in mentions if m.place],
        "deaths": [(str(m.deaths), m) for m in mentions if m.deaths is not None],
        "injuries": [(str(m.injuries), m) for m in mentions if m.injuries is not None],
    }


def disputes(materials: Materials, event: Event, told: Mapping[str, Mention], affair: Sequence[Event] = ()) -> list[Facts]:
    """The matters on which accounts of an event differ, each with two sides or more. ``affair``: events that may be of the same affair."""
    mine = [told[m] for m in event.mentions if m in told]
    values = said(materials, mine)
    out = []
    for name in dict.fromkeys("type" if d == "mode" else d for d in event.disputed):
        if name.startswith("quality:"):
            sides = _called(materials, name.partition(":")[2], event, affair)
        elif name == "happened":
            sides = _sides(materials, [("told as having happened" if m.status != "denied" else "denied", m) for m in mine])
            _spoken(sides, event)
        else:
            sides = _sides(materials, values.get(name, ()))
        out.append({"matter": in_dispute(name), "name": name, "sides": sides})
    return [d for d in out if d["sides"]]


def affair_of(materials: Materials) -> list[Event]:
    """The events of which somebody reports what they were like: among them the other side of a dispute is found."""
    return materials.snapshot.memo("with qualities", lambda: materials.snapshot.events_where(pl.col("qualities").list.len() > 0))


def _sides(materials: Materials, given: Iterable[tuple[str, Mention]]) -> list[Facts]:
    held: dict[str, list[Mention]] = defaultdict(list)
    for value, m in given:
        held[value].append(m)
    about = materials.snapshot.about({m.document for ms in held.values() for m in ms})
    out = []
    for value, ms in sorted(held.items(), key=lambda s: -len(s[1])):
        outlets = dict.fromkeys((about.get(m.document) or {}).get("outlet") or "outlet unknown" for m in ms)
        shown = [telling(m, about.get(m.document)) for m in ms[:_SHOWN]]
        out.append({"says": value, "by": [], "outlets": list(outlets), "mentions": len(ms), "tellings": shown})
    return out


def _spoken(sides: Sequence[Facts], event: Event) -> None:
    """Who asserts and who denies, beside the outlets that tell it."""
    for side in sides:
        denies = side["says"] == "denied"
        side["by"] = list(event.denied_by if denies else event.asserted_by)


def _called(materials: Materials, text: str, event: Event, affair: Sequence[Event]) -> list[Facts]:
    """Who says that an act was so, who says that it was not, and who says the reverse in other words."""
    held: dict[tuple[str, bool], list[tuple[Event, Quality]]] = defaultdict(list)
    for e, q in held_of(text, event, affair):
        held[q.text, q.denied].append((e, q))
    ids = {i for found in held.values() for e, _ in found for i in e.mentions}
    told = materials.snapshot.mentions(ids)
    about = materials.snapshot.about({m.document for m in told.values()})
    out = []
    for (quality, denied), found in sorted(held.items(), key=lambda s: (s[0][0] != text, s[0][1])):
        of = {m.id: m for e, q in found for m in _tellings(e, q, told)}
        tellings = [telling(m, about.get(m.document)) for m in list(of.values())[:_SHOWN]]
        out.append(
            {
                "says": f"said not to be “{quality}”" if denied else f"called “{quality}”",
                "by": list(dict.fromkeys(q.sources[-1].text for _, q in found if q.sources)),
                "outlets": list(dict.fromkeys((about.get(m.document) or {}).get("outlet") or "outlet unknown" for m in of.values())),
                "mentions": len(of),
                "tellings": tellings,
            }
        )
    return out


def _tellings(event: Event, quality: Quality, told: Mapping[str, Mention]) -> list[Mention]:
    return [told[i] for i in event.mentions if i in told and quality in told[i].qualities]
