"""The pages of the manual: its list, and each of them."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from services.portal.manual.shelf import PAGES, shelf
from services.portal.viewing import Viewing
from shared.refusals import Unknown

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


class NoSuchPage(Unknown):
    """使用手册中没有这一页。"""


@router.get("/manual")
async def manual(view: Viewing) -> Response:
    """使用手册：按身份分册，另有用语。"""
    return view.page("manual.html", books=PAGES, shelf=shelf())


@router.get("/manual/{page}")
async def manual_page(view: Viewing, page: str) -> Response:
    """手册中的一页。"""
    if page not in PAGES:
        raise NoSuchPage
    return view.page("manual_page.html", page=shelf()[page], books=PAGES, shelf=shelf())
