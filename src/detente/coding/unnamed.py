"""Who fills a role where nobody the directory knows does: 'a court', 'suspected militants', 'protesters', a name of no known country."""

from __future__ import annotations

from ..knowledge.lexicon import load_lexicon
from .date_rules import date_rules
from .drafts import Draft
from .referents import Referent, political
from .roles import RoleFinder

#: sectors whose people act politically by what they are
_ACTING = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "REB", "OPP", "PTY", "UAF", "PRM", "SEP", "INS", "IGO"})
#: sectors whose people protest
_PROTESTING = _ACTING | {"CVL", "LAB", "EDU", "REL", "NGO", "AGR", "MED", "REF", "JRN"}

#: those who act for a state or against it, so that their sure acts are told even where nobody is named to whom they are done
_RULING = frozenset({"GOV", "JUD", "LEG", "MIL", "REB", "OPP"})
_SURE = 0.75
_THEMSELVES = frozenset({"it", "they", "we"})
#: what is told of those who protest: they call it off, go on with it
_DISSENT = frozenset({"strike", "protest", "boycott", "hunger", "sit-in", "demonstration"})


def admits(r: Referent) -> bool:
    """Whom a slot may hold where the unnamed are looked for."""
    return political(r) or unnamed(r)


def unnamed(r: Referent) -> bool:
    """Whether a referent of no known country is somebody: it has a role with a sector, or a name."""
    words = r.text.split()
    if len(words) > 1 and words[0] in date_rules().months and words[1].isdigit():  # 'between May 23 and 25'
        return False
    return not political(r) and r.via not in ("pronoun", "recalled") and (r.sector is not None or r.via == "unknown")


def fill_unnamed(draft: Draft, roles: RoleFinder) -> None:
    """Fills roles left empty with people and bodies known by their role or name alone."""
    if draft.match.trigger.entry.symmetric and draft.actors:
        return
    if not draft.actors:
        taken = {r.span for r in draft.recipients}
        draft.actors = [r for r in _found(draft, roles, "actor") if r.span not in taken]
        draft.because += ["actor:unnamed"] * bool(draft.actors)
    if not draft.recipients:
        taken = {r.span for r in draft.actors}
        draft.recipients = [r for r in _found(draft, roles, "recipient") if r.span not in taken and not _where(draft, r)]
        draft.because += ["recipient:unnamed"] * bool(draft.recipients)


def _where(draft: Draft, r: Referent) -> bool:
    """Whether it is only where the law was enforced: 'raided homes in Yekaterinburg'."""
    if draft.type != "COERCE" or draft.place is None or draft.place.text != r.text:
        return False
    s = draft.sentence
    entered = s.child(draft.token, "dobj")
    return draft.noun is not None or (entered is not None and s.lemmas[entered] in load_lexicon("phrases")["premises"])


def _weapon(r: Referent, role: str) -> bool:
    """Whether it is only what somebody used ('an airstrike killed'); what flies or sails may itself be hit."""
    last = r.text.split()[-1].lower() if r.text else ""
    words = load_lexicon("phrases")
    used = words["weapons"] if role == "actor" else words["weapons"] - words["craft"]
    return r.id is None and not {last, last.removesuffix("s")}.isdisjoint(used)


def worth_telling(draft: Draft) -> bool:
    """Whether an act of the unnamed is political by who they are: a court's, the police's, rebels'; a protest is by itself."""
    if draft.match.trigger.entry.needs == "both":  # words of many senses
        return False
    if any(draft.sentence.lemmas[k] in _DISSENT for k in draft.match.filled):
        return any(r.sector in _PROTESTING for r in draft.actors)
    if draft.type == "PROTEST":
        return any(r.sector in _PROTESTING for r in draft.actors)
    if not draft.recipients:
        entry = draft.match.trigger.entry
        return entry.needs != "recipient" and entry.precision >= _SURE and any(r.sector in _RULING for r in draft.actors)
    if any(r.sector in _RULING for r in draft.recipients) and any(r.sector in _PROTESTING for r in draft.actors):
        return True
    with_state = any(political(r) and r.sector in _ACTING for r in draft.recipients)
    return any(r.sector in _ACTING or (political(r) and r.sector is None) or (r.via == "unknown" and with_state) for r in draft.actors)


def _found(draft: Draft, roles: RoleFinder, role: str) -> list[Referent]:
    for slot in draft.match.trigger.entry.roles.get(role, ()):
        found = [r for r in roles.slot(draft.sentence, draft.match, slot) if unnamed(r) and not _weapon(r, role)]
        if found:
            return found
    return _of_themselves(draft, roles) if role == "actor" else []


def _of_themselves(draft: Draft, roles: RoleFinder) -> list[Referent]:
    """Who speaks, where they tell of 'it' or 'they': 'the strikers said they would go on'."""
    s, i = draft.sentence, draft.token
    if any(s.tags[c] == "PRP" and s.words[c].lower() in _THEMSELVES for c in s.all_children(i, "nsubj")):
        return [r for r in roles.speaker(s, i) if not political(r)]
    return []
