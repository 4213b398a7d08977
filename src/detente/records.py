"""The records that flow through the house: frozen, typed, ready for JSON.

Every span is ``(start, end)``, half-open, in characters (Unicode code points). Spans of a :class:`Mention` point into
``Document.original``, the document as it was read; spans inside :class:`Document` say themselves into which text they point.
"""

from __future__ import annotations

import bisect
import dataclasses
from dataclasses import dataclass, field
from typing import Any, Literal

Span = tuple[int, int]

Status = Literal["happened", "claimed", "denied", "planned", "hypothetical"]
Certainty = Literal["certain", "probable", "possible"]
Polarity = Literal["positive", "negative"]
Tense = Literal["past", "present", "future"]
DatePrecision = Literal["day", "month", "year"]

STATUSES: tuple[Status, ...] = ("happened", "claimed", "denied", "planned", "hypothetical")

#: PLOVER 2021's sixteen event types, from most cooperative to most hostile.
TYPES: tuple[str, ...] = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT",
    "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip

#: Quad class of each type: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
QUADS: dict[str, int] = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1,
    "COOPERATE": 2, "AID": 2, "RETREAT": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
    "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip

#: ways in which a text itself tells what an act answers (:attr:`Event.answers_by`)
TOLD_ANSWERS: tuple[str, ...] = ("told", "named")

TIE_KINDS: tuple[str, ...] = ("member_of", "allied_with", "part_of", "controls", "agent_of", "leads", "rival_of")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters that the repaired text and the original share: ``length`` characters from ``text`` and from ``original``."""

    text: int
    original: int
    length: int


@dataclass(frozen=True, slots=True)
class Document:
    """One article, report or feed entry as read."""

    id: str  # publication day (or 00000000), then a hash of the content: sorts by time, same input = same id
    text: str  # repaired: what is parsed
    original: str  # as read (for HTML, PDF …: the main text as extracted): what spans of mentions point into
    pieces: tuple[Piece, ...]  # span map, ascending; what stands between two pieces was removed, added or replaced
    headings: tuple[Span, ...] = ()  # spans into `text`: title line, section headings, captions — not body sentences
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None  # ISO date: YYYY-MM-DD, or YYYY-MM or YYYY where no more is known
    published_from: str | None = None  # given | metadata | feed | header | url | text | file name | column
    published_sure: Certainty | None = None
    url: str | None = None
    path: str | None = None  # where it was read from; members of archives and tables as "file.zip!member", "file.csv#row"
    format: str = "txt"
    language: str | None = None
    repairs: tuple[str, ...] = ()  # what was mended, in words: "12 line-end hyphens", "3 run-in headings"

    def to_original(self, span: Span) -> Span:
        """The span of ``original`` that a span of ``text`` was read from (widened to what was replaced, where it lies in replaced text)."""
        start, end = span
        first = self._position(start, after=False)
        if end <= start:
            return first, first
        return first, max(first, self._position(end - 1, after=True))

    def from_original(self, span: Span) -> Span:
        """The span of ``text`` that was read from a span of ``original`` (empty where nothing of it was kept)."""
        start, end = span
        inside = [
            (p.text + max(start, p.original) - p.original, p.text + min(end, p.original + p.length) - p.original)
            for p in self.pieces
            if p.original < end and start < p.original + p.length
        ]
        return (inside[0][0], inside[-1][1]) if inside else (0, 0)

    def _position(self, at: int, after: bool) -> int:
        """Where the character ``at`` of ``text`` begins (``after``: ends) in ``original``."""
        k = bisect.bisect_right(self.pieces, at, key=lambda p: p.text) - 1
        piece = self.pieces[k] if k >= 0 else Piece(0, 0, 0)
        if at < piece.text + piece.length:
            return piece.original + at - piece.text + after
        if not after:
            return piece.original + piece.length
        return self.pieces[k + 1].original if k + 1 < len(self.pieces) else len(self.original)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that was not read, or not wholly: what, why, and what to do."""

    path: str
    code: str  # of errors.TABLE, e.g. "D03"
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone named in a mention: the words, and whom the directory takes them for."""

    text: str
    span: Span | None = None
    id: str | None = None  # directory id, or the name where the directory does not know it
    country: str | None = None  # ISO 3166-1 alpha-3
    sector: str | None = None  # PLOVER sector
    name: str | None = None  # canonical or fullest name

    @property
    def code(self) -> str:
        """Whom this actor counts for in a dyad: its country, else its id, else its words."""
        return self.country or self.id or self.name or self.text


@dataclass(frozen=True, slots=True)
class Source:
    """Who is cited for a mention."""

    text: str
    id: str | None = None
    span: Span | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event happened. Degrees, WGS 84."""

    text: str
    name: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonameid: int | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """What somebody says an act was like: 'ethnically motivated', 'deliberate', 'a provocation'."""

    text: str  # lower case, without article
    denied: bool  # said not to be so
    sources: tuple[Source, ...]  # outermost first; empty where the outlet says it in its own voice
    sentence: str
    sentence_span: Span


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in one sentence where an event is told."""

    id: str  # document id, dot, start of the trigger (six digits), letter where several share it
    document: str
    sentence: str
    sentence_span: Span
    trigger: str
    trigger_span: Span
    type: str
    mode: str | None = None
    cameo: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    status: Status = "happened"
    certainty: Certainty = "certain"
    polarity: Polarity = "positive"
    tense: Tense = "past"
    conditional: bool = False
    sources: tuple[Source, ...] = ()  # outermost first
    date: str | None = None
    date_precision: DatePrecision | None = None
    place: Place | None = None
    deaths: int | None = None
    injuries: int | None = None
    intensity: float | None = None  # conflict–cooperation scale, -10 … +10
    confidence: float | None = None  # 0 … 1
    qualities: tuple[Quality, ...] = ()
    responds: bool = False  # told as an answer to another act ("in response", "retaliated")
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """A lasting relation between two actors, with who says so."""

    id: str
    kind: str  # one of TIE_KINDS
    subject: Actor
    object: Actor
    start: str | None = None  # ISO date, inclusive
    end: str | None = None
    status: Status = "happened"  # as a mention's: `claimed` where only a cited source says so
    sources: tuple[Source, ...] = ()
    document: str | None = None  # None: from the directory
    sentence: str | None = None
    sentence_span: Span | None = None
    reference: str | None = None  # the directory entry's own source, for ties from the directory


@dataclass(frozen=True, slots=True)
class Event:
    """The act in the world: its merged mentions over documents and outlets."""

    id: str
    type: str
    mode: str | None
    actors: tuple[Actor, ...]  # spans are None here
    recipients: tuple[Actor, ...]
    status: Status
    contested: bool  # somebody asserts and somebody else denies it, or accounts of it differ
    date: str | None
    date_precision: DatePrecision | None
    mentions: tuple[str, ...]  # mention ids, by time told
    documents: tuple[str, ...]
    outlets: tuple[str, ...]
    origins: int  # independent outlets: near-copies of one text count once
    asserted_by: tuple[str, ...] = ()  # names: outlets (own voice) and cited sources
    denied_by: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()  # on what tellings differ: "deaths", "actors", "happened" …, or a quality: "quality:deliberate"
    qualities: tuple[Quality, ...] = ()  # all that its mentions report
    answers: str | None = None  # id of the event this one responds to
    answers_by: Literal["told", "named", "model"] | None = None  # called an answer; it names the act; the reversed dyad acted days before
    place: Place | None = None
    deaths: int | None = None
    injuries: int | None = None
    intensity: float | None = None
    confidence: float | None = None
    first_told: str | None = None  # ISO day
    last_told: str | None = None
    cohesion: float | None = None  # how likely two of its mentions tell one act, on the mean; None of a single one, or where it was judged
    label: str = ""  # trigger words of its best telling, for lists


@dataclass(frozen=True, slots=True)
class Judged:
    """Where a judged mention stands: enough to find it again after the document was coded anew."""

    mention: str
    document: str
    sentence_span: Span
    trigger_span: Span
    trigger: str
    type: str  # as it was coded when it was judged


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about mentions or events. Decisions are only added; one is taken back by another that undoes it."""

    id: str  # sorts by time
    when: str  # ISO 8601, UTC
    who: str
    kind: Literal["accept", "correct", "reject", "merge", "split", "undo"]
    target: tuple[Judged, ...]  # one mention; of merge all that become one event; of split those that leave it
    others: tuple[Judged, ...] = ()  # of split: the mentions that stay
    before: str | None = None  # JSON: {"mention": record as coded, "event": its event}, or {"events": {event: [mentions]}}
    after: str | None = None  # JSON: the judged fields as they shall be; null for reject, merge, split, undo
    note: str | None = None
    undoes: str | None = None  # of undo: the decision taken back


@dataclass(frozen=True, slots=True)
class Watch:
    """Somebody or a pair that somebody watches, or watches no longer. Rows are only added; the latest of a key counts."""

    id: str  # sorts by time
    when: str  # ISO 8601, UTC
    who: str
    kind: Literal["actor", "dyad"]
    key: str  # directory id, country code, or a name the directory does not know; of a dyad two of them in order: "AZE,RUS"
    watched: bool
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one speaker says of an event: one row a speaker and mention."""

    speaker: str
    speaker_id: str | None
    speaker_country: str | None
    through: tuple[str, ...]  # who relays the speaker, outermost first
    stance: Literal["asserts", "denies", "plans", "supposes"]
    mention: str
    event: str | None
    document: str


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One period of one dyad. Counts are null where nothing was read in the period and nothing is told of it, never zero."""

    actor: str
    recipient: str
    start: str  # first day of the period, ISO
    period: Literal["day", "week", "month"]
    documents_read: int  # documents published in the period
    events: int | None
    quad1: int | None
    quad2: int | None
    quad3: int | None
    quad4: int | None
    score: float | None  # mean intensity of the period's events; None where there are none
    balance: float | None  # sum of intensities
    types: tuple[tuple[str, int], ...] = ()
    outlets: tuple[tuple[str, int], ...] = ()
    event_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """One reading: what was given, what came of it, and with what."""

    id: str
    started: str  # ISO 8601, UTC
    finished: str | None
    version: str
    coder: str  # fingerprint of coder, codebook and directory
    config: str  # the whole configuration, TOML
    given: int = 0
    read: int = 0
    refused: int = 0
    known: int = 0  # given again, already in the workspace
    mentions: int = 0
    refusals: tuple[Refusal, ...] = ()
    not_coded: tuple[str, ...] = field(default=())  # ids of documents in which nothing was coded


def as_dict(record: Any) -> dict[str, Any]:
    """A record as plain JSON-ready values (tuples become lists)."""

    def plain(value: Any) -> Any:
        if dataclasses.is_dataclass(value):
            return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
        if isinstance(value, (tuple, list)):
            return [plain(v) for v in value]
        return value

    result: dict[str, Any] = plain(record)
    return result
