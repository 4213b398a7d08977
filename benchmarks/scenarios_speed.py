"""How long an answer takes: ``python benchmarks/scenarios_speed.py [EVENTS] [--folder DIR]``.

Makes a workspace of EVENTS (100,000) made-up acts as benchmarks/web_speed.py does, asks a question twice (methods learn at the first),
checks that both answers are the same, and asks one about another pair. Target: the later two under 20 seconds.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import web_speed

from detente.scenarios import what_if

QUESTIONS = {
    "first, methods learn": ("RUS SUPPORT AZE", ("RUS", "AZE")),
    "again, from what was learned": ("RUS SUPPORT AZE", ("RUS", "AZE")),
    "of another pair, from what was learned": ("TUR COERCE IRN", ("IRN", "USA")),
}
WEEKS, TARGET = 12, 20.0


def main() -> int:
    """Asks twice and prints the times."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("events", nargs="?", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "scenarios-speed")
    given = parser.parse_args()
    folder = given.folder / str(given.events)
    workspace = web_speed.make(folder, given.events)
    answers, taken = [], []
    for what, (question, pair) in QUESTIONS.items():
        clock, begun = time.perf_counter(), time.process_time()
        answers.append(what_if(workspace, question, pair, WEEKS).as_dict())
        taken.append(time.process_time() - begun)
        print(
            f"{given.events:,} events, {what}: {taken[-1]:.1f} s of processor, {time.perf_counter() - clock:.1f} s by the clock", flush=True
        )
    same = answers[0] == answers[1]
    met = max(taken[1:]) < TARGET
    print(f"the same answer twice: {'yes' if same else 'no'}; target under {TARGET:.0f} s: {'met' if met else 'missed'}")
    return 0 if same and met else 1


if __name__ == "__main__":
    sys.exit(main())
