"""The pages of the manual: its list, and each of them."""

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse, Response

from services.portal.manual.shelf import PAGES, picture, shelf
from services.portal.viewing import Viewing
from shared.refusals import Unknown

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


class NoSuchPage(Unknown):
    """使用手册中没有这一页。"""


class NoSuchPicture(Unknown):
    """使用手册中没有这张图。"""


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


@router.get("/manual/pictures/{name}", response_class=FileResponse)
async def manual_picture(name: str) -> FileResponse:
    """手册中的一张图。"""
    if (file := picture(name)) is None:
        raise NoSuchPicture
    return FileResponse(file, media_type="image/webp", headers={"cache-control": "max-age=86400"})
