"""The methods, each in its file with one interface (:class:`~.base.Method`)."""

from .analogues import Analogues
from .answering import Answering
from .base import Answer, CannotAnswer, Method, Question
from .reciprocity import Var

METHODS: tuple[Method, ...] = (Analogues(), Var(), Answering())

__all__ = ["METHODS", "Answer", "CannotAnswer", "Method", "Question"]
