"""Plain words for codes, names and numbers: the one place where the reports learn to speak. The words are in ``data/words.yaml``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml

from ..records import Actor, Event, Mention

NameOf = Callable[[str], str]
Form = Literal["did", "noun", "one"]

MONTHS = "January February March April May June July August September October November December".split()
_SMALL = "no one two three four five six seven eight nine ten eleven twelve".split()


@cache
def words() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(
        resources.files(__package__).joinpath("data/words.yaml").read_text("utf8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    return loaded


def act(type_: str, mode: str | None, form: Form) -> str:
    """The act in plain words; an unknown type or mode is shown by its own name rather than left out."""
    kind = words()["types"].get(type_)
    if kind is None:
        return " ".join(filter(None, [type_.lower(), mode]))
    return str(kind.get("modes", {}).get(mode, {}).get(form) or kind[form])


def act_between(event: Event | Mention, name_of: NameOf, limit: int = 3) -> str:
    """The act as a thing with its parties: ``an attack with firearms by Russian police on the Safarov brothers``."""
    kind = words()["types"].get(
        event.type, {"links": {"both": "by {a} toward {r}", "actor": "by {a}", "recipient": "toward {r}", "joint": "by {a}"}}
    )
    links = {**kind["links"], **kind.get("modes", {}).get(event.mode, {}).get("links", {})}
    actors, recipients = parties(event.actors, name_of, limit), parties(event.recipients, name_of, limit)
    noun = act(event.type, event.mode, "noun")
    if actors and recipients:
        slot = "both"
    elif actors:
        slot = "joint" if len({a.code for a in event.actors}) > 1 else "actor"
    elif recipients:
        slot = "recipient"
    else:
        return noun
    return f"{noun} {links[slot].format(a=actors, r=recipients)}"


def act_of(type_: str, actor: str, recipient: str) -> str:
    """A type of act with two parties by name: ``an attack by Russia on Azerbaijan``."""
    link = words()["types"].get(type_, {}).get("links", {}).get("both", "by {a} toward {r}")
    return f"{act(type_, None, 'noun')} {link.format(a=actor, r=recipient)}"


def parties(actors: Sequence[Actor], name_of: NameOf, limit: int = 3) -> str:
    """Actors as a sentence names them: ``Ilham Aliyev and the United States``; beyond ``limit``: ``… and 2 others``."""
    return listed([party(a, name_of) for a in actors], limit)


def party(actor: Actor, name_of: NameOf) -> str:
    """One actor by its fullest name; where that is only a country, the words of the text say more ("Russian police")."""
    if actor.name and actor.country and name_of(actor.country) == actor.name and actor.sector and actor.text:
        return actor.text
    return with_article(short_name(actor, name_of))


def short_name(actor: Actor, name_of: NameOf) -> str:
    """Name of an actor for tables and charts: canonical name, else the directory's name of its id or country, else its words."""
    if actor.name:
        return actor.name
    for code in (actor.id, actor.country):
        if code:
            name = name_of(code)
            if name != code or not actor.text:
                return _described(actor, name) if code == actor.country and actor.text else name
    return actor.text or actor.code


def _described(actor: Actor, country: str) -> str:
    """The words for somebody without a name, with the country where the words do not begin with a name: ``officers (Armenia)``."""
    return f"{actor.text} ({country})" if actor.text[:1].islower() else actor.text


def with_article(name: str) -> str:
    return f"the {name}" if name in words()["articles"] else name


def listed(items: Iterable[str], limit: int = 3) -> str:
    """``a, b and c``; beyond ``limit`` items the rest is counted. Repeated items are named once."""
    names = list(dict.fromkeys(i for i in items if i))
    if len(names) > limit + 1:
        names = [*names[:limit], f"{len(names) - limit} others"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def count(number: int, one: str, many: str | None = None) -> str:
    """``one event``, ``twelve events``, ``1,204 events``."""
    return f"{_SMALL[number] if number < len(_SMALL) else f'{number:,}'} {one if number == 1 else many or one + 's'}"


def day(iso: str | None, year: bool = True) -> str:
    """An ISO date of any precision in words: ``27 June 2025``, ``June 2025``, ``2025``; ``undated`` for none."""
    if not iso:
        return "undated"
    parts = [int(p) for p in iso[:10].split("-")]
    spelled = [str(parts[2])] if len(parts) > 2 else []
    if len(parts) > 1:
        spelled.append(MONTHS[parts[1] - 1])
    if year or len(parts) == 1:
        spelled.append(str(parts[0]))
    return " ".join(spelled)


def days(first: str, last: str) -> str:
    """A stretch of days: ``from 27 June to 2 July 2025``, ``on 27 June 2025``."""
    if first == last:
        return f"on {day(first)}"
    return f"from {day(first, year=first[:4] != last[:4])} to {day(last)}"


def as_day(iso: str) -> date:
    """First day of an ISO date of any precision."""
    parts = [int(p) for p in iso[:10].split("-")]
    return date(parts[0], *([*parts[1:], 1, 1])[:2])


def sentence(text: str) -> str:
    """``text`` as a sentence: first letter a capital, one full stop at the end."""
    text = " ".join(text.split())
    return text[:1].upper() + text[1:].rstrip(".") + "." if text else ""


def in_dispute(matter: str) -> str:
    """On what accounts differ, in words."""
    kind, _, text = matter.partition(":")
    return f"whether it was “{text}”" if kind == "quality" else str(words()["disputed"].get(matter, matter))


def joined(event: Event) -> dict[str, Any] | None:
    """How surely its mentions tell one act: ``from``, ``label``, ``means``; None of a single mention or where that is not known."""
    if event.cohesion is None or len(event.mentions) < 2:
        return None
    found: dict[str, Any] = next(level for level in words()["joined"] if event.cohesion >= level["from"])
    return found


def why(because: Iterable[str]) -> list[str]:
    """Why a mention was coded as it was, in words; what has none stands as it is."""
    known, out = words()["because"], []
    for reason in because:
        rule, _, value = reason.partition(":")
        form = known[reason] if reason in known else known.get(rule, reason)
        if form:
            out.append(form.format(value=value.rpartition(":")[2]))
    return list(dict.fromkeys(out))
