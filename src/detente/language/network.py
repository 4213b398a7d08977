"""The model's network run for throughput: the same layers and weights as spaCy runs, with less work around them.

Three things cost spaCy's own way more than the arithmetic does. The first layers see nothing but a word's form, so they are worked out
once a form and remembered. The transitions of the dependency parser are taken for all sentences of a batch at once by array operations:
compiled, each state takes and gives back the interpreter's lock for each of its features. And tags are read off the scores instead of
being written to the document and asked back. The layers between are computed on whole arrays that are laid out for it.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

#: word forms remembered at most; past that they are forgotten and learnt anew (96 numbers each: 25 MB)
_FORMS = 65_536
#: what makes a form: its text, the norm that tokenisation gave it, whether a blank follows
_FORM = ("ORTH", "NORM", "SPACY")
_MIX = np.array([1, 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], dtype=np.uint64)


class _Layer:
    """A window of three rows, maxout, layer normalisation; the pieces of the maxout lie apart, so that whole arrays are compared."""

    def __init__(self, chain: Any) -> None:
        maxout, normal = chain.layers[1].layers[0].layers
        weights, bias = maxout.get_param("W"), maxout.get_param("b")  # outputs, pieces, inputs; outputs, pieces
        self._weights = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(weights.shape[2], -1))
        self._bias = np.ascontiguousarray(bias.T.reshape(-1))
        self._pieces = bias.shape[1]
        self._scale, self._shift = normal.get_param("G"), normal.get_param("b")

    def __call__(self, rows: Floats) -> Floats:
        width = rows.shape[1]
        window = np.zeros((len(rows), 3 * width), dtype=np.float32)
        window[1:, :width] = rows[:-1]
        window[:, width : 2 * width] = rows
        window[:-1, 2 * width :] = rows[1:]
        pieces = window @ self._weights
        pieces += self._bias
        best: Floats = pieces[:, :width]
        for k in range(1, self._pieces):
            best = np.maximum(best, pieces[:, k * width : (k + 1) * width])
        best -= best.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", best, best) / np.float32(width) + np.float32(1e-8)
        best *= (spread**-0.5)[:, None]
        best *= self._scale
        best += self._shift
        return best


class Network:
    """Vectors, tags and dependencies of token sequences by a loaded spaCy pipeline with ``tok2vec``, ``tagger`` and ``parser``."""

    def __init__(self, pipeline: Any) -> None:
        from spacy.ml.parser_model import ParserStepModel

        self._parser = pipeline.get_pipe("parser")
        self._vectors = pipeline.vocab.vectors
        embed, encode = pipeline.get_pipe("tok2vec").model.layers
        self._pad = encode.attrs["pad"]
        self._layers = [_Layer(residual.layers[0]) for residual in encode.layers[0].layers]
        both, mix, _ = embed.layers  # hashed features and static vectors; their mixture; back to one array a document
        features, static = both.layers
        extract, _, hashed = features.layers
        self._columns = extract.attrs["columns"]
        self._hashed = hashed.layers[0]
        self._mixed = mix.layers[0]
        self._static = static.get_param("W")
        softmax = pipeline.get_pipe("tagger").model.layers[-1].layers[0]
        self._tag_weights, self._tag_bias = np.ascontiguousarray(softmax.get_param("W").T), softmax.get_param("b")
        self._tags = pipeline.get_pipe("tagger").labels
        step = self._parser.model
        self._project = step.layers[0].layers[-1]
        lower, upper = step.layers[1:]
        weights = lower.get_param("W")  # features, hidden units, pieces, inputs
        self._features = weights.shape[0]
        self._lower = np.ascontiguousarray(weights.reshape(-1, weights.shape[-1]).T)
        self._lower_bias = lower.get_param("b").reshape(-1)
        self._padding = lower.get_param("pad").reshape(self._features, -1)
        self._upper, self._upper_bias = np.ascontiguousarray(upper.get_param("W").T), upper.get_param("b")
        self._offsets = np.arange(self._features, 2 * self._features, dtype=np.int32)
        self._context = ParserStepModel.get_token_ids
        self._shape = SimpleNamespace(state2vec=SimpleNamespace(nF=self._features))
        self._ops = step.ops
        self._lock = threading.Lock()
        self._rows: dict[int, int] = {}
        self._forms: Floats = np.empty((4096, self._static.shape[0]), dtype=np.float32)

    def annotate(self, docs: Sequence[Any]) -> list[list[str]]:
        """Parses spaCy documents in place; the Penn tags of each one's tokens."""
        lengths = [len(doc) for doc in docs]
        if not any(lengths):
            return [[] for _ in docs]
        tokens = self._encode(self._embed(docs), lengths)
        ends = np.cumsum(lengths)
        best = (tokens @ self._tag_weights + self._tag_bias).argmax(axis=1).tolist()
        self._parse(docs, tokens)
        names = self._tags
        return [[names[k] for k in best[end - n : end]] for n, end in zip(lengths, ends.tolist(), strict=True)]

    def _encode(self, embedded: Floats, lengths: Sequence[int]) -> Floats:
        """Each token with its neighbours taken in: convolutions over all documents, with empty rows between them."""
        document = np.repeat(np.arange(1, len(lengths) + 1), lengths)
        where = np.arange(len(embedded)) + self._pad * document
        rows = np.zeros((len(embedded) + self._pad * (len(lengths) + 1), embedded.shape[1]), dtype=np.float32)
        rows[where] = embedded
        for layer in self._layers:
            rows += layer(rows)
        told: Floats = rows[where]
        return told

    # ------------------------------------------------------------ word forms
    def _embed(self, docs: Sequence[Any]) -> Floats:
        """What the model knows of each token before it sees its neighbours, row by row over all documents."""
        keys = np.concatenate([doc.to_array(_FORM) for doc in docs])
        forms: list[int] = (keys * _MIX).sum(axis=1, dtype=np.uint64).tolist()
        with self._lock:
            unknown = {f for f in forms if f not in self._rows}
            if unknown:
                if len(self._rows) + len(unknown) > _FORMS:
                    self._rows.clear()
                    unknown = set(forms)
                self._learn(docs, forms, unknown)
            known: Floats = self._forms[[self._rows[f] for f in forms]]
            return known

    def _learn(self, docs: Sequence[Any], forms: list[int], unknown: set[int]) -> None:
        first: dict[int, int] = {}
        at, features, words = 0, [], []
        for doc in docs:
            new = []
            for n, form in enumerate(forms[at : at + len(doc)]):
                if form in unknown and form not in first:
                    first[form] = at + n
                    new.append(n)
            if new:
                features.append(doc.to_array(self._columns)[new])
                words.append(doc.to_array("ORTH")[new])
            at += len(doc)
        rows = self._vectors.find(keys=np.concatenate(words))
        static = self._vectors.data[rows] @ self._static.T
        static[rows < 0] = 0
        learnt = self._mixed.predict(np.hstack([self._hashed.predict(np.concatenate(features).astype(np.uint64)), static]))
        begin = len(self._rows)
        while begin + len(first) > len(self._forms):
            self._forms = np.concatenate([self._forms, np.empty_like(self._forms)])
        self._forms[begin : begin + len(first)] = learnt
        self._rows.update(zip(first, range(begin, begin + len(first)), strict=True))

    # ------------------------------------------------------------ dependencies
    def _parse(self, docs: Sequence[Any], tokens: Floats) -> None:
        """The greedy transition parse (spaCy's arc-eager system) of all documents in step."""
        states = self._parser.moves.init_batch(docs)
        table = np.empty(((len(tokens) + 1) * self._features, self._lower.shape[1] // self._features), dtype=np.float32)
        table[: self._features] = self._padding
        np.matmul(self._project.predict(tokens), self._lower, out=table[self._features :].reshape(len(tokens), -1))
        going = [state for state in states if not state.is_final()]
        while going:
            read = self._context(self._shape, going)  # (state, feature) -> token, -1 for none
            read *= self._features
            read += self._offsets
            summed = self._ops.gather_add(table, read.view(np.uint32))
            summed += self._lower_bias
            scores = np.maximum(summed[:, ::2], summed[:, 1::2]) @ self._upper
            scores += self._upper_bias
            going = self._parser.transition_states(going, scores)
        self._parser.set_annotations(docs, states)
