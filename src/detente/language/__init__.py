"""Sentences and their parse."""

from .parser import Parser
from .sentence import Sentence
from .split import RawSentence, sentence_spans, split

__all__ = ["Parser", "RawSentence", "Sentence", "sentence_spans", "split"]
