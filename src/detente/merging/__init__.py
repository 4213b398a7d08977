"""The same act told twice is one event."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .again import regroup
    from .claims import claims_of
    from .copies import origins
    from .events import merge
    from .fingerprint import fingerprint
    from .given import group_words
    from .links import Links
    from .responses import answers_to, chain
    from .running import Story, running_stories
    from .storylines import stories
else:
    from ..lazy import door

    __getattr__ = door(
        __name__,
        {
            "Links": "links",
            "answers_to": "responses",
            "chain": "responses",
            "claims_of": "claims",
            "fingerprint": "fingerprint",
            "group_words": "given",
            "merge": "events",
            "origins": "copies",
            "regroup": "again",
            "Story": "running",
            "running_stories": "running",
            "stories": "storylines",
        },
    )

__all__ = [
    "Links",
    "Story",
    "answers_to",
    "chain",
    "claims_of",
    "fingerprint",
    "group_words",
    "merge",
    "origins",
    "regroup",
    "running_stories",
    "stories",
]
