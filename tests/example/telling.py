"""Which event of a reading tells which act of the hand list, and which reports of it are missing there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.merging.words import plain_words, stem
from detente.records import Document, Event, Mention


@dataclass(frozen=True)
class Told:
    """An act with the event that tells it in most reports."""

    act: dict[str, Any]
    event: Event | None
    covered: tuple[str, ...]  # reports with a mention of the act in the event
    elsewhere: tuple[str, ...]  # reports that tell it, in another event
    unread: tuple[str, ...]  # reports in which no mention of it was coded


def report_of(document: Document) -> str:
    """Name of the file that a document was read from."""
    return Path((document.path or "").split("!")[0].split("#")[0]).name


def tells(act: Mapping[str, Any], m: Mention) -> bool:
    """Whether a mention could tell an act: a fitting type, the act's words, its matter, no party against it."""
    if m.type not in {act["type"], *act["also"]} or not _in_words(act, m):
        return False
    wanted = {*act["actors"], *act["recipients"]}
    sides = [{a.country for a in side} - {None} for side in (m.actors, m.recipients)]
    if any(side and not side & wanted for side in sides):
        return False
    if m.date and m.date_precision == "day" and len(act["date"]) == 10:
        return abs(int(m.date[8:10]) - int(act["date"][8:10])) <= 2 and m.date[:7] == act["date"][:7]
    return not (m.date and m.date[:7] != act["date"][:7] and m.date[:4] != act["date"])


def _in_words(act: Mapping[str, Any], m: Mention) -> bool:
    told = {stem(p) for w in act["words"] for p in plain_words(w.replace("-", "")) if len(p) > 2 and p not in ("down", "out")}
    if not told & {stem(p) for p in plain_words(m.trigger.replace("-", ""))}:
        return False
    sentence = m.sentence.lower().replace("-\n", "").replace("\n", " ")
    return any(w.lower() in sentence for w in act.get("about", [""])) and not any(w.lower() in sentence for w in act.get("unless", []))


def told(acts: Sequence[dict[str, Any]], documents: Sequence[Document], mentions: Sequence[Mention], events: Sequence[Event]) -> list[Told]:
    """For each act the event with most of its reports; no event is taken twice, acts of more reports choose first."""
    report = {d.id: report_of(d) for d in documents}
    event_of = {m: e for e in events for m in e.mentions}
    found = {a["id"]: [m for m in mentions if report[m.document] in a["reports"] and tells(a, m)] for a in acts}
    taken: dict[str, str] = {}  # event -> act
    chosen: dict[str, Event] = {}
    for strict in (True, False):  # first by parties in their roles, then, where coding took the roles amiss, by any
        for act in sorted(acts, key=lambda a: -len(a["reports"])):
            if act["id"] in chosen:
                continue
            votes = Counter(id_ for id_, _ in {(event_of[m.id].id, report[m.document]) for m in found[act["id"]]})
            fits = {e.id: _fit(act, e) for e in events if e.id in votes and e.id not in taken}
            free = [i for i, fit in fits.items() if fit > 0 or not strict]
            if free:
                best = max(free, key=lambda i: (votes[i], fits[i], i))
                taken[best] = act["id"]
                chosen[act["id"]] = next(e for e in events if e.id == best)
    return [_told(act, found, chosen, taken, event_of, report) for act in acts]


def _told(
    act: dict[str, Any],
    found: Mapping[str, Sequence[Mention]],
    chosen: Mapping[str, Event],
    taken: Mapping[str, str],
    event_of: Mapping[str, Event],
    report: Mapping[str, str],
) -> Told:
    event = chosen.get(act["id"])
    covered, read = set(), set()
    for m in found[act["id"]]:
        read.add(report[m.document])
        owner = taken.get(event_of[m.id].id)
        # 'cancelled the concerts and the visit' is one mention of two acts
        both = event is not None and owner is not None and m in found[owner]
        if owner == act["id"] or both:
            covered.add(report[m.document])
    return Told(act, event, tuple(sorted(covered)), tuple(sorted(read - covered)), tuple(sorted(set(act["reports"]) - read)))


def _fit(act: Mapping[str, Any], event: Event) -> int:
    actors, recipients = ({a.country for a in side} - {None} for side in (event.actors, event.recipients))
    wanted, whom = set(act["actors"]), set(act["recipients"])
    if (actors and not actors & wanted) or (whom and recipients and not recipients & whom):
        return 0  # another's act
    return 1 + 2 * bool(actors & wanted) + 2 * bool(recipients & whom) + (event.date == act["date"])
