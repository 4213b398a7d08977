"""Forecasts in plain words."""

from __future__ import annotations

import re

from ..forecasting import Backtest, Expected, Reason, Surprise
from ..forecasting.notes import counted, of_the_pair
from .words import NameOf, act, act_of, day, with_article

#: what reasons compare with, to be said once wherever they stand
COMPARED = (
    "Reasons say what makes an act likelier than it is for the average pair, or after “but” less likely; {base} is of the pair’s own past."
)

_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def expected_words(e: Expected, name_of: NameOf) -> str:
    """The act that may come: ``an attack by Israel on Lebanon``."""
    return act_of(e.type, _name(e.actor, name_of), _name(e.recipient, name_of))


def reason_words(r: Reason, name_of: NameOf) -> str:
    """A reason as a phrase: ``a threat by Russia to Azerbaijan 3 days earlier; such acts were answered by …``."""
    a, b = _name(r.actor, name_of), _name(r.recipient, name_of)
    told = _ISO.sub(lambda found: day(found[0]), r.told)
    if r.type is None:
        return f"{a} and {b} acted on each other {told}" if r.events else f"nothing was reported between {a} and {b}"
    if r.kind == "type":
        return f"{act(r.type, None, 'noun')} was reported {told}"
    what = act_of(r.type, a, b)
    if not r.events:
        return f"{what} never was reported"
    if r.then is None:
        return f"{what} {told}"
    answer = "answered" if r.answered else "followed"
    held = f"within {counted(r.days or 0, 'day')} in {r.followed} of {counted(r.cases or 0, 'case')}"
    held += of_the_pair(r.own_followed or 0, r.own_cases or 0, r.cases or 0)
    return f"{what} {told}; such acts were {answer} by {act(r.then, None, 'noun')} {held}"


def surprise_words(s: Surprise, name_of: NameOf) -> str:
    """The act that surprised."""
    return act_of(s.type, _name(s.actor, name_of), _name(s.recipient, name_of))


def percent(p: float) -> str:
    """A probability for reading: ``62%``, ``1.4%``, ``under 0.1%``, ``over 99%``."""
    if p < 0.001:
        return "under 0.1%"
    if p > 0.99:
        return "over 99%"
    return f"{100 * p:.1f}%" if p < 0.02 else f"{100 * p:.0f}%"


def untested(b: Backtest) -> bool:
    """Whether too little was asked for forecasts to be judged at all."""
    return not any(r.verdict for r in b.rated)


def _name(code: str, name_of: NameOf) -> str:
    return with_article(name_of(code))
