"""Everything read and coded, in one folder."""

from .query import sql
from .store import Workspace, select

__all__ = ["Workspace", "select", "sql"]
