"""How much a request may carry: a larger body is refused before it is taken in."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.problems import SENTENCES, problem

LARGEST_BODY = 4_194_304  # several times the largest event, and the longest list
LARGEST_FILE = 67_108_864  # what a rule set allows is less, and says so in a sentence
FILES = ("/attachments", "/imports")  # where the body is a file


class Bounded:
    """Counts the bytes of each request, whether their number was announced or not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        largest = LARGEST_FILE if scope["path"].endswith(FILES) else LARGEST_BODY
        if _announced(scope) > largest:
            refused = problem(413, code="http-413", detail=SENTENCES[413])
            await refused(scope, receive, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > largest:
                raise HTTPException(413)
            return message

        await self.app(scope, counted, send)


def _announced(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value[:20])
    return 0
