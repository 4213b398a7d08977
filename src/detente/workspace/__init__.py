"""Everything read and coded, in one folder."""

from .chronology import FACETS, Chronology, Found, Wanted
from .query import sql
from .review import precision, queue
from .snapshot import Current, Snapshot
from .store import Workspace, select

__all__ = ["FACETS", "Chronology", "Current", "Found", "Snapshot", "Wanted", "Workspace", "precision", "queue", "select", "sql"]
