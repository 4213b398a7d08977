"""The command that opens the workbench."""

from __future__ import annotations

import socket
from typing import Annotated, Any

import typer

from .app import DEFAULT_WORKSPACE, ConfigOption, WorkspaceOption, app, configuration, say


@app.command()
def serve(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    host: Annotated[
        str, typer.Option("--host", help="The address to listen at; others than this machine's own need --token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", "-p", min=0, max=65535, help="The port; 0 takes any that is free.")] = 8642,
    token: Annotated[str | None, typer.Option("--token", help="A secret that every request must carry.", envvar="DETENTE_TOKEN")] = None,
    name: Annotated[list[str] | None, typer.Option("--name", help="Another host name it is called by; may be given again.")] = None,
    config: ConfigOption = None,
) -> int:
    """Open the workbench: read, filter, judge and ask in a browser, offline.

    detente serve -w WORKSPACE

    detente serve --host 0.0.0.0 --token "$(openssl rand -hex 16)"
    """
    import uvicorn

    from ..web import create_app
    from ..web.options import serve_options
    from ..workspace import Workspace

    options = serve_options(host, port, token, tuple(name or ()))
    made = create_app(Workspace.open(workspace), options, configuration(config))
    listening = _socket(host, port)
    address = listening.getsockname()
    shown = f"[{host}]" if ":" in host else host
    say(f"The workbench: http://{shown}:{address[1]}/  (Ctrl-C ends it)")
    if token:
        say("It asks for the token that you gave. Traffic is not encrypted: put a proxy with TLS before it where others listen.")
    server = uvicorn.Server(uvicorn.Config(made, log_level="warning", server_header=False))
    server.run(sockets=[listening])
    return 0


def _socket(host: str, port: int) -> Any:
    from ..errors import UsageError

    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        made = socket.socket(family)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(64)  # who opens the address as soon as it is said waits, and is not refused
    except (OSError, OverflowError) as fault:
        raise UsageError("H10", host=host, port=port, why=getattr(fault, "strerror", None) or fault) from None
    return made
