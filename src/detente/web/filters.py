"""Filters as they stand in an address: the same names on every page, so that an address can be shared."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query

from ..errors import UsageError
from ..reporting.pages.chronology import label
from ..reporting.pages.materials import Materials
from ..reporting.words import day
from ..workspace import FACETS, Wanted

Many = Annotated[list[str] | None, Query(max_length=40)]
Iso = Annotated[str | None, Query(max_length=10)]


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of events, with the way it stands in the address."""

    wanted: Wanted

    def kept(self, more: dict[str, Any] | None = None) -> dict[str, Any]:
        """The filters that are set, for the next address."""
        w = self.wanted
        found: dict[str, Any] = {f: list(getattr(w, f)) for f in (*FACETS, "either")}
        found |= {"since": w.since, "until": w.until, "contested": "1" if w.contested else None, **(more or {})}
        return {k: v for k, v in found.items() if v}

    def names(self, materials: Materials, q: str | None = None) -> list[dict[str, str]]:
        """The filters that are set, in words: name, value, title, label."""
        return [
            {"name": name, "value": v, "title": _TITLES[name], "label": _label(name, v, materials)}
            for name, values in self.kept({"q": q}).items()
            for v in (values if isinstance(values, list) else [values])
        ]


_TITLES = {
    "actor": "who",
    "recipient": "to",
    "either": "with",
    "outlet": "told by",
    "place": "in",
    "type": "what",
    "status": "status",
    "since": "from",
    "until": "to",
    "contested": "",
    "q": "words",
}


def _label(name: str, value: str, materials: Materials) -> str:
    if name in ("since", "until"):
        return day(value)
    if name == "contested":
        return "only contested"
    return label("actor" if name == "either" else name, value, materials)


def _choice(
    actor: Many = None,
    recipient: Many = None,
    outlet: Many = None,
    place: Many = None,
    type: Many = None,
    status: Many = None,
    either: Many = None,
    since: Iso = None,
    until: Iso = None,
    contested: bool = False,
) -> Choice:
    for text in (since, until):
        is_date(text)
    given = {"actor": actor, "recipient": recipient, "outlet": outlet, "place": place, "type": type, "status": status, "either": either}
    values = {name: tuple(dict.fromkeys(v.strip()[:200] for v in found or () if v.strip())) for name, found in given.items()}
    values["type"] = tuple(t.upper() if ":" not in t else t for t in values["type"])
    return Choice(Wanted(**values, since=since or None, until=until or None, contested=contested))  # type: ignore[arg-type]


def is_date(text: str | None) -> datetime.date | None:
    """The first day of an ISO date of any precision; None for none. Raises C02 for what is no date."""
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text + "-01-01"[{4: 0, 7: 3}.get(len(text), 6) :])
    except ValueError:
        raise UsageError("C02", what=repr(text[:20]), wanted="a date", hint="Write it as YYYY-MM-DD, YYYY-MM or YYYY.") from None


def last_day(text: str | None) -> datetime.date | None:
    """The last day of an ISO date of any precision; None for none. Raises C02."""
    first = is_date(text)
    if first is None or text is None or len(text) == 10:
        return first
    after = first.replace(year=first.year + 1) if len(text) == 4 else (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
    return after - datetime.timedelta(days=1)


ChoiceOf = Annotated[Choice, Depends(_choice)]
