"""Questions that lead back to themselves have no answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, TypeVar

from ..language import Sentence

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
_Question = Callable[Concatenate[Any, Sentence, int, Asked], list[Answer]]


def once(question: _Question[Asked, Answer]) -> _Question[Asked, Answer]:
    """A method that is asked of a token; asked again of it while it is being answered ("who acts?" by way of "to whom?") it says nobody."""
    busy: set[tuple[int, int, int]] = set()

    def guarded(finder: Any, s: Sentence, i: int, /, *args: Asked.args, **kwargs: Asked.kwargs) -> list[Answer]:
        key = (id(finder), id(s), i)
        if key in busy:
            return []
        busy.add(key)
        try:
            return question(finder, s, i, *args, **kwargs)
        finally:
            busy.discard(key)

    update_wrapper(guarded, question)
    return guarded
