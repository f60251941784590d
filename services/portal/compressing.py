"""What is sent smaller than it is."""

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

SAME_FOR_ALL = ("/static/", "/public")


class Compressed:
    """Compress what is the same for everybody.

    Pages drawn for somebody carry what others must not guess from their length (BREACH): they are
    sent as they are.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._smaller = GZipMiddleware(app, minimum_size=500, compresslevel=6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, in fewer bytes where that betrays nothing."""
        for_all = scope["type"] == "http" and scope["path"].startswith(SAME_FOR_ALL)
        await (self._smaller if for_all else self._app)(scope, receive, send)
