"""What every request works at: the workspace as it stands, with its configuration."""

from __future__ import annotations

import threading
import time
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from ..config import Config
from ..errors import DetenteError
from ..reporting.pages.materials import Materials
from ..workspace import Current, Snapshot, Wanted, Workspace
from ..workspace.asking import Asker
from ..workspace.snapshot import versions
from .intake import Intake
from .options import ServeOptions
from .slow import Slow

#: seconds between looks at the workspace; and of the time since, what preparing may take is one part in so many
_LOOKS, _SHARE = 1.0, 5.0


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
        self.first = Slow()  # the first page does not wait for a forecast to be learned
        self._closed = threading.Event()

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

    def follow(self) -> None:
        """Keeps ready, beside, what the first pages need: now, and anew when the workspace has changed and rests again."""
        threading.Thread(target=self._follow, daemon=True, name="detente-follow").start()

    def close(self) -> None:
        """Ends what works beside."""
        self._closed.set()
        self.asker.close()
        self.intake.close()

    def prepare(self) -> None:
        """Makes what Today, the chronology and the pages of a pair and of claims are made from."""
        from ..measures import turning_points
        from ..reporting.pages.claims import claims_frame
        from ..reporting.pages.forecast import look_up
        from ..reporting.pages.today import today_page

        materials = self.materials()
        today_page(materials)
        materials.snapshot.index()
        materials.snapshot.chronology.find(Wanted())
        claims_frame(materials)
        look_up(materials)
        for pair in materials.dyads[:1]:  # loads the library that finds turning points
            turning_points(materials.acts, materials.reading, (pair.a, pair.b), materials.config.measures)

    def _follow(self) -> None:
        from polars.exceptions import PolarsError

        from .bundle import vega_bundle

        prepared = before = None
        pause = 0.0
        while not self._closed.wait(pause):
            try:
                at = versions(self.workspace.folder)
                pause = _LOOKS
                if at != prepared and (at == before or prepared is None):
                    begun = time.monotonic()
                    self.prepare()
                    vega_bundle()
                    prepared, pause = at, max(_LOOKS, _SHARE * (time.monotonic() - begun))
                before = at
            except (DetenteError, OSError, PolarsError):  # said where it is asked for
                pause = _LOOKS


def _desk(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


def _materials(request: Request) -> Materials:
    return _desk(request).materials()


DeskOf = Annotated[Desk, Depends(_desk)]
MaterialsOf = Annotated[Materials, Depends(_materials)]
