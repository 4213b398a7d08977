"""What to bear in mind with a forecast: how short a history is, what was not read of it, how little it taught."""

from __future__ import annotations

import numpy as np

from .judging import FEWEST_CAME, FEWEST_ORIGINS
from .occurrence.history import History
from .occurrence.learning import LEAD, Learned
from .occurrence.models import NEEDS

#: share of the days, and days, that were not read before it is said; days of it at the end
_SHARE, _DAYS, _TAIL = 0.1, 14, 7
#: weeks beyond which no number is promised
_LONG = 520
#: what makes the probabilities, by rung
_RUNGS = {
    "base": "base rates",
    "rates": "decayed rates of each act",
    "logistic": "a logistic model of rates, rules and what is known of both parties",
    "trees": "boosted trees on top of a logistic model of rates, rules and what is known of both parties",
}


def notes(h: History, learned: Learned) -> list[str]:
    """Sentences about a history and what it taught of one horizon; none where there is nothing to bear in mind."""
    found, horizon, days = list(h.notes), learned.horizon, len(h.read)
    unread = int((~h.read).sum())
    tail = days - 1 - int(np.flatnonzero(h.read).max(initial=-1))
    if not learned.origins:
        found.append(f"{_unasked(days, unread, horizon)} Probabilities rest on how often each act was told of; the bands are wide.")
    elif learned.happened < NEEDS["logistic"]:
        found.append(_untaught(learned))
    if learned.origins and unread >= max(_DAYS, _SHARE * days):
        found.append(
            f"Of the {days} days from the first to the last, {unread} were not read: no document is within a week of them. "
            f"Rates and tests rest on the others."
        )
    if len(h) > 1 and len({*zip(h.actor.tolist(), h.type.tolist(), h.recipient.tolist(), strict=True)}) == len(h):
        found.append("No pair repeats an act in this history: each was told of on one day, so that no rate rests on more.")
    if tail > _TAIL:
        found.append(f"Nothing was read of the last {tail} days: what came in them is not known.")
    return [*found, _rung(learned)]


def _rung(learned: Learned) -> str:
    """Which rung of the ladder makes the probabilities and, where it knows no rules, why."""
    told = f"The probabilities come from {_RUNGS[learned.rung]} (rung `{learned.rung}`)"
    if learned.rung not in ("base", "rates"):
        return f"{told}."
    if learned.happened < NEEDS["logistic"]:
        why = f"too little came to learn rules from ({counted(learned.happened, 'act')} of {NEEDS['logistic']} that are needed)"
    else:
        why = "the models that also weigh rules have not yet done better in two months or more that they had not seen"
    return f"{told}, and no reason is a rule of which act follows which: {why}."


def counted(many: int, what: str) -> str:
    """A number with its noun: ``1 day``, ``3 days``."""
    return f"{many:,} {what}" if many == 1 else f"{many:,} {what}s"


def of_the_pair(followed: int, cases: int, all_cases: int) -> str:
    """How many of a rule's cases are the pair's own, where it has some and others have more."""
    return f" ({followed} of {cases} in this pair)" if 0 < cases < all_cases else ""


def left_out(many: int, what: str, option: str) -> str:
    """That so many of something are left out, by which option."""
    return f"{counted(many, what)} told of least {'is' if many == 1 else 'are'} left out (`{option}`)."


def _unasked(days: int, unread: int, horizon: int) -> str:
    """Why no window could be asked about yet, and what would help."""
    if (short := LEAD + horizon - days) > 0:
        return (
            f"The history is short ({counted(days, 'day')}): no window of {counted(horizon, 'day')} could be asked about yet. "
            f"{_more(short, 'day')} of documents would complete the first; "
            f"to be judged, forecasts need {FEWEST_ORIGINS} weeks asked about and {FEWEST_CAME} acts that came."
        )
    if unread:
        return (
            f"The history has gaps: of its {days} days {unread} were not read (no document is within a week of them), and no "
            f"{counted(horizon, 'day')} together {'was' if horizon == 1 else 'were'}, so that none could be asked about. "
            f"Documents of every week would help; a longer time alone would not."
        )
    return f"No window of {counted(horizon, 'day')} could be asked about yet."


def _untaught(learned: Learned) -> str:
    came, weeks, need = learned.happened, len(learned.origins), NEEDS["logistic"]
    wanted = round((need - came) * weeks / max(1, came))
    pace = f"at this pace {_more(max(1, wanted), 'week').lower()} read throughout would do" if came and wanted < _LONG else "read more"
    return (
        f"{_only(came)} came in the {counted(weeks, 'window')} of {counted(learned.horizon, 'day')} that could be learned from: too few to "
        f"learn which act follows which ({need} are needed). Probabilities rest on how often and how lately each act was told of; {pace}."
    )


def _only(acts: int) -> str:
    return f"Only {counted(acts, 'act')}" if acts else "No act"


def _more(many: int, what: str) -> str:
    return f"Another {what}" if many == 1 else f"Another {many} {what}s"
