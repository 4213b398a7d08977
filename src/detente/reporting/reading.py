"""How a text was read, shown to a person: parse, attributions, triggers considered, mentions with their reasons."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from typing import IO, TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from ..records import Actor, Mention, as_dict

if TYPE_CHECKING:
    from ..coding import Attribution, Considered, Explanation
    from ..language import Sentence

_STATUS = {"happened": "green", "claimed": "yellow", "denied": "red", "planned": "cyan", "hypothetical": "magenta"}
_OUTCOME = {"coded": "green", "dropped": "red", "other": "dim", "no fit": "dim"}
_OUTCOME_SAID = {"other": "not taken"}
#: rules of ``because`` that say what made the status, and what filled a role
_OF_STATUS = ("scope:", "cited:", "denied:", "thought:", "status:")
#: alternatives of a trigger shown before '…'
_FEW = 4
_ALTERNATIVES = re.compile(r"[^\s{}|]+(?:\|[^\s{}|]+)+")


def explanation_row(e: Explanation) -> dict[str, Any]:
    """An explanation as JSON-ready values."""
    tokens = ("words", "lemmas", "tags", "deps", "heads", "starts", "ends")
    return {
        "sentences": [{"text": s.raw.text, **{name: getattr(s, name) for name in tokens}} for s in e.sentences],
        "attributions": [as_dict(a) for a in e.attributions],
        "considered": [dataclasses.asdict(c) for c in e.considered],
        "mentions": [as_dict(m) for m in e.mentions],
        "ties": [as_dict(t) for t in e.ties],
    }


def show_explanation(e: Explanation, stream: IO[str], every: bool = False) -> None:
    """Writes an explanation: in colour on a terminal (unless NO_COLOR is set), plain elsewhere. ``every``: triggers that do not fit too."""
    terminal = getattr(stream, "isatty", lambda: False)()
    console = Console(file=stream, width=None if terminal else 160, highlight=False)
    for s in e.sentences:
        console.print(Text(" ".join(s.raw.text.split()), style="bold"))
        console.print(_parse(s, e))
        _section(console, "Attributions", _attributions(e, s))
        tried = [c for c in e.considered if c.sentence == s.index]
        _section(console, "Triggers", _triggers([c for c in tried if every or c.outcome != "no fit"]))
        if not every:
            console.print(_unfit(tried))
        begin, end = e.document.to_original(s.raw.span)
        for m in e.mentions:
            if begin <= m.trigger_span[0] < end:
                _section(console, f"Mention {m.trigger!r}", _mention(m))
        console.print()
    coded, dropped = len(e.mentions), sum(c.outcome == "dropped" for c in e.considered)
    console.print(f"Mentions: {coded}. Triggers that fit and were dropped: {dropped}.")


def _section(console: Console, title: str, body: Table) -> None:
    console.print(Text(f"\n{title}", style="bold cyan"))
    if body.row_count:
        console.print(body)
    else:
        console.print("  none")


def _grid(*names: str) -> Table:
    table = Table(box=None, pad_edge=True, show_header=bool(names), header_style="dim")
    for name in names:
        table.add_column(name, overflow="fold")
    return table


# ---------------------------------------------------------------- parts
def _parse(s: Sentence, e: Explanation) -> Tree:
    """The dependency tree; words of coded triggers stand out."""
    coded = {c.token: c for c in e.considered if c.sentence == s.index and c.outcome in ("coded", "dropped")}
    tree = Tree(Text("parse: word, lemma, tag, dependency", style="dim"), guide_style="dim")
    roots = [i for i in range(len(s)) if s.heads[i] == i]
    stack: list[tuple[int, Tree]] = [(i, tree) for i in reversed(roots)]
    while stack:
        i, above = stack.pop()
        style = f"bold {_OUTCOME[coded[i].outcome]}" if i in coded else ""
        line = Text(s.words[i], style=style).append(f"  {s.lemmas[i]}  {s.tags[i]}  {s.deps[i]}", style="dim")
        branch = above.add(line)
        stack += [(c, branch) for c in reversed(s.children[i])]
    return tree


def _attributions(e: Explanation, s: Sentence) -> Table:
    table = _grid("source", "cue", "content", "")
    for a in e.attributions:
        if a.sentence == s.index:
            table.add_row(_words(e, a), *(Text(e.document.text[slice(*a.cue_span)]), Text(_content(e, a)), Text(a.kind, style="yellow")))
    return table


def _words(e: Explanation, a: Attribution) -> Text:
    return Text(e.document.text[slice(*a.source_span)]) if a.source_span else Text("nobody named", style="dim")


def _content(e: Explanation, a: Attribution) -> str:
    return " … ".join(e.document.text[start:end] for start, end in a.content)


def _triggers(considered: list[Considered]) -> Table:
    table = _grid("word", "codebook entry", "trigger", "", "why")
    for c in considered:
        said = Text(_OUTCOME_SAID.get(c.outcome, c.outcome), style=_OUTCOME[c.outcome])
        table.add_row(Text(c.word), Text(c.entry), Text(_short(c.trigger)), said, Text(_short(c.why)))
    return table


def _unfit(considered: list[Considered]) -> Text:
    """Words of the codebook none of whose surroundings are met, with how many triggers were tried."""
    tried = Counter((c.token, c.word) for c in considered if c.outcome == "no fit")
    words = ", ".join(f"{word} ({n})" for (_, word), n in tried.items())
    return Text(f"  triggers tried that do not fit (--all says why): {words}" if words else "", style="dim")


def _mention(m: Mention) -> Table:
    table = _grid()
    entry = next((b.partition(":")[2] for b in m.because if b.startswith("codebook:")), "")
    rules = [b for b in m.because if not b.startswith("codebook:")]
    status = Text(m.status, style=_STATUS[m.status]).append(
        f"  {m.certainty}, {m.polarity}, {m.tense}{', conditional' if m.conditional else ''}", style="dim"
    )
    cues = [r.removeprefix("scope:") for r in rules if r.startswith(_OF_STATUS)]
    rows: list[tuple[str, Text]] = [
        (
            "type",
            Text(f"{m.type}{'/' + m.mode if m.mode else ''}", style="bold").append(
                f"  CAMEO {m.cameo or '–'}, intensity {m.intensity}", style="dim"
            ),
        ),
        ("entry", Text(entry)),
        ("actors", _actors(m.actors, [r for r in rules if r.startswith("actor:") or r.endswith((":actor", ":parties"))])),
        ("recipients", _actors(m.recipients, [r for r in rules if r.startswith("recipient:") or r.endswith(":recipient")])),
        ("status", status.append(f"  because {'; '.join(cues)}" if cues else "")),
        ("sources", Text(" > ".join(source.text for source in m.sources) or "–")),
        ("date", Text(f"{m.date} ({m.date_precision})" if m.date else "–")),
        ("place", Text(f"{m.place.name or m.place.text}, {m.place.country or '–'}" if m.place else "–")),
        ("confidence", Text(str(m.confidence))),
    ]
    for name, value in rows:
        table.add_row(Text(name, style="dim"), value)
    return table


def _actors(actors: tuple[Actor, ...], rules: list[str]) -> Text:
    out = Text()
    for a in actors:
        if out:
            out.append("; ")
        out.append(a.text, style="bold").append(f" = {' '.join(dict.fromkeys(filter(None, (a.country, a.sector, a.id))))}")
    return out.append(f"  by {', '.join(rules)}", style="dim") if actors else Text("–")


def _short(text: str) -> str:
    """A trigger with its long lists of alternatives cut."""
    return _ALTERNATIVES.sub(lambda m: "|".join(m[0].split("|")[:_FEW]) + ("|…" if m[0].count("|") >= _FEW else ""), text)
