"""The coder: a document in, its mentions, ties and attributions out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..config import CodingOptions, load_config
from ..knowledge import Codebook, Directory, load_codebook, load_directory
from ..knowledge.lexicon import load_lexicon
from ..language import Parser, Sentence
from ..records import Certainty, Document, Mention, Polarity, Span, Tense, Tie
from .citing import Attribution, attributions, chain_at
from .reading import Coded, Reading
from .status import ScopeReader
from .trace import Explanation, Trace
from .triggers import TriggerFinder
from .uncollected import uncollected

#: sentences read with one memory; what is told further back than that is recalled by nobody
_PART = 300
#: the same sentence stands in a document oftener than this only where a page or a transcript repeats itself: it tells nothing new
_REPEATS = 20


@dataclass(frozen=True, slots=True)
class Judgement:
    """How sure, whether, when and on what condition a word's event happened."""

    certainty: Certainty
    polarity: Polarity
    tense: Tense
    conditional: bool


class Coder:
    """Reads documents by a directory and a codebook. Making one loads the language model."""

    def __init__(
        self,
        directory: Directory | None = None,
        codebook: Codebook | None = None,
        parser: Parser | None = None,
        options: CodingOptions | None = None,
    ) -> None:
        self.directory = directory or load_directory()
        self.codebook = codebook or load_codebook()
        self.parser = parser or Parser()
        self.options = options or load_config().coding
        self.finder = TriggerFinder(self.codebook)
        self.scopes = ScopeReader()
        self.reporting = load_lexicon("reporting")

    def sentences(self, document: Document) -> list[Sentence]:
        """The parsed body sentences of a document; headings are left out."""
        return [s for part in self._parts(document) for s in part]

    def _parts(self, document: Document, headings: bool = False) -> Iterator[list[Sentence]]:
        """The parsed body sentences in parts of bounded length, each ending with a paragraph where there are any."""
        wanted = [(n, raw) for n, raw in enumerate(self.parser.split(document)) if headings or not raw.heading]
        told: Counter[str] = Counter()
        repeated = set()
        for n, raw in wanted:
            told[raw.text] += 1
            if told[raw.text] > _REPEATS:
                repeated.add(n)
        wanted = [pair for pair in wanted if pair[0] not in repeated]
        begin = 0
        while begin < len(wanted):
            end = min(begin + _PART, len(wanted))
            while end < len(wanted) and end < begin + 2 * _PART and wanted[end][1].paragraph == wanted[end - 1][1].paragraph:
                end += 1
            yield self.parser.parse([raw for _, raw in wanted[begin:end]], [n for n, _ in wanted[begin:end]])
            begin = end

    def code(self, document: Document) -> Coded:
        """All mentions and ties of one document, in text order; a very long one is read part by part."""
        with uncollected():
            return self._code(document)

    def _code(self, document: Document) -> Coded:
        mentions: list[Mention] = []
        ties: dict[str, Tie] = {}
        context = None
        named = self.directory.find(document.text)
        for sentences in self._parts(document):
            reading = Reading(self, document, sentences, named, dates_context=context)
            coded = reading.coded()
            mentions += coded.mentions
            ties |= {t.id: t for t in coded.ties}
            context = reading.dates_context
        return Coded(document.id, tuple(mentions), tuple(ties.values()))

    def explain(self, document: Document) -> Explanation:
        """How a document was read: its parse, attributions, every trigger considered and why it was coded or not, and the mentions."""
        trace = Trace(self.finder)
        reading = Reading(self, document, self.sentences(document), self.directory.find(document.text), trace)
        coded = reading.coded()
        return Explanation(document, tuple(reading.sentences), tuple(reading.attributions), trace.considered, coded.mentions, coded.ties)

    def attributions(self, document: Document) -> list[Attribution]:
        """Who is cited for which words, in headings too. Spans point into ``Document.text``."""
        return [a for part in self._parts(document, headings=True) for a in attributions(part, document.text)]

    def judge(self, document: Document, spans: Sequence[Span]) -> list[Judgement | None]:
        """Certainty, polarity, tense and condition of given words (spans into ``Document.original``); None where no sentence has one."""
        raws = list(enumerate(self.parser.split(document)))
        sentences = self.parser.parse([raw for _, raw in raws], [n for n, _ in raws])  # a heading tells events too
        cited = [a for a in attributions([s for s in sentences if not s.raw.heading], document.text) if not a.stance]
        out: list[Judgement | None] = []
        for span in spans:
            place = next(
                ((s, k) for s in sentences for k in range(len(s)) if _meets(document.to_original((s.starts[k], s.ends[k])), span)), None
            )
            if place is None:
                out.append(None)
                continue
            s, k = place
            scope = self.scopes.read(s, k)
            chain = chain_at(cited, s.starts[k], s.index, k)
            denied = scope.negated or (bool(chain) and chain[-1].denies)
            out.append(Judgement(scope.certainty, "negative" if denied else "positive", scope.tense, scope.conditional))
        return out


def _meets(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
