"""What every request works at: the workspace as it stands, with its configuration."""

from __future__ import annotations

import threading
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from ..config import Config
from ..reporting.pages.materials import Materials
from ..workspace import Current, Snapshot, Wanted, Workspace
from ..workspace.asking import Asker
from .intake import Intake
from .options import ServeOptions
from .slow import Slow


class Desk:
    """The workspace that is served. One for the application; ``now`` is asked by each request."""

    def __init__(self, workspace: Workspace, config: Config, options: ServeOptions) -> None:
        self.workspace = workspace
        self.config = config
        self.options = options
        self.asker = Asker(workspace)
        self.intake = Intake(workspace, config)
        self._current = Current(workspace)
        self.slow = Slow()

    @property
    def name(self) -> str:
        """What the workspace is called on pages: its folder's name."""
        return self.workspace.folder.absolute().name

    def now(self) -> Snapshot:
        """The workspace as it stands."""
        return self._current.now()

    def materials(self) -> Materials:
        """What pages are made from, as of now."""
        return Materials(self.now(), self.config)

    def warm_up(self) -> None:
        """Loads what the first pages need, beside."""
        threading.Thread(target=self._load, daemon=True, name="detente-warm-up").start()

    def prepare(self) -> None:
        """Loads what the first pages need."""
        materials = self.materials()
        materials.snapshot.chronology.find(Wanted())
        materials.name_of("")

    def _load(self) -> None:
        from ..errors import DetenteError
        from ..reporting.pages.claims import claims_frame
        from .bundle import vega_bundle

        try:
            self.prepare()
            materials = self.materials()
            materials.snapshot.mentions([])
            claims_frame(materials)
            _ = materials.dyads
            vega_bundle()
        except (DetenteError, OSError):  # said where it is asked for
            return


def _desk(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


def _materials(request: Request) -> Materials:
    return _desk(request).materials()


DeskOf = Annotated[Desk, Depends(_desk)]
MaterialsOf = Annotated[Materials, Depends(_materials)]
