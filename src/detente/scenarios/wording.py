"""The verdict of a scenario in words, with names for codes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from .assumption import Course, Removal, Step
from .methods.base import Question
from .result import Change, Scenario, Settlement, Told
from .stands import CONDUCT

NameOf = Callable[[str], str]


@cache
def _phrases() -> Mapping[str, Mapping[str, str]]:
    raw: Any = yaml.safe_load(resources.files(__package__).joinpath("data", "phrases.yaml").read_text("utf8"))
    loaded: Mapping[str, Mapping[str, str]] = raw
    return loaded


def in_words(step: Step, name_of: NameOf) -> str:
    """What is assumed, as the clause after “if”: ``Azerbaijan signs an accord with Armenia on 2025-09-01``."""
    if isinstance(step, Course):
        kind = "cooperative" if step.level > 0 else "hostile"
        begin = f" from {_day(step.start)}" if step.start else ""
        return (
            f"{name_of(step.actor)} keeps a {kind} course toward {name_of(step.recipient)} ({step.level:+g}) for {step.weeks} weeks{begin}"
        )
    if isinstance(step, Removal):
        if not (step.actor and step.type):
            return f"the {step.word} of {_day(step.day)} had not happened" if step.word else f"the event {step.event} had not happened"
        return f"it had not happened that {_done(step.actor, step.type, step.recipient, None, name_of)} on {_day(step.day)}"
    many = f" ({step.times} times)" if step.times > 1 else ""
    return _done(step.actor, step.type, step.recipient, step.mode, name_of) + (f" on {_day(step.day)}" if step.day else "") + many


def _day(day: datetime.date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "a day that is not known"


def _signed(value: float, digits: int) -> str:
    return f"{value:+.{digits}f}".replace("-", "−")


def _done(actor: str | None, type_: str | None, recipient: str | None, mode: str | None, name_of: NameOf) -> str:
    told = _phrases().get(type_ or "", {})
    phrase = told.get(mode or "any") or told.get("any", "{a} acts toward {b}")
    extra = f" ({mode})" if mode and mode not in told else ""
    return phrase.format(a=name_of(actor or ""), b=name_of(recipient) if recipient else "anybody") + extra


def sentence(question: Question, combined: Told, agreement: float | None, methods: int) -> str:
    """The verdict in words."""

    def name_of(code: str) -> str:
        return question.names.get(code, code)

    a, b = (name_of(question.told.actors[k]) for k in question.watch)
    tension, influence = combined.change("tension"), combined.change("influence")
    assert tension is not None and influence is not None
    first = _clause(f"tension between {a} and {b}", tension, 2)
    second = _clause(f"influence of {a} on {b}", influence, 3)
    agreed = ""
    if agreement is not None:
        more = (tension.value > 0) == (agreement >= 0.5)
        share = max(agreement, 1 - agreement)
        who = "All methods that can answer" if share > 0.995 else f"{round(share * 100)}% of the methods that can answer, by weight,"
        agreed = f" {who} lean toward {'more' if more else 'less'} tension."
    if methods == 1:
        agreed = " One method alone could answer."
    assumed = " and ".join(in_words(s, name_of) for s in question.assumption.steps)
    return f"If {assumed}: {first}; {second}, over {question.weeks} weeks.{agreed}"


def _clause(what: str, found: Change, digits: int) -> str:
    value, low, high = (_signed(v, digits) for v in (found.value, found.low80, found.high80))
    band = f"({value}, 80% band {low} … {high})"
    if found.verdict == "not distinguishable":
        return f"no change of the {what} can be told from none {band}"
    return f"it {found.verdict} the {what} {band}"


def what_would_help(found: Scenario) -> str:
    """What would let the data say more, in a sentence; empty where tension and influence are told apart."""
    if all(found.verdicts.get(m) != "not distinguishable" for m in ("tension", "influence")):
        return ""
    lacks = [f"{m.method}: {m.why_not}" for m in found.methods if m.why_not and m.method != "bargaining"]
    more = (
        f"more years than {found.first[:4]} to {found.last[:4]}, or other pairs, with acts of this kind: the band is wider than the change"
    )
    if lacks:
        more += f"; what methods lack: {'; '.join(lacks)}"
    return f"What would let it say more: {more}."


def settled_in_words(found: Settlement, name_of: NameOf) -> str:
    """Where a matter settles: ``On emission-standards bargaining settles at 7.40 …``."""

    digits = 0 if found.high - found.low >= 50 else 1 if found.high - found.low >= 5 else 2

    def told(band: tuple[float, ...]) -> str:
        middle, low50, high50, low80, high80 = (f"{v:.{digits}f}".replace("-", "−") for v in band)
        return f"{middle} (50% band {low50} … {high50}, 80% {low80} … {high80})"

    what = "the contested event" if found.source == "measured" else found.matter
    if found.source == "measured" and found.matter.startswith(CONDUCT):
        what = f"whether what {name_of(found.matter.removeprefix(CONDUCT))} does is opposed ({found.low:g}) or supported ({found.high:g})"
    else:
        what += f", from {found.low:g} to {found.high:g}"
    line = f"On {what}, bargaining settles at {told(found.outcome)}; the middle stands at {found.before:.{digits}f}"
    if found.assumed is not None and found.change is not None:
        line += f". As assumed it settles at {told(found.assumed)}, a change of {told(found.change)}"
    movers = [f"{name_of(m.actor)} ({_signed(m.moves, digits)})" for m in found.movers[:4]]
    return line + (f". Who moves most: {', '.join(movers)}." if movers else ". Nobody moves.")
