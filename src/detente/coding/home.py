"""The country of those who are told by their role alone: where the act happens, else that of the officials who face them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from .drafts import Draft
from .referents import OFFICIAL, Referent

#: people and bodies of a country's own life
_DOMESTIC = frozenset("AGR COP CRM CVL EDU HLH INS JRN JUD LAB LEG MED OPP PRM PTY REB REL SEP UAF".split())
_BODIES = frozenset({"igo", "alliance", "bloc", "group", "party", "media", "company", "agency", "force", "ngo"})
#: those of them who stand against their state
_OPPONENTS = frozenset("INS OPP PTY REB REL SEP UAF LAB".split())
#: acts by which people face their own officials
_FACING = frozenset({"PROTEST", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "CONCEDE", "AGREE", "SUPPORT"})
#: acts by which officials face their own people
_RULING = frozenset({"COERCE", "ASSAULT", "CONCEDE", "REJECT", "SANCTION", "ACCUSE", "RETREAT", "AGREE", "THREATEN", "REQUEST"})


def at_home(draft: Draft) -> None:
    """Gives countryless people of a draft the country they are likely of."""
    place = draft.place.country if draft.place else None
    acting, facing = _country(draft.actors), _country(draft.recipients)
    named = draft.place.text if draft.place else None
    draft.actors, draft.recipients = (
        [replace(r, country=place) if r.via == "unknown" and not r.country and r.text == named else r for r in side]
        for side in (draft.actors, draft.recipients)
    )
    if any(_lone(r) for r in draft.actors):
        country = place or (facing if draft.type in _FACING and _official(draft.recipients) else None)
        draft.actors = _of(draft, draft.actors, country)
    if any(_lone(r) for r in draft.recipients):
        ruled = draft.type in _RULING and _official(draft.actors) and not _in_course_of_another(draft)
        country = place or (acting if ruled else None)
        at_war = country != place and draft.type == "ASSAULT" and any(r.sector == "MIL" for r in draft.actors)
        draft.recipients = _of(draft, draft.recipients, country, _hit if at_war else _lone)
    if acting and not _official(draft.actors) and draft.type in _FACING | {"ASSAULT"}:  # 'Tamil rebels demanded that the government'
        draft.recipients = [replace(r, country=acting) if _officials(r) else r for r in draft.recipients]


def _in_course_of_another(draft: Draft) -> bool:
    """Whether people were hit in the course of an act on others: 'bombed Beirut, killing four people'."""
    s, i = draft.sentence, draft.token
    return draft.type == "ASSAULT" and s.tags[i] == "VBG" and s.deps[i] == "advcl" and s.is_verb(s.heads[i])


def _of(draft: Draft, referents: list[Referent], country: str | None, whom: Callable[[Referent], bool] | None = None) -> list[Referent]:
    if country is None:
        return referents
    draft.because.append(f"home:{country}")
    there = draft.place is not None and draft.place.country == country
    return [replace(r, country=country) if (whom or _lone)(r) and (there or r.id is None or r.via == "unknown") else r for r in referents]


def _hit(r: Referent) -> bool:
    """Whom an army attacks at home where no place is told: its state's opponents; a village or a school may lie in any country."""
    return _lone(r) and r.sector in _OPPONENTS


def _lone(r: Referent) -> bool:
    return r.country is None and r.sector in _DOMESTIC and r.kind not in _BODIES


def _officials(r: Referent) -> bool:
    return r.country is None and r.id is None and r.sector in OFFICIAL


def _country(referents: list[Referent]) -> str | None:
    countries = {r.country for r in referents if r.country}
    return countries.pop() if len(countries) == 1 else None


def _official(referents: list[Referent]) -> bool:
    return any(r.country and (r.sector in OFFICIAL or r.kind in ("state", "title")) for r in referents)
