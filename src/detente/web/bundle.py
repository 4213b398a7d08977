"""The Vega script, made once from vl-convert and kept in a cache file: nothing is fetched."""

from __future__ import annotations

import os
import tempfile
import threading
from importlib.metadata import version
from pathlib import Path

from ..reporting.charts.render import VEGA_LITE

_making = threading.Lock()


def vega_bundle() -> Path:
    """The file with Vega, Vega-Lite and Vega-Embed as one script; made if it is not there (some seconds)."""
    path = cache_folder() / f"vega-{version('vl-convert-python')}-{VEGA_LITE}.js"
    with _making:
        if not path.exists():
            import vl_convert

            write_atomically(path, vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VEGA_LITE).encode())
    return path


def cache_folder() -> Path:
    """Where files are kept that can be made anew: the user's cache, else a temporary folder of this user's."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "detente"
    try:
        base.mkdir(parents=True, exist_ok=True)
        if os.access(base, os.W_OK):
            return base
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix="detente-"))


def write_atomically(path: Path, content: bytes) -> None:
    """Writes a file that nobody sees half written."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    Path(name).replace(path)
