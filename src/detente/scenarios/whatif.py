"""The question put and answered: an assumption in, a :class:`~detente.scenarios.result.Scenario` out."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any

from ..config import Config, load_config
from ..errors import ScenarioError
from ..measures import load_scale, reading
from ..measures.acts import Events
from ..records import TYPES
from ..workspace import Workspace
from .assembling import assembled, with_mentions
from .assumption import Act, Assumption, Course, Removal, Step
from .fits import learned
from .history import KIND_OF, QUAD_OF, History, history
from .language import parse
from .methods import METHODS
from .methods.bargaining import NAME as BARGAINING
from .methods.bargaining import with_settlement
from .methods.base import Answer, CannotAnswer, Given, Progress, Question
from .neighbours import touching
from .removing import acts_meant
from .result import Scenario, Told
from .stands import Table, measured_table, read_table
from .summing import mixed, told_by
from .tried import tried
from .watching import standing

#: fewest acts and weeks before the origin, and acts of the watched pair; under it nothing is answered (docs/scenarios.md)
FEWEST_ACTS, FEWEST_WEEKS, FEWEST_WATCHED = 60, 12, 8
_AHEAD = 366
#: futures of each method
_DRAWS = 500


def what_if(
    source: Workspace | Events,
    assumption: str | Assumption,
    watch: tuple[str, str],
    horizon: int = 12,
    *,
    config: Config | None = None,
    seed: int | None = None,
    draws: int = _DRAWS,
    methods: Sequence[str] | None = None,
    positions: Table | FilePath | str | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> Scenario:
    """What an assumption changes between two actors, week by week over ``horizon`` weeks.

    ``source``: a workspace (what methods learn is kept in its folder), or events as records, table or acts. ``assumption``: a text (see
    :mod:`~detente.scenarios.assumption`) or a parsed one. ``positions``: a table of who stands where on the matter that it is about (or
    its file), for bargaining; a workspace's own stances where none is given. ``progress`` is called with a stage's name and the share
    done. Same input and ``seed``, same answer.

    Raises :class:`~detente.errors.ScenarioError`: S01–S06 for an assumption that is not understood, S08 and S09 for a date outside the
    data, S10 for an act to take out that was not told, S11 where the data cannot answer, S12 for
    a table of positions that cannot be used.
    """
    options = config or load_config()
    known = [m.name for m in METHODS]
    strange = [n for n in methods or () if n not in (*known, BARGAINING)]
    if strange or (methods is not None and not set(methods) & set(known)):
        raise ScenarioError("S13", name=(*strange, *(methods or ()), "(none)")[0], known=", ".join((*known, BARGAINING)))
    folder: FilePath | None = None
    last: datetime.date | None = None
    events: Any = source
    if isinstance(source, Workspace):
        events, last = source.frame("events"), reading(source.documents_frame()).last
        folder = source.folder / "scenarios"
    whole = history(events, options.measures, watch, last)
    meant = parse(assumption, resolver(whole), whole.actors) if isinstance(assumption, str) else assumption
    if missing := [c for c in (*watch, *meant.actors) if c not in whole.index]:
        whole = history(events, options.measures, (*watch, *missing), last)
    question = asked(whole, meant, watch, horizon, options, options.measures.seed if seed is None else seed, draws)
    question = replace(question, names=named((*watch, *question.assumption.actors)))
    found = answer(question, whole, folder, methods, progress)
    if methods is None or BARGAINING in methods:
        table = _table(source, events, whole, question.assumption, options, positions)
        parties = [p.actor for p in table.parties] if table else []
        found = with_settlement(found, table, replace(question, names={**named(parties), **question.names}))
    return with_mentions(found, events)


def named(codes: Sequence[str]) -> dict[str, str]:
    """Names of actors, as the directory has them."""
    from ..knowledge import load_directory

    entries = load_directory().entries
    return {c: entries[c].name for c in codes if c in entries}


def _table(
    source: Any, events: Any, whole: History, meant: Assumption, options: Config, given: Table | FilePath | str | None
) -> Table | None:
    """The table of positions: as given, from a file, or measured from stances told in a workspace."""
    if given is not None:
        return given if isinstance(given, Table) else read_table(given)
    return measured_table(source, events, whole, meant, options.measures) if isinstance(source, Workspace) else None


def known_to(workspace: Workspace, options: Config) -> tuple[Callable[[str], str | None], tuple[str, ...]]:
    """How words for actors are taken, and who is told of, for :func:`~detente.scenarios.language.parse`."""
    told = history(workspace.frame("events"), options.measures)
    return resolver(told), told.actors


def resolver(told: History) -> Callable[[str], str | None]:
    """Words for actors as codes: a code that is told of, else a name of the directory."""

    def resolve(word: str) -> str | None:
        for code in (word, word.upper()):
            if code in told.index:
                return code
        from ..knowledge import load_directory

        known = load_directory()
        if word.upper() in known.entries:
            return word.upper()
        found = known.resolve(word)
        code_found = found.country or found.id
        return code_found if code_found else None

    return resolve


def asked(whole: History, meant: Assumption, watch: tuple[str, str], horizon: int, options: Config, seed: int, draws: int) -> Question:
    """The question for the methods: nothing in it is later than the first day of the assumption, or than the data."""
    if not len(whole):
        need = f"{FEWEST_ACTS} acts in {FEWEST_WEEKS} weeks, {FEWEST_WATCHED} of them of the pair,"
        raise ScenarioError("S11", have="no act with a day between two actors is known", need=need, who=" and ".join(watch))
    today = whole.last + 1
    removed = [(step, acts_meant(whole, step, watch)) for step in meant.steps if isinstance(step, Removal)]
    meant = replace(meant, steps=tuple(_as_told(whole, s, dict(removed)) for s in meant.steps))
    days = [d.toordinal() for step in meant.steps if (d := _day(step)) is not None]
    days += [int(whole.day[k]) for _, found in removed for k in found]
    origin = min([*days, today])
    if not len(whole):
        raise ScenarioError("S11", have="no act between two parties is told", need=f"{FEWEST_ACTS} acts", who=" and ".join(watch))
    _check_days(whole, days, origin)
    told = whole.before(origin)
    weeks = min(104, horizon + max(0, max([*days, origin]) - origin) // 7) if origin == today else horizon
    added: list[Given] = []
    courses: list[tuple[int, Course]] = []
    for step in meant.steps:
        if isinstance(step, Act):
            added.append(_given(told, step, (step.day.toordinal() if step.day else origin) - origin))
        elif isinstance(step, Course):
            courses.append(((step.start.toordinal() if step.start else origin) - origin, step))
    gone = [_told_given(whole, k, origin) for _, found in removed for k in found]
    pair = (told.index[watch[0]], told.index[watch[1]])
    _check_enough(told, pair, watch)
    at = standing(told, *pair, options.measures)
    near = touching(told.actors)
    return Question(told, meant, pair, weeks, tuple(added), tuple(gone), tuple(courses), at, options.measures, draws, seed, near)


def _day(step: Act | Removal | Course) -> datetime.date | None:
    return step.start if isinstance(step, Course) else step.day


def _check_days(whole: History, days: Sequence[int], origin: int) -> None:
    first = whole.first
    for day in days:
        date = datetime.date.fromordinal(day)
        if day < first + 7 * FEWEST_WEEKS and day <= whole.last:
            earliest = datetime.date.fromordinal(first + 7 * FEWEST_WEEKS)
            raise ScenarioError("S08", date=date, first=datetime.date.fromordinal(first), earliest=earliest)
        if day < first:
            raise ScenarioError("S08", date=date, first=datetime.date.fromordinal(first), earliest=datetime.date.fromordinal(first))
        if day > whole.last + _AHEAD:
            raise ScenarioError("S09", date=date, last=datetime.date.fromordinal(whole.last))


def _check_enough(told: History, pair: tuple[int, int], watch: tuple[str, str]) -> None:
    watched = int(told.between(*pair).sum())
    if len(told) < FEWEST_ACTS or told.weeks < FEWEST_WEEKS or watched < FEWEST_WATCHED:
        until = datetime.date.fromordinal(told.last)
        have = f"up to {until} {len(told)} acts in {told.weeks} weeks are known, {watched} of them between {watch[0]} and {watch[1]}"
        need = f"{FEWEST_ACTS} acts in {FEWEST_WEEKS} weeks, {FEWEST_WATCHED} of them of the pair,"
        raise ScenarioError("S11", have=have, need=need, who=" and ".join(watch))


def _as_told(whole: History, step: Step, removed: dict[Removal, list[int]]) -> Step:
    """A step; an act that is taken out by an id or a word, as what it was."""
    if not isinstance(step, Removal) or step.actor:
        return step
    k = removed[step][0]
    day = datetime.date.fromordinal(int(whole.day[k]))
    actor, recipient = whole.actors[whole.actor[k]], whole.actors[whole.recipient[k]]
    return replace(step, actor=actor, type=TYPES[int(whole.kind[k])], recipient=recipient, day=day)


def _given(told: History, step: Act, offset: int) -> Given:
    scale = {(v.type, v.mode): v.value for v in load_scale()}
    value = scale.get((step.type, step.mode), scale[(step.type, None)])
    kind = KIND_OF[step.type]
    return Given(offset, told.index[step.actor], told.index[step.recipient], step.type, step.mode, int(QUAD_OF[kind]), value, step.times)


def _told_given(whole: History, k: int, origin: int) -> Given:
    type_ = TYPES[int(whole.kind[k])]
    label = str(whole.label[k]) or None
    return Given(
        int(whole.day[k]) - origin,
        int(whole.actor[k]),
        int(whole.recipient[k]),
        type_,
        label,
        int(whole.quad[k]),
        float(whole.intensity[k]),
        1,
    )


def answer(
    question: Question,
    whole: History,
    folder: FilePath | None = None,
    names: Sequence[str] | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> Scenario:
    """The answer to a question: all methods (or those of ``names``), their record, and the combination. ``whole``: what is known since."""
    chosen = [m for m in METHODS if names is None or m.name in names]
    told = question.told
    start = datetime.date.fromordinal(told.last + 1)
    shares = {s: 0.7 / (2 * len(chosen)) for m in chosen for s in (f"learning: {m.name}", m.name)}
    stages = Progress(progress, {"back-test": 0.3} | shares)
    record, weights = tried(told, question.watch, chosen, folder, stages.part("back-test"))
    answers: list[tuple[float, Answer]] = []
    said: list[Told] = []
    for method in chosen:
        report = stages.part(f"learning: {method.name}")
        try:
            fitted = learned(folder, method.name, told, method.kind, lambda m=method, r=report: m.fit(told, r))  # type: ignore[misc]
            stages.part(method.name)
            answer = method.paths(fitted, question)
        except CannotAnswer as why:
            said.append(Told(method.name, method.reference, 0.0, (), (), (), (), (), str(why)))
            continue
        answers.append((weights[method.name], answer))
        said.append(told_by(method.name, method.reference, answer, weights[method.name], start))
    if not answers:
        watch = tuple(told.actors[k] for k in question.watch)
        raise ScenarioError("S11", have="; ".join(f"{t.method}: {t.why_not}" for t in said), need="more acts", who=" and ".join(watch))
    total = sum(w for w, _ in answers)
    said = [t if t.why_not else replace(t, weight=round(t.weight / total, 3)) for t in said]
    whole_answer = mixed(answers, question.draws, question.seed)
    combined = told_by("combination", "linear pool; Geweke & Amisano 2011", whole_answer, 1.0, start, pooled=True)
    return assembled(question, whole, said, answers, combined, record)
