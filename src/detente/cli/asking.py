"""Commands that ask one question of a text, no workspace: attributions, places, actor, status."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .app import (
    NOTHING_CODED,
    SOME_REFUSED,
    ConfigOption,
    DirectoryOption,
    Format,
    FormatOption,
    LimitOption,
    OutputOption,
    app,
    configuration,
    say,
    show,
)
from .given import documents_given, name_of, readable, spans_given

PathsArgument = Annotated[list[str], typer.Argument(help="Files and folders, or - for a text on standard input.")]
PublishedOption = Annotated[str | None, typer.Option(help="Date of the text, where it does not say.")]


def _ended(rows: list[Any], refused: list[Any]) -> int:
    return SOME_REFUSED if refused else 0 if rows else NOTHING_CODED


@app.command()
def attributions(
    paths: PathsArgument,
    config: ConfigOption = None,
    directory: DirectoryOption = None,
    limit: LimitOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """List who is cited for which words: source, cue and content, with offsets into the text as read.

    Content in several pieces is joined by " … "; its spans are START:END, joined by blanks. The kind is quoted, said, thought, denied,
    withheld (told not to say so: "has not confirmed that"), or stance: wanted, planned, asked, praised or blamed, without a claim that it
    is so. What is told in another's words is marked as inner.

    detente attributions article.txt

    detente attributions reports/ --format jsonl
    """
    from ..pipeline import make_coder
    from ..reporting.tables import attribution_row

    options = configuration(config, None, directory)
    coder, refused = make_coder(options), []  # type: ignore[var-annotated]
    rows = [
        attribution_row(a, document, name_of(document))
        for document in readable(documents_given(paths, None, options), refused)
        for a in coder.attributions(document)
    ]
    show(rows, format, output, limit)
    return _ended(rows, refused)


@app.command()
def places(
    paths: PathsArgument,
    config: ConfigOption = None,
    limit: LimitOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """List the places that texts name, each resolved: where it lies, its country and its GeoNames id.

    All files of a call are read together: those of one outlet help each other.

    detente places article.txt

    echo "Floods hit Paris, Texas." | detente places - --format csv
    """
    from ..coding import find_places
    from ..language import Parser
    from ..reporting.tables import place_row

    options = configuration(config)
    refused: list[Any] = []
    read = list(readable(documents_given(paths, None, options), refused))
    found = find_places(read, Parser(options.language)) if read else []
    rows = [place_row(p, document, name_of(document)) for document, named in zip(read, found, strict=True) for p in named]
    show(rows, format, output, limit)
    return _ended(rows, refused)


@app.command()
def actor(
    phrase: Annotated[str, typer.Argument(help="A noun phrase: 'Kremlin spokesman Dmitry Peskov'.")],
    date: Annotated[str | None, typer.Option(help="At this date, YYYY-MM-DD; today where none is given.")] = None,
    context: Annotated[str | None, typer.Option(help="The sentence it is taken from.")] = None,
    directory: DirectoryOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """Say who a phrase stands for: country, sector and identity; one line for each where it names several.

    detente actor "the US president" --date 2015-03-01

    detente actor "French and German ministers"
    """
    from ..errors import UsageError
    from ..knowledge import load_directory
    from ..reporting.tables import resolved_row

    if date is not None and not _is_date(date):
        raise UsageError("C02", what=date, wanted="a date", hint="Write it as YYYY-MM-DD, YYYY-MM or YYYY.")
    known = load_directory(configuration(None, None, directory).knowledge.directory)
    found = known.resolve_all(phrase, date, context)
    rows = [resolved_row(text, r) for text, r in found]
    show(rows, format, output, None)
    if all(r.via == "none" for _, r in found):
        say(f"Nobody known is named by {phrase!r}.")
        return NOTHING_CODED
    return 0


def _is_date(text: str) -> bool:
    import datetime

    try:
        datetime.date.fromisoformat(text + "-01-01"[{4: 0, 7: 3}.get(len(text), 6) :])
    except ValueError:
        return False
    return True


@app.command()
def status(
    path: Annotated[str, typer.Argument(metavar="FILE", help="A file, or - for a text on standard input.")],
    spans: Annotated[list[str], typer.Option("--spans", "-s", help="START:END of a word, or a file of such; may be given again.")],
    config: ConfigOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """Say of given words how sure it is that what they name happened: certainty, polarity, tense, condition.

    Offsets count characters of the text as read. A file of spans has one a line: START:END, [START, END] or {"span": [START, END]}.

    detente status article.txt --spans 104:112 --spans 230:238

    detente status article.txt --spans words.jsonl --format csv
    """
    from ..pipeline import make_coder
    from ..reporting.tables import judgement_row

    wanted = spans_given(spans)
    options = configuration(config)
    refused: list[Any] = []
    rows = []
    for document in readable(documents_given([path], None, options), refused):
        judged = make_coder(options).judge(document, wanted)
        rows += [judgement_row(span, judgement, document, name_of(document)) for span, judgement in zip(wanted, judged, strict=True)]
    for row in rows:
        if row["certainty"] is None:
            say(f"No sentence of {row['document']} has a word at {row['start']}:{row['end']}.")
    show(rows, format, output, None)
    return _ended([r for r in rows if r["certainty"] is not None], refused)
