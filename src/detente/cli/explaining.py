"""The command that shows how a sentence is read: explain."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from .app import NOTHING_CODED, CodebookOption, ConfigOption, DirectoryOption, app, configuration, say


@app.command()
def explain(
    sentence: Annotated[str, typer.Argument(help="A sentence or a short text, or - for one on standard input.")],
    published: Annotated[str | None, typer.Option(help="Date of the text: what 'on Monday' counts from, who was in office.")] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Also list every codebook trigger that does not fit, with the slot it lacks.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The same as one JSON object.")] = False,
    config: ConfigOption = None,
    codebook: CodebookOption = None,
    directory: DirectoryOption = None,
) -> int:
    """Show how a sentence is read: parse, attributions, triggers, roles, status, date, and why a trigger is not coded.

    detente explain "Kyiv denied that it might have shelled Russian towns." --published 2025-07-02

    detente explain "Police in Baku raided the office." --all
    """
    from ..documents import from_text
    from ..pipeline import make_coder
    from ..reporting.reading import explanation_row, show_explanation

    options = configuration(config, codebook, directory)
    text = sys.stdin.read() if sentence == "-" else sentence
    told = make_coder(options).explain(from_text(text, published=published, options=options.documents))
    if as_json:
        print(json.dumps(explanation_row(told), ensure_ascii=False))
    else:
        show_explanation(told, sys.stdout, every)
    if not told.sentences:
        say("No sentence: the text is read as a heading.")
    return 0 if told.mentions else NOTHING_CODED
