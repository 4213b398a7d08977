"""How methods did before: weekly scores ahead, week after week, each told from what was known before it; and the weights that follow.

Methods are fitted once, on what lies before the first week that is forecast; bands come from weeks whose outcome was known by then. Nothing
of a forecast's own week or later enters it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.stats import norm

from .bands import Bands, covered, crps
from .fits import learned
from .history import WEEK, Array, History, Ints, panel
from .methods.base import LEVELS, Method, Report
from .result import Record

#: weeks ahead that are tried, share of weeks kept for trying, and dyads beside the watched one
AHEAD = (1, 4)
_TRIED, _DYADS = 0.2, 30
_SHARPNESS = 6.0  # how strongly weights favour what did better
_WARM, _YEAR, _MIDDLE = 0.1, 52, len(LEVELS) // 2
USUAL, TOGETHER, AR4 = "as usual", "combination", "AR(4)"


@dataclass(frozen=True)
class Trial:
    """Forecasts of dyads × weeks (× 39 levels) by method, with what came."""

    pairs: Ints
    ahead: int
    came: Array  # dyads × weeks
    said: dict[str, Array]  # dyads × weeks × 39
    weights: dict[str, float]  # of the last week, in the combination


def rolling(
    told: History, pairs: Ints, signals: Mapping[str, Array], ahead: int, first: int, renew: int = 1, most_weeks: int | None = None
) -> Trial:
    """Forecasts from week ``first`` on, bands renewed every ``renew`` weeks; with the combination and each dyad's own last year."""
    scores = panel(told, pairs).score
    warm = max(8, int(told.weeks * _WARM))
    weeks = list(range(first, told.weeks - ahead + 1))[-(most_weeks or 10**6) :]
    names = [*signals, USUAL]
    said: dict[str, list[Array]] = {n: [] for n in (*names, TOGETHER)}
    losses: dict[str, list[float]] = {n: [] for n in names}
    bands: dict[str, Bands] = {}
    weights = {n: 1 / len(names) for n in names}
    for k, week in enumerate(weeks):
        past = np.arange(warm, week - ahead + 1)
        if k % renew == 0:
            for name, seen in signals.items():
                known = seen[:, past].transpose(1, 0, 2).reshape(-1, seen.shape[2])
                bands[name] = Bands.of(known, scores[:, past + ahead - 1].T.reshape(-1))
        now = {name: bands[name].quantiles(seen[:, week]) for name, seen in signals.items()}
        now[USUAL] = np.quantile(scores[:, max(0, week - _YEAR) : week], LEVELS, axis=1).T
        weights = weighed({n: losses[n][: max(0, k - ahead + 1)] for n in names})
        now[TOGETHER] = np.asarray(sum(weights[n] * now[n] for n in names))
        for name, quantiles in now.items():
            said[name].append(quantiles)
        for n in names:
            losses[n].append(float(crps(now[n], scores[:, week + ahead - 1]).mean()))
    came = scores[:, [w + ahead - 1 for w in weeks]]
    return Trial(pairs, ahead, came, {n: np.stack(q, axis=1) for n, q in said.items()}, weights)


def weighed(losses: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Weights from past losses, summing to 1; equal where nothing is known yet."""
    mean = {n: float(np.mean(x)) if len(x) else 1.0 for n, x in losses.items()}
    least = max(1e-9, min(mean.values()))
    raw = {n: (least / max(m, 1e-9)) ** _SHARPNESS for n, m in mean.items()}
    total = sum(raw.values())
    return {n: r / total for n, r in raw.items()}


def autoregression(scores: Array, week: int, ahead: int) -> Array:
    """A fourth-order autoregression of each dyad, fitted directly to the weeks ahead, with normal errors: dyads × 39 quantiles."""
    out = np.empty((len(scores), len(LEVELS)))
    ends = np.arange(4, week - ahead + 1)
    spread = norm.ppf(LEVELS)
    for d, row in enumerate(scores):
        x = np.stack([np.ones(len(ends)), *(row[ends - lag] for lag in range(1, 5))], axis=1)
        y = row[ends + ahead - 1]
        b = np.linalg.lstsq(x, y, rcond=None)[0]
        sd = np.sqrt(((y - x @ b) ** 2).sum() / max(1, len(ends) - 5))
        out[d] = np.concatenate([[1.0], row[week - 4 : week][::-1]]) @ b + sd * spread
    return out


def summary(quantiles: Array, came: Array) -> tuple[float, float, float, float]:
    """MAE of the middle, CRPS, and how often the 50% and 80% bands held what came."""
    error = float(np.abs(quantiles[..., _MIDDLE] - came).mean())
    inside = [float(covered(quantiles, came, share).mean()) for share in (0.5, 0.8)]
    return error, float(crps(quantiles, came).mean()), inside[0], inside[1]


@dataclass(frozen=True)
class Tried:
    """What came of trying: figures of each method and time ahead (rows × 2 errors, the same of AR(4), 2 shares of bands), and losses of
    the methods that were asked for, in their order."""

    names: tuple[str, ...]
    ahead: Ints
    weeks: Ints
    figures: Array
    losses: Array  # methods × AHEAD


def tried(
    told: History, watch: tuple[int, int], methods: Sequence[Method], folder: Path | None, report: Report | None = None
) -> tuple[tuple[Record, ...], dict[str, float]]:
    """How methods did on the watched pair (both directions), and their weights from what they did on the busiest dyads and on it.

    No records, and equal weights, where fewer than 40 weeks are told. What comes of it is kept in the folder.
    """
    if told.weeks < 40:
        return (), {m.name: 1 / len(methods) for m in methods}
    short = "-".join(m.name.replace(" ", "")[:8] for m in methods)
    name = f"record-{watch[0]}-{watch[1]}-{short}"
    found = learned(folder, name, told, Tried, lambda: _tried(told, watch, methods, folder, report))
    rows = zip(found.names, found.ahead.tolist(), found.weeks.tolist(), found.figures.tolist(), strict=True)
    losses = {m.name: x for m, x in zip(methods, found.losses.tolist(), strict=True)}
    return tuple(Record(method, ahead, weeks, *figures) for method, ahead, weeks, figures in rows), weighed(losses)


def _tried(told: History, watch: tuple[int, int], methods: Sequence[Method], folder: Path | None, report: Report | None) -> Tried:
    first = int(told.weeks * (1 - _TRIED))
    early = told.before(told.last + 1 - (told.weeks - first) * WEEK)
    size = len(told.actors)
    counts = np.bincount(early.actor * size + early.recipient, minlength=size * size)
    busy = [int(k) for k in np.argsort(-counts, kind="stable")[:_DYADS] if counts[k] > 5]
    keys = list(dict.fromkeys([watch[0] * size + watch[1], watch[1] * size + watch[0], *busy]))
    pairs = np.array([[k // size, k % size] for k in keys])
    seen = {}
    for n, m in enumerate(methods):
        fitted = learned(folder, m.name, early, m.kind, lambda m=m: m.fit(early))  # type: ignore[misc]
        seen[m.name] = m.signals(fitted, told, pairs, AHEAD)
        if report:
            report((n + 1) / (2 * len(methods)))
    rows: list[tuple[str, int, int, list[float]]] = []
    losses = np.zeros((len(methods), len(AHEAD)))
    scores = panel(told, pairs[:2]).score
    for n, ahead in enumerate(AHEAD):
        trial = rolling(told, pairs, {name: x[n] for name, x in seen.items()}, ahead, first, renew=13, most_weeks=52)
        weeks = trial.came.shape[1]
        start = told.weeks - ahead + 1 - weeks
        plain = np.stack([autoregression(scores, start + w, ahead) for w in range(weeks)], axis=1)
        base = summary(plain, trial.came[:2])
        for name, quantiles in trial.said.items():
            own = summary(quantiles[:2], trial.came[:2])
            rows.append((name, ahead, weeks, [round(v, 3) for v in (own[0], own[1], base[0], base[1], own[2], own[3])]))
        losses[:, n] = [float(crps(trial.said[m.name], trial.came).mean()) for m in methods]
        if report:
            report(0.5 + (n + 1) / (2 * len(AHEAD)))
    return Tried(
        tuple(r[0] for r in rows), np.array([r[1] for r in rows]), np.array([r[2] for r in rows]), np.array([r[3] for r in rows]), losses
    )
