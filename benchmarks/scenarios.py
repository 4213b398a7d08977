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
import agreements
import histories
import worlds
from scipy.stats import kstest, norm

from detente.config import load_config
from detente.scenarios.history import WEEK, Array, History, panel
from detente.scenarios.language import parse
from detente.scenarios.methods import METHODS
from detente.scenarios.methods import excitation as ex
from detente.scenarios.methods.base import LEVELS, Question
from detente.scenarios.methods.fitting import fit
from detente.scenarios.tried import AHEAD, AR4, autoregression, rolling, summary
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
    seen = {m.name: m.signals(fitted[m.name], told, pairs, AHEAD) for m in METHODS}
    for n, ahead in enumerate(AHEAD):
        trial = rolling(told, pairs, {m: x[n] for m, x in seen.items()}, ahead, first, renew=every)
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
    plainly = ex.network_of(told.before(cut)).base[a, b].sum(axis=1)
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
                for waiting, now, into in ((waited, rate[d], ours), (flat, plainly[d], plain)):
                    part = -np.log1p(-rng.random() * -np.expm1(-now))
                    into.append(float(-np.expm1(-(waiting[d] + part))))
                    waiting[d] = 0.0
            else:
                waited[d] += rate[d]
                flat[d] += plainly[d]
        state.pass_day(told.actor[i:j], told.recipient[i:j], quads)
    return {
        "waits": len(ours),
        "distance": round(kstest(ours, "uniform").statistic, 4),
        "Poisson": round(kstest(plain, "uniform").statistic, 4),
    }


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


def figures(out: dict[str, Any]) -> dict[str, Any]:
    """What is held against floors (see gate.py): gains of the combination over AR(4), of acts that answer acts over the better Poisson."""
    told: dict[str, float] = {}
    for name in SETS:
        found = out.get(name, {})
        for ahead in AHEAD:
            if "weekly" in found:
                gain = found["weekly"][f"{ahead} ahead"]["combination"]["gain"]
                told |= {f"scenarios.{name}.mae_{ahead}": gain[0], f"scenarios.{name}.crps_{ahead}": gain[1]}
        if "acts" in found:
            best = max(found["acts"][p] for p in ("Poisson by dyad", "recency-weighted Poisson"))
            told[f"scenarios.{name}.likelihood"] = found["acts"]["acts that answer acts"] - best
    return {k: {"value": round(v, 4), "at_most": False} for k, v in told.items()}


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
    parser.add_argument("--figures", type=Path, help="where figures for gate.py are written")
    given = parser.parse_args()
    only = given.only.split(",")
    out: dict[str, Any] = {}
    for name in given.sets.split(",") if set(only) - {"worlds"} else ():
        told, _ = histories.load(given.folder / name, tuple(given.parts.split(",")))
        out[name] = {"told": {"acts": len(told), "weeks": told.weeks}}
        for what, run in (("weekly", lambda t: weekly(t, 1 if t.weeks < 100 else 8)), ("acts", acts), ("agreements", agreements.study)):
            if what in only:
                begun = time.monotonic()
                if what == "agreements":  # a leader's first is not a first of the state
                    told, _ = histories.load(given.folder / name, tuple(given.parts.split(",")), states=True)
                out[name][what] = run(told)
                print(name, what, json.dumps(out[name][what], ensure_ascii=False), f"({time.monotonic() - begun:.0f} s)", flush=True)
    if "agreements" in only:
        out["agreements together"] = agreements.together([out[name]["agreements"] for name in given.sets.split(",")])
        print("agreements together", json.dumps(out["agreements together"]))
    if "worlds" in only:
        out["worlds"] = simulated(given.worlds, given.first)
        print("worlds", json.dumps(out["worlds"]))
    if given.figures:
        given.figures.write_text(json.dumps(figures(out), indent=1) + "\n", "utf8")
    if given.json:
        given.json.write_text(json.dumps(out, indent=1, ensure_ascii=False) + "\n", "utf8")


if __name__ == "__main__":
    main()
