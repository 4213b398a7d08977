"""A correction as somebody writes it (``actors=RUS,AZE date=2025-06-27``) read into the fields of a mention."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..config import KnowledgeOptions
from ..errors import UsageError
from ..knowledge import Directory, load_codebook, load_directory, load_gazetteer
from ..records import STATUSES, Actor, Mention, Place, Source

#: what may be corrected; the trigger stays: where it is wrong, reject the mention
FIELDS = ("type", "mode", "status", "actors", "recipients", "sources", "date", "place")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_SEPARATOR = re.compile(r"\s*[,;]\s*")


def corrected(mention: Mention, changes: Mapping[str, str], options: KnowledgeOptions) -> tuple[Mention, list[str]]:
    """The mention with its fields corrected, and the actors given that the directory does not know (kept as names).

    Of ``changes`` each key is one of :data:`FIELDS`; lists are separated by commas, an empty value takes a field out. Actors are country
    codes, directory ids, names or phrases ("Russian police"). Raises :class:`UsageError` (W09).
    """
    for name in changes:
        if name not in FIELDS:
            raise _unusable(f"there is no field {name}{_near(name, FIELDS)}", f"Fields are {', '.join(FIELDS)}.")
    written = as_written(mention)
    changes = {name: clean(value) for name, value in changes.items() if value.strip() != written[name]}
    codebook = load_codebook(options.codebook)
    values: dict[str, Any] = {}
    unknown: list[str] = []
    if "type" in changes:
        values["type"] = _type(changes["type"], tuple(codebook.scale))
        if values["type"] != mention.type and "mode" not in changes:
            values["mode"] = None
    if "mode" in changes:
        values["mode"] = _mode(changes["mode"].strip() or None, values.get("type", mention.type), codebook)
    if "status" in changes:
        values["status"] = _one_of(changes["status"].strip().lower(), STATUSES, "a status")
    if "date" in changes:
        values |= _date(changes["date"].strip())
    directory = load_directory(options.directory)
    day = values.get("date", mention.date)
    for role in ("actors", "recipients"):
        if role in changes:
            values[role] = tuple(_actor(text, mention, directory, day, unknown) for text in _listed(changes[role]))
    if "sources" in changes:
        values["sources"] = tuple(_source(text, mention, directory, day) for text in _listed(changes["sources"]))
    if "place" in changes:
        values["place"] = _place(changes["place"].strip(), mention)
    out = replace(mention, **values)
    if (out.type, out.mode) != (mention.type, mention.mode):
        intensity, cameo = codebook.intensity(out.type, out.mode), codebook.cameo_of(out.type, out.mode)
        out = replace(out, intensity=intensity, cameo=cameo)
    return out, unknown


def clean(text: str) -> str:
    """A text that can be stored: halves of characters become question marks, control characters blanks."""
    return "".join(c if c >= " " else " " for c in text.encode("utf8", "replace").decode())


def as_written(mention: Mention) -> dict[str, str]:
    """The fields of a mention as a correction writes them."""
    return {
        "type": mention.type,
        "mode": mention.mode or "",
        "status": mention.status,
        "actors": ", ".join(_word(a) for a in mention.actors),
        "recipients": ", ".join(_word(a) for a in mention.recipients),
        "sources": ", ".join(s.text.replace(",", "") for s in mention.sources),
        "date": mention.date or "",
        "place": (mention.place.name or mention.place.text) if mention.place else "",
    }


def _word(actor: Actor) -> str:
    return (actor.name or actor.text).replace(",", "").replace(";", "")


def _listed(text: str) -> list[str]:
    return list(dict.fromkeys(part for part in _SEPARATOR.split(text.strip()) if part))


def _unusable(why: str, hint: str) -> UsageError:
    return UsageError("W09", why=why, hint=hint)


def _near(given: str, known: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(given, known, 1)
    return f" (do you mean {close[0]}?)" if close else ""


def _one_of(given: str, known: tuple[str, ...], what: str) -> str:
    if given not in known:
        raise _unusable(f"{given!r} is not {what}{_near(given, known)}", f"Known are {', '.join(known)}.")
    return given


def _type(given: str, known: tuple[str, ...]) -> str:
    exact = {k.lower(): k for k in known}.get(given.strip().lower())
    return exact or _one_of(given.strip().upper(), known, "an event type")


def _mode(given: str | None, type_: str, codebook: Any) -> str | None:
    modes = codebook.modes(type_)
    if given is not None and given not in modes:
        told = f"Modes of {type_} are {', '.join(modes)}." if modes else f"{type_} has no modes: leave it empty."
        raise _unusable(f"{given!r} is not a mode of {type_}{_near(given, modes)}", told)
    return given


def _date(given: str) -> dict[str, str | None]:
    if not given:
        return {"date": None, "date_precision": None}
    try:
        if not _DATE.fullmatch(given):
            raise ValueError
        datetime.date.fromisoformat((given + "-01-01")[:10])
    except ValueError:
        raise _unusable(f"{given!r} is not a date", "Write it as YYYY-MM-DD, YYYY-MM or YYYY; empty where it is not known.") from None
    return {"date": given, "date_precision": {4: "year", 7: "month"}.get(len(given), "day")}


def _actor(text: str, mention: Mention, directory: Directory, day: str | None, unknown: list[str]) -> Actor:
    key = text.lower()
    for a in (*mention.actors, *mention.recipients):
        if key in {_word(a).lower(), *(str(v).lower() for v in (a.id, a.name, a.text) if v)}:
            return a
    id_ = next((i for i in (text, text.upper(), text.lower().replace(" ", "-")) if i in directory.entries), None)
    if id_ is not None:
        entry = directory.entries[id_]
        country = directory.country_of(id_, day)
        return Actor(entry.name, None, id_, country if country in directory.entries else None, directory.sector_of(id_, day), entry.name)
    found = directory.resolve(text, day, mention.sentence)
    if found.via == "none":
        unknown.append(text)
        return Actor(text, None, text, None, None, text)
    country = found.country if found.country in directory.entries else None
    return Actor(text, None, found.id or found.country, country, found.sector, found.name)


def _source(text: str, mention: Mention, directory: Directory, day: str | None) -> Source:
    for s in mention.sources:
        if text.lower() == s.text.replace(",", "").lower():
            return s
    found = directory.resolve(text, day, mention.sentence)
    return Source(text, found.id, None, found.country if found.country in directory.entries else None)


def _place(text: str, mention: Mention) -> Place | None:
    if not text:
        return None
    held = mention.place
    if held is not None and text.lower() in {held.text.lower(), (held.name or "").lower()}:
        return held
    found = load_gazetteer().lookup(text)
    if not found:
        raise _unusable(f"no place called {text!r} is known", "Write it as maps do, or leave it empty.")
    parties = {a.country for a in (*mention.actors, *mention.recipients) if a.country}
    best = next((c for c in found[:6] if c.country in parties), found[0])
    return Place(text, best.name, best.country or None, best.latitude, best.longitude, best.geonameid)
