"""E-mail messages (.eml): the plain text, else the HTML; date, sender and subject from the header."""

from __future__ import annotations

import email
import email.utils
from email.message import EmailMessage
from email.policy import default

from ...errors import DocumentError
from ..building import Dated, Raw
from . import html
from . import text as texts


def read(data: bytes) -> Raw:
    """Raises D07 where there is no header at all, D09 where no part is text. Attachments are counted, not read."""
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    if not message.keys():
        raise DocumentError("D07", format="message", why="it has no header")
    body = ""
    notes: tuple[str, ...] = ()
    for wanted in ("plain", "html"):
        part = _part(message, wanted)
        if part is None:
            continue
        body, notes = _content(part)
        if wanted == "html":
            body = html.plain(body)
        if body.strip():
            break
    if not body.strip():
        raise DocumentError("D09", format="message", why="no part of it is text")
    attached = sum(1 for part in message.walk() if part.get_content_disposition() == "attachment")
    sender, address = email.utils.parseaddr(_header(message, "From") or "")
    date = _header(message, "Date")
    return Raw(
        body,
        "eml",
        title=_header(message, "Subject"),
        outlet=sender or address.partition("@")[2] or None,
        url=_header(message, "Archived-At"),
        dates=(Dated(date, "header"),) if date else (),
        notes=(*notes, *([f"{attached} attachments not read"] if attached else [])),
    )


def _part(message: EmailMessage, wanted: str) -> EmailMessage | None:
    try:
        found = message.get_body(preferencelist=(wanted,))
    except (AttributeError, KeyError, ValueError):  # what the library raises on broken multiparts
        found = None
    if isinstance(found, EmailMessage):
        return found
    for part in message.walk():
        if part.get_content_type() == f"text/{wanted}" and isinstance(part, EmailMessage):
            return part
    return None


def _content(part: EmailMessage) -> tuple[str, tuple[str, ...]]:
    payload = part.get_payload(decode=True)
    if isinstance(payload, bytes):
        return texts.decode(payload, part.get_content_charset())
    return str(part.get_payload()), ()


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message[name]
    except Exception:  # the header parser of the standard library raises several kinds on malformed values
        value = dict(message.raw_items()).get(name)
    return str(value).strip() or None if value is not None else None
