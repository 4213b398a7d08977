"""From what a reader of a format found to a :class:`~detente.records.Document`: mending, metadata, headings, identity."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from ..config import DocumentsOptions, load_config
from ..errors import TABLE, DocumentError
from ..records import Certainty, Document, Span
from . import dates, front, languages, markdown, repair
from .repair import standing
from .repair.mapped import Mapped
from .tables import table


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of publication as written, where it was found and how sure it is."""

    value: str
    origin: str  # given | metadata | feed | header | url | text | file name | column
    sure: Certainty = "certain"
    day_first: bool | None = None


@dataclass(frozen=True, slots=True)
class Raw:
    """What a reader found: the main text and what the format says about it."""

    text: str
    format: str = "txt"
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    dates: tuple[Dated, ...] = ()  # most trusted first
    headings: tuple[Span, ...] = ()  # spans of `text` that the format marks as headings
    given: bool = False  # the fields above come from the user or a table: they go before what the text says of itself
    paragraphs: bool = False  # lines are paragraphs for certain
    wrapped: bool = False  # lines are lines of a page for certain
    notes: tuple[str, ...] = ()


@functools.cache
def default_options() -> DocumentsOptions:
    return load_config().documents


def from_text(
    text: str,
    *,
    title: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    published: str | None = None,
    published_from: str = "given",
    url: str | None = None,
    path: str | None = None,
    options: DocumentsOptions | None = None,
) -> Document:
    """A document from a text at hand, mended, with what is not given read from the text's head where it stands there.

    ``published`` is an ISO date or any usual form of one; one that is no date or lies in the future is named in ``repairs`` and not
    taken. ``options``: None takes the defaults. Raises :class:`~detente.errors.DocumentError` D02 for a text without words.
    """
    dated = (Dated(published, published_from),) if published else ()
    raw = Raw(text, title=title, outlet=outlet, author=author, url=url, dates=dated, given=True)
    return build(raw, path, options or default_options())


def note(code: str, /, **facts: object) -> str:
    """A coded remark for ``Document.repairs``: something was wrong, and the document is read nonetheless."""
    return f"[{code}] {TABLE[code][0].format(**facts)}"


def build(raw: Raw, path: str | None, options: DocumentsOptions) -> Document:
    """Mend ``raw`` and settle its metadata. Raises D02 for a text without a letter or digit."""
    original = _SURROGATE.sub("\ufffd", raw.text)
    notes = list(raw.notes)
    mapped = Mapped.of(original)
    if len(original) > options.max_document_chars:
        cut = _cut(original, options.max_document_chars)
        mapped = mapped.edit([(cut, len(original), "")])
        notes.append(note("D19", characters=f"{len(original):,}", kept=f"{cut:,}"))
    head = front.read(original[:20_000])
    mapped = mapped.edit([(0, head.end, "")] if head.end else [])
    marked = tuple(raw.headings)
    if raw.format == "md":
        mapped, found = markdown.plain(mapped)
        marked += found
    language = languages.language_of(mapped.text)
    mended = repair.mend(
        mapped,
        paragraphs=raw.paragraphs,
        wrapped=raw.wrapped,
        english=language in ("en", None),
        join_words=options.mend_hyphens,
        part_headings=options.mend_headings and language in ("en", None),
        title=_clean(raw.title),
    )
    mapped = mended.mapped
    if not any(c.isalnum() for c in mapped.text):
        raise DocumentError("D02")
    notes += mended.repairs

    def settle(name: str, noted: str | None) -> str | None:
        """What stands labelled at the text's head goes before what a program noted, after what the user gave."""
        labelled = head.fields.get(name)
        return _clean(noted if raw.given else labelled) or _clean(labelled if raw.given else noted)

    title, outlet, author = settle("title", raw.title), settle("outlet", raw.outlet), settle("author", raw.author)
    url = settle("url", raw.url)
    lines = [line for line in mapped.text[:3000].split("\n") if line]
    if not title and len(lines) > 1 and standing.is_heading(lines[0]) and not standing.is_furniture(lines[0]):
        title = lines[0]
    author = author or front.byline(lines)
    imprint = front.imprint(lines)
    if imprint:
        outlet = outlet or imprint.outlet

    labelled = [Dated(head.fields["published"], "text")] if "published" in head.fields else []
    candidates = [*raw.dates, *labelled] if raw.given else [*labelled, *raw.dates]
    candidates += _found_dates(url, path, lines, imprint.date if imprint else None)
    published, origin, sure = _published(candidates, options.latest, notes)

    year = int(published[:4]) if published else None
    line = front.dateline(mapped.text, year=year, latest=options.latest)
    headings = list(mended.headings)
    if line:
        outlet = outlet or line.outlet
        if line.date and (published is None or (len(published) < 10 and line.date.startswith(published))):
            if dates.is_future(line.date, options.latest):
                notes.append(note("D18", date=line.date))
            else:
                published, origin, sure = line.date, "text", "possible" if line.inferred else "probable"
        mapped, parted = repair.set_apart(mapped, [line.span], tuple(headings))
        headings = list(parted)
    if imprint and (at := mapped.text.find(imprint.line)) >= 0:
        headings.append((at, at + len(imprint.line)))
    headings += (s for h in marked if (s := _trim(mapped.text, mapped.forward(h))))
    headings += standing.find(mapped.text, tuple(t for t in (title, raw.title, head.fields.get("title")) if t))
    return Document(
        id=identify(original, title, outlet, published),
        text=mapped.text,
        original=original,
        pieces=mapped.pieces,
        headings=_disjoint(headings),
        title=title,
        outlet=outlet,
        author=author,
        published=published,
        published_from=origin,
        published_sure=sure,
        url=url,
        path=path,
        format=raw.format,
        language=language,
        repairs=tuple(notes),
    )


def identify(original: str, title: str | None, outlet: str | None, published: str | None) -> str:
    """The publication day (eight digits, zeros for what is not known), a dash, and twelve hexadecimal digits of the content's hash."""
    content = hashlib.blake2b("\x1f".join((original, title or "", outlet or "", published or "")).encode())
    return f"{(published or '').replace('-', '').ljust(8, '0')}-{content.hexdigest()[:12]}"


def _found_dates(url: str | None, path: str | None, lines: list[str], printed: str | None) -> list[Dated]:
    found = []
    if url and (value := dates.in_url(url)):
        found.append(Dated(value, "url", "probable"))
    if value := printed or front.date_line(lines):
        found.append(Dated(value, "text", "probable"))
    if path:
        name = PurePath(path.replace("!", "/").split("#")[0]).name
        if value := dates.in_name(name):
            found.append(Dated(value, "file name", "probable"))
    return found


def _published(candidates: Iterable[Dated], latest: str, notes: list[str]) -> tuple[str | None, str | None, Certainty | None]:
    """The first candidate that is a date and no future one.

    One that is only possible, or vaguer than a later candidate that agrees with it, gives way to the later one.
    """
    best: tuple[str, str, Certainty] | None = None
    for dated in candidates:
        value = dates.parse(dated.value, day_first=dated.day_first)
        if value is None:
            notes.append(note("D20", date=" ".join(dated.value.split())[:60]))
        elif dates.is_future(value, latest):
            notes.append(note("D18", date=value))
        elif best is None or _is_better(value, dated.sure, best):
            best = (value, dated.origin, dated.sure)
        if best and len(best[0]) == 10 and best[2] != "possible":
            break
    return best or (None, None, None)


def _is_better(value: str, sure: Certainty, best: tuple[str, str, Certainty]) -> bool:
    return (best[2] == "possible" and sure != "possible") or (len(value) > len(best[0]) and value.startswith(best[0]))


_SURROGATE = re.compile("[\ud800-\udfff]")  # halves of characters, which JSON can hold and no file
_MARKUP = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?-->|</?[a-z!][^<>]{0,500}>", re.IGNORECASE | re.DOTALL)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\s]+")


@functools.cache
def _no_titles() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in table("fields")["no_titles"]), re.IGNORECASE)


def _clean(value: str | None) -> str | None:
    """A field of metadata as one plain line: no markup, no scripts, no control characters; None for one that says nothing."""
    if not value:
        return None
    value = _SURROGATE.sub("\ufffd", value)
    plain = " ".join(_UNSEEN.sub(" ", _MARKUP.sub(" ", value[:4000])).split())[:500].strip()
    return None if not plain or _no_titles().fullmatch(plain) else plain


def _cut(text: str, most: int) -> int:
    """Where to cut a text that is too long: the last line end or blank before ``most``, if it is near."""
    for mark in ("\n", " "):
        at = text.rfind(mark, max(0, most - 5000), most)
        if at > 0:
            return at
    return most


def _trim(text: str, span: Span) -> Span | None:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None


def _disjoint(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Ascending, without one that lies in another or overlaps an earlier one."""
    kept: list[Span] = []
    for start, end in sorted(set(spans), key=lambda s: (s[0], -s[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)
