"""Keyset paging: a cursor names the row it stands before or after, so that pages hold while rows are added."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from ..errors import WebError


def cursor(*key: Any, back: bool = False) -> str:
    """The key of a row as a token for an address; ``back``: the page before it is meant."""
    raw = json.dumps(["<" if back else ">", *key], ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def key_of(token: str | None, length: int) -> tuple[tuple[Any, ...] | None, bool]:
    """The key in a token and whether it looks back; ``(None, False)`` for no token. Raises H02 for one that is no cursor of ours."""
    if not token:
        return None, False
    try:
        way, *key = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, binascii.Error, TypeError, RecursionError):
        raise WebError("H02", cursor=token[:60]) from None
    if way not in ("<", ">") or len(key) != length or not all(k is None or isinstance(k, (str, int, float)) for k in key):
        raise WebError("H02", cursor=token[:60])
    return tuple(key), way == "<"
