"""Choosing a language: a link at the foot of every page, remembered by the browser."""

from datetime import timedelta
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from services.portal.signin import cookies
from services.portal.signin.domain.origins import safe_next
from services.portal.tongues.tongue import COOKIE, TONGUES
from shared.refusals import Unknown

router = APIRouter(include_in_schema=False)

REMEMBERED = timedelta(days=365)


class NoSuchTongue(Unknown):
    """页面没有这种语言。"""


@router.get("/tongue/{code}")
async def choose(request: Request, code: str) -> Response:
    """选择语言：记在浏览器里，回到原来的页面。"""
    if code not in TONGUES:
        raise NoSuchTongue
    response = RedirectResponse(_back(request), status_code=303)
    response.set_cookie(
        COOKIE,
        code,
        max_age=int(REMEMBERED.total_seconds()),
        path="/",
        secure=not cookies.is_plain(request),
        httponly=True,
        samesite="lax",
    )
    return response


def _back(request: Request) -> str:
    """The page from which somebody came, if it is one of ours and can be shown again."""
    came = urlsplit(request.headers.get("referer", ""))
    if came.netloc.lower() != request.headers.get("host", "").lower():
        return "/"
    address = came.path + (f"?{came.query}" if came.query else "")
    if came.path == "/sign-in":
        return address
    return safe_next(address) or "/"
