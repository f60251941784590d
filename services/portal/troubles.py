"""What goes wrong, shown as a page to a person and as a problem document to a program."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.portal.signin.pages.lobby import surroundings, visitor_here
from services.portal.templating import draw, never_changes
from services.portal.tongues.tongue import tongue_of

Answer = Callable[[Request, Exception], Awaitable[Response]]

TITLES = {
    401: "请先登录",
    403: "不能查看",
    404: "没有找到",
    409: "现在还不能显示",
    410: "已经撤回",
    422: "条件有误",
    429: "请稍后再试",
    503: "暂时不可用",
}
# What one can do about it.
ADVICE = {
    403: "您现在的身份不办理、也不查看这件事；认为应当由您办理的，请与系统管理员联系。",
    404: "地址可能写错，也可能这件事与您的单位无关：与己无关的，和不存在的一样不显示。",
    409: "稍等片刻再试；反复如此的，请与系统管理员联系。",
    410: "这份文书曾经公开，后来撤回。需要查阅的，可以向承办单位申请。",
    422: "请检查地址，或者回到上一页检查填写的内容。",
    429: "为了安全，短时间内能尝试的次数有限。",
    500: "这次出错已经记下。可以回到上一页再试；反复如此的，请与系统管理员联系。",
    503: "这一部分正在恢复，其他页面照常使用。",
}
PASSING = (409, 429, 500, 503)  # what may be gone when one asks again
CAUTION = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
FOR_EVER = "public, max-age=31536000, immutable"


def show_problems_as_pages(app: FastAPI) -> None:
    """Draw every problem as a page for whoever asked for one."""
    for kind, answer in list(app.exception_handlers.items()):
        app.add_exception_handler(kind, _as_page(answer))


def _as_page(answer: Any) -> Answer:
    async def answer_as_asked(request: Request, trouble: Exception) -> Response:
        response: Response = await answer(request, trouble)
        if response.media_type != "application/problem+json" or not wants_page(request):
            return response
        return HTMLResponse(
            draw(
                "problem.html",
                {
                    **surroundings(request, visitor_here(request)),
                    **about(json.loads(bytes(response.body)), again=_again(request)),
                    "path": "",
                },
                tongue_of(request),
            ),
            status_code=response.status_code,
        )

    return answer_as_asked


def about(problem: dict[str, Any], *, again: str = "") -> dict[str, Any]:
    """A problem as it is told to people: its title, what to do, and where to ask once more."""
    status = problem["status"]
    return {
        "problem": problem,
        "title": TITLES.get(status, "系统出错"),
        "advice": ADVICE.get(status, ""),
        "again": again if status in PASSING else "",
    }


def _again(request: Request) -> str:
    if request.method != "GET":
        return ""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


class Careful:
    """Headers that keep a browser from running or framing anything that is not ours."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with these headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_carefully(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(CAUTION)
                is_there = message["status"] < 400
                if is_there and never_changes(scope["path"], scope["query_string"]):
                    headers["cache-control"] = FOR_EVER
                else:
                    headers.setdefault("cache-control", "no-cache")
                if _speaks_to_its_reader(scope["path"], headers):
                    headers.add_vary_header("Accept-Language")
                    headers.add_vary_header("Cookie")
            await send(message)

        await self._app(scope, receive, send_carefully)


def _speaks_to_its_reader(path: str, headers: MutableHeaders) -> bool:
    """Whether a page is in its reader's language: public pages name theirs in the address."""
    return headers.get("content-type", "").startswith("text/html") and not path.startswith(
        "/public"
    )
