#!/usr/bin/env python3
"""What merging costs: CPU milliseconds a mention, all at once and for one document more, in collections of growing size.

    python benchmarks/merging_speed.py [MENTIONS ...]      default: 5000 20000

The reports are made up: acts of 132 pairs of states, few of them in most of the news, each told by three outlets or so on the days after
it, three acts a report.
`longer`: 100 reports a day whatever the size; `denser`: all within ninety days, so that four times the mentions are told of the same days.
The second figure of each line is the cost of one more report (three mentions) beside what stands.
"""

from __future__ import annotations

import datetime
import random
import sys
import time

from detente.config import load_config
from detente.documents import from_text
from detente.merging import merge
from detente.records import Actor, Document, Mention

STATES = {"RUS": "Russia", "UKR": "Ukraine", "ISR": "Israel", "LBN": "Lebanon", "IRN": "Iran", "USA": "The United States", "CHN": "China",
          "TWN": "Taiwan", "IND": "India", "PAK": "Pakistan", "AZE": "Azerbaijan", "ARM": "Armenia"}  # fmt: skip
ACTS = [("ASSAULT", "struck", "struck a depot near {town} of {to}, killing {n} people"), ("ASSAULT", "shelled", "shelled {town} in {to}"),
        ("SANCTION", "banned", "banned imports of {thing} from {to}"), ("COERCE", "detained", "detained {n} citizens of {to} in {town}"),
        ("ACCUSE", "accused", "accused {to} of breaking the deal on {thing}"), ("CONSULT", "met", "met envoys of {to} over {thing}"),
        ("THREATEN", "threatened", "threatened {to} with measures over {thing}")]  # fmt: skip
START = datetime.date(2025, 1, 1)
PER_REPORT, OUTLETS = 3, 3


def corpus(mentions: int, days: int) -> tuple[list[Document], list[Mention]]:
    """Made-up reports of so many mentions over so many days, the same in every run."""
    draw = random.Random(7)
    towns = [f"{a}{b}" for a in ("Kor", "Vel", "Sam", "Bir", "Lut", "Tar", "Osh", "Nev") for b in ("sk", "ova", "abad", "grad", "in")]
    things = "steel grain gas fish wine gold cotton timber water uranium prisoners borders visas drones data ports".split()
    pairs = [(a, b) for a in STATES for b in STATES if a != b]
    draw.shuffle(pairs)
    rarer = [1 / (n + 1) for n in range(len(pairs))]
    acts = []
    for _ in range(mentions // OUTLETS):
        kind, word, text = draw.choice(ACTS)
        by, to = draw.choices(pairs, rarer)[0]
        told = text.format(to=STATES[to], town=draw.choice(towns), thing=draw.choice(things), n=draw.randint(2, 40))
        acts.append((draw.randrange(days), kind, word, by, to, f"{STATES[by]} {told}."))
    acts.sort(key=lambda a: a[0])
    tellings = sorted(((day + draw.choice((0, 0, 1, 2)), n) for n, (day, *_) in enumerate(acts) for _ in range(OUTLETS)))
    documents, found = [], []
    for at in range(0, len(tellings), PER_REPORT):
        group = tellings[at : at + PER_REPORT]
        told = [acts[n] for _, n in group]
        published = START + datetime.timedelta(days=group[-1][0])
        text = " ".join(a[5] for a in told)
        document = from_text(text, title=None, outlet=f"Outlet {draw.randrange(12)}", published=published.isoformat())
        documents.append(document)
        start = 0
        for (day, _), (_, kind, word, by, to, sentence) in zip(group, told, strict=True):
            spot = start + sentence.index(word)
            dated = draw.random() < 0.5
            found.append(
                Mention(
                    id=f"{document.id}.{spot:06d}", document=document.id, sentence=sentence, sentence_span=(start, start + len(sentence)),
                    trigger=word, trigger_span=(spot, spot + len(word)), type=kind, actors=(_state(by),), recipients=(_state(to),),
                    date=(START + datetime.timedelta(days=day)).isoformat() if dated else None, date_precision="day" if dated else None,
                )
            )  # fmt: skip
            start += len(sentence) + 1
    return documents, found


def _state(code: str) -> Actor:
    return Actor(STATES[code], None, code, code, None, STATES[code])


def measure(name: str, mentions: int, days: int) -> None:
    """One line: what all cost, what one more report costs."""
    documents, told = corpus(mentions, days)
    options = load_config().merging
    last = documents[-1].id
    before = [m for m in told if m.document != last]
    start = time.process_time()
    events = merge(before, documents[:-1], options)
    all_at_once = time.process_time() - start
    start = time.process_time()
    merge(told, documents, options, events)
    one_more = time.process_time() - start
    each = 1000 * all_at_once / len(told)
    print(f"{name:7} {len(told):7,} mentions in {days:4} days: {each:6.2f} ms a mention, {len(events):6,} events; "
          f"one more report {one_more:5.2f} s", flush=True)  # fmt: skip


def main() -> None:
    """Both ways of growing."""
    sizes = [int(a.replace(",", "")) for a in sys.argv[1:]] or [5_000, 20_000]
    for name in ("longer", "denser"):
        for size in sizes:
            measure(name, size, size // 300 if name == "longer" else 90)


if __name__ == "__main__":
    main()
