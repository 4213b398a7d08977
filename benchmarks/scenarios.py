"""Back-tests of scenarios: ``python benchmarks/scenarios.py DIR [--only weekly,acts,agreements,worlds] [--json FILE]``.

DIR is laid out like ../shared/forecast (folders with train.tsv.gz, valid.tsv.gz, and test.tsv.gz where it is there). Rolling origin:
methods are fitted on what lies before the first week that is forecast, bands and weights come from weeks whose outcome was known by then.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
import histories
import worlds
from scipy.stats import kstest, norm

from detente.config import load_config
from detente.scenarios.history import KIND_OF, WEEK, Array, History, panel
from detente.scenarios.language import parse
from detente.scenarios.methods import METHODS
from detente.scenarios.methods import excitation as ex
from detente.scenarios.methods.base import LEVELS, Question
from detente.scenarios.methods.fitting import fit
from detente.scenarios.methods.standings import standings
from detente.scenarios.tried import AR4, autoregression, rolling, summary
from detente.scenarios.whatif import answer, asked, resolver

SETS = ("icews14", "icews18", "icews05-15")
#: fewest acts of a dyad before the first forecast, and the most dyads
FEWEST, MOST = 30, 300


def weekly(told: History, every: int) -> dict[str, Any]:
    """Weekly score of the busiest directed dyads, 1 and 4 weeks ahead."""
    first = int(told.weeks * 0.8)
    early = told.before(told.last + 1 - (told.weeks - first) * WEEK)
    size = len(told.actors)
    counts = np.bincount(early.actor * size + early.recipient, minlength=size * size)
    keys = np.argsort(-counts, kind="stable")[:MOST]
    keys = keys[counts[keys] >= FEWEST]
    pairs = np.stack([keys // size, keys % size], axis=1)
    fitted = {m.name: m.fit(early) for m in METHODS}
    scores = panel(told, pairs).score
    out: dict[str, Any] = {"dyads": len(pairs), "weeks": told.weeks - first}
    for ahead in (1, 4):
        signals = {m.name: m.signals(fitted[m.name], told, pairs, ahead) for m in METHODS}
        trial = rolling(told, pairs, signals, ahead, first, renew=every)
        weeks = range(first, told.weeks - ahead + 1)
        said = dict(trial.said)
        said[AR4] = np.stack([autoregression(scores, w, ahead) for w in weeks], axis=1)
        still = np.stack([_around(scores[:, w - 1], np.diff(scores[:, :w], axis=1).std(axis=1)) for w in weeks], axis=1)
        mean = np.stack([_around(scores[:, :w].mean(axis=1), scores[:, :w].std(axis=1)) for w in weeks], axis=1)
        said |= {"no change": still, "mean": mean}
        base = summary(said[AR4], trial.came)
        rows = {}
        for name, quantiles in said.items():
            mae, score, in50, in80 = summary(quantiles, trial.came)
            gain = [round(1 - mae / base[0], 4), round(1 - score / base[1], 4)]
            rows[name] = {"mae": round(mae, 4), "crps": round(score, 4), "in50": round(in50, 4), "in80": round(in80, 4), "gain": gain}
        out[f"{ahead} ahead"] = rows
    return out


def _around(middle: Array, spread: Array) -> Array:
    out: Array = middle[:, None] + spread[:, None] * norm.ppf(LEVELS)
    return out


def acts(told: History) -> dict[str, Any]:
    """Log likelihood per act on the last 20%: acts that answer acts, Poisson by dyad, recency-weighted Poisson; and time rescaling."""
    cut = int(np.quantile(told.day, 0.8))
    early = told.before(cut)
    found = fit(early)
    new = told.day >= cut
    n = int(new.sum())
    out: dict[str, Any] = {"acts": n, "branching": round(found.branching, 3)}
    out["acts that answer acts"] = round(ex.likelihood(found, told, cut) / n, 4)
    base = ex.network_of(early).base
    rate = base[told.actor[new], told.recipient[new], told.quad[new]]
    out["Poisson by dyad"] = round(float(np.log(rate).sum() - base.sum() * (told.last + 1 - cut)) / n, 4)
    out["recency-weighted Poisson"] = round(max(_recent(told, base, cut, days) for days in (15.0, 30.0, 60.0, 120.0)) / n, 4)
    out["time rescaling"] = _rescaled(found, told, cut)
    return out


def _recent(told: History, base: Array, cut: int, half_life: float, mixed: float = 0.1) -> float:
    kept = 0.5 ** (1 / half_life)
    state, total = np.zeros_like(base), 0.0
    for day in range(told.first, told.last + 1):
        i, j = np.searchsorted(told.day, [day, day + 1])
        at = (told.actor[i:j], told.recipient[i:j], told.quad[i:j])
        if day >= cut:
            rate = (1 - mixed) * state + mixed * base
            total += float(np.log(rate[at]).sum() - rate.sum())
        state *= kept
        np.add.at(state, at, 1 - kept)
    return total


def _rescaled(found: ex.Excitation, told: History, cut: int, most: int = 40) -> dict[str, float]:
    """Kolmogorov–Smirnov distance of rescaled waiting times from the exponential (days are bins: Haslinger et al. 2010), busiest dyads."""
    size = len(told.actors)
    early = told.day < cut
    counts = np.bincount((told.actor * size + told.recipient)[early], minlength=size * size)
    keys = np.argsort(-counts, kind="stable")[:most]
    a, b = keys // size, keys % size
    rng = np.random.default_rng(1)
    _, state = ex.replayed(told.before(cut), found.network, cut)
    state.skip(cut - 1 - told.before(cut).last)
    waited, flat = np.zeros(most), np.zeros(most)
    ours: list[float] = []
    plain: list[float] = []
    for day in range(cut, told.last + 1):
        i, j = np.searchsorted(told.day, [day, day + 1])
        pairs, quads = told.actor[i:j] * size + told.recipient[i:j], told.quad[i:j]
        base = found.network.base[a, b]
        rate = (base * found.weights[:, 0]).sum(axis=1) + (ex.at_cells(state, found.network, a, b) @ found.weights[:, 1:].T).sum(axis=1)
        for d, key in enumerate(keys.tolist()):
            if (pairs == key).any():
                for waiting, now, into in ((waited, rate[d], ours), (flat, base[d].sum(), plain)):
                    part = -np.log1p(-rng.random() * -np.expm1(-now))
                    into.append(float(-np.expm1(-(waiting[d] + part))))
                    waiting[d] = 0.0
            else:
                waited[d] += rate[d]
                flat[d] += base[d].sum()
        state.pass_day(told.actor[i:j], told.recipient[i:j], quads)
    return {
        "waits": len(ours),
        "distance": round(kstest(ours, "uniform").statistic, 4),
        "Poisson": round(kstest(plain, "uniform").statistic, 4),
    }


def agreements(told: History, weeks: int = 12, studies: int = 999) -> dict[str, Any]:
    """First formal agreement of a pair: change of the pair's mean weekly score, against pairs that stood alike; and of third parties."""
    at = standings(told, load_config().measures)
    size = len(told.actors)
    firsts: dict[tuple[int, int], int] = {}
    for k in np.flatnonzero((told.kind == KIND_OF["SUPPORT"]) & (told.label == "sign")).tolist():
        pair = tuple(sorted((int(told.actor[k]), int(told.recipient[k]))))
        firsts.setdefault(pair, int((told.day[k] - at.start) // WEEK))  # type: ignore[arg-type]
    lead = at.weeks // 4  # an earlier agreement than this may only be the first that is told
    cases = [(a, b, w) for (a, b), w in firsts.items() if lead <= w < at.weeks - weeks and w > weeks]
    balance = np.zeros((size, size, at.weeks))
    inside = told.day >= at.start
    signed = ~((told.kind == KIND_OF["SUPPORT"]) & (told.label == "sign"))
    use = inside & signed
    np.add.at(balance, (told.actor[use], told.recipient[use], ((told.day - at.start) // WEEK)[use]), told.intensity[use])
    number = at.counts.sum(axis=3)
    both, count = balance + balance.transpose(1, 0, 2), number + number.transpose(1, 0, 2)
    score = np.where(count > 0, both / np.maximum(count, 1), 0.0)

    def change(rows: Any, tone: bool) -> Array:
        """Mean weekly score after less before; ``tone``: mean intensity of all acts after less before (shrunk by two neutral acts)."""
        if not tone:
            return np.array([score[a, b, w + 1 : w + 1 + weeks].mean() - score[a, b, w - weeks : w].mean() for a, b, w in rows])

        def of(a: int, b: int, first: int) -> float:
            return float(both[a, b, first : first + weeks].sum() / (count[a, b, first : first + weeks].sum() + 2.0))

        return np.array([of(a, b, w + 1) - of(a, b, w - weeks) for a, b, w in rows])

    other = both_ways(told, at, signed & inside)
    long = np.stack([np.concatenate([np.zeros((size, size, 1)), np.cumsum(x, axis=2)], axis=2) for x in (score, other)])

    def before(a: int, b: int, w: int) -> tuple[float, ...]:
        """What placebos are matched on: score and acts of the last weeks, of the last four, of the last year, and acts of the very week."""

        def mean(x: int, weeks_: int) -> float:
            return float(long[x, a, b, w] - long[x, a, b, max(0, w - weeks_)]) / min(weeks_, w)

        acts_ = (np.log(mean(1, n) + 0.05) for n in (weeks, 4, 52))
        return mean(0, weeks), mean(0, 52), *acts_, float(np.log1p(other[a, b, w]))

    rng = np.random.default_rng(1)
    pool = [
        (int(a), int(b), int(w))
        for a, b, w in zip(
            *(rng.integers(lo, hi, 60_000) for lo, hi in ((0, size), (0, size), (max(lead, weeks), at.weeks - weeks))), strict=True
        )
        if a < b and count[a, b, w - weeks : w].sum() > 0 and not w - weeks <= firsts.get((a, b), -999) <= w
    ]
    marks = np.array([before(*r) for r in pool])
    out: dict[str, Any] = {"cases": len(cases)}
    for who in ("own pair", "third parties"):
        rows = cases if who == "own pair" else _thirds(cases, count, weeks, rng)
        matched = np.array([np.argsort(np.abs((marks - before(*r)) / (0.7, 0.7, 0.5, 0.7, 0.5, 0.3)).sum(axis=1))[:10] for r in rows])
        for what, tone in (("weekly score", False), ("tone of acts", True)):
            placebo = change(pool, tone)[matched]
            effect = float((change(rows, tone) - placebo.mean(axis=1)).mean())
            apart = placebo - placebo.mean(axis=1, keepdims=True)
            drawn = [float(apart[np.arange(len(rows)), rng.integers(0, 10, len(rows))].mean()) for _ in range(studies)]
            low, high = np.percentile(drawn, (5, 95))
            p = (1 + int((np.array(drawn) >= effect).sum())) / (studies + 1)
            found = {"effect": round(effect, 4), "placebo 90%": [round(float(low), 4), round(float(high), 4)], "p": round(p, 4)}
            out[f"{who}, {what}"] = {"rows": len(rows)} | found
    return out


def both_ways(told: History, at: Any, some: Any) -> Array:
    """Acts of a mask by unordered pair and week, N × N × weeks."""
    size = len(told.actors)
    out = np.zeros((size, size, at.weeks))
    np.add.at(out, (told.actor[some], told.recipient[some], ((told.day - at.start) // WEEK)[some]), 1.0)
    return out + out.transpose(1, 0, 2)


def _thirds(cases: Any, count: Array, weeks: int, rng: np.random.Generator) -> list[tuple[int, int, int]]:
    """For each case one of the parties with the third party it dealt with most before."""
    out = []
    for a, b, w in cases:
        x, other = (a, b) if rng.random() < 0.5 else (b, a)
        dealt = count[x, :, w - weeks : w].sum(axis=1)
        dealt[[x, other]] = 0
        if dealt.max() > 0:
            k = int(np.argmax(dealt))
            out.append((min(x, k), max(x, k), w))
    return out


def simulated(many: int, first: int = 0, weeks: int = 8, draws: int = 120) -> dict[str, Any]:
    """Worlds with a planted effect and with none: how often the band holds the truth; how often nothing is claimed where nothing is."""
    options = load_config()
    held: dict[str, list[bool]] = {"kind": [], "third": []}
    silent: list[bool] = []
    told_apart: list[bool] = []
    for family in ("kind", "third"):
        for strength in (0.8, 0.0):
            for seed in range(first, first + many // 2):
                world, rng = worlds.make(family, strength, seed)
                told = world.history(rng)
                text, pair = worlds.question(world)
                question: Question = asked(told, parse(text, resolver(told), told.actors), pair, weeks, options, seed, draws)
                change = answer(question, told).combined.change("tension")
                assert change is not None
                if strength:
                    truth = worlds.truth(world, question.told, weeks, options.measures)
                    held[family].append(change.low80 <= truth <= change.high80)
                    print(
                        f"{family} {seed}: truth {truth:+.3f}, {change.value:+.3f} ({change.low80:+.3f} … {change.high80:+.3f})", flush=True
                    )
                    told_apart.append(change.verdict == "raises")
                else:
                    silent.append(change.verdict == "not distinguishable")
                    print(f"none {seed}: {change.verdict}, {change.value:+.3f} ({change.low80:+.3f} … {change.high80:+.3f})", flush=True)
    share = {
        "truth in the 80% band": float(np.mean(held["kind"] + held["third"])),
        "answers in kind": float(np.mean(held["kind"])),
        "third parties": float(np.mean(held["third"])),
        "told apart": float(np.mean(told_apart)),
        "nothing claimed": float(np.mean(silent)),
    }
    return {"worlds": [len(held["kind"] + held["third"]), len(silent)]} | {k: round(v, 3) for k, v in share.items()}


def main() -> None:
    """Runs what is asked for and prints it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="weekly,acts,agreements,worlds")
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--parts", default="train,valid,test")
    parser.add_argument("--worlds", type=int, default=50)
    parser.add_argument("--first", type=int, default=0, help="the first world's seed")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    only = given.only.split(",")
    out: dict[str, Any] = {}
    for name in given.sets.split(",") if set(only) - {"worlds"} else ():
        told, _ = histories.load(given.folder / name, tuple(given.parts.split(",")))
        out[name] = {"acts": len(told), "weeks": told.weeks}
        for what, run in (("weekly", lambda t: weekly(t, 1 if t.weeks < 100 else 8)), ("acts", acts), ("agreements", agreements)):
            if what in only:
                begun = time.monotonic()
                out[name][what] = run(told)
                print(name, what, json.dumps(out[name][what], ensure_ascii=False), f"({time.monotonic() - begun:.0f} s)", flush=True)
    if "worlds" in only:
        out["worlds"] = simulated(given.worlds, given.first)
        print("worlds", json.dumps(out["worlds"]))
    if given.json:
        given.json.write_text(json.dumps(out, indent=1, ensure_ascii=False) + "\n", "utf8")


if __name__ == "__main__":
    main()
