"""Templates of letters: an office brings its own, tries them, puts one in force, takes it back."""

from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import UploadFile

from services.portal.papers.fields import KINDS, SAYS, sample, starter
from services.portal.papers.kinds import Kind
from services.portal.papers.office_docx import LARGEST, fields_asked, fields_missing, filled_docx
from services.portal.papers.refusals import NoSuchTemplate, TemplateForNothing
from services.portal.printing import DOCX, handed_out, in_the_press
from services.portal.signin.domain.refusals import SignInFirst
from services.portal.signin.room import now, signin_of
from services.portal.signin.store import templates
from services.portal.signin.store.templates import Row
from services.portal.viewing import View, Viewing
from shared.attachments import clean_name
from shared.contracts.event import Actor
from shared.policy import allow
from shared.refusals import Refusal

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

LONGEST_NAME = 100


@router.get("/templates")
async def show(view: Viewing, done: Annotated[str, Query(max_length=20)] = "") -> Response:
    """文书模板：本单位的Word模板，哪些已经启用。"""
    return await _page(view, done=done)


@router.get("/templates/starter.docx")
async def first_one(view: Viewing) -> Response:
    """样例模板：每个字段都有，在Word里改成本单位的样式。"""
    _keeper(view)
    return handed_out(await in_the_press(starter), name="文书模板样例.docx", kind=DOCX)


@router.post("/templates")
async def bring(view: Viewing) -> Response:
    """上传：先检查它是不是可以使用的Word模板，用到了哪些字段。"""
    caller = _keeper(view)
    async with view.request.form() as sent:
        file, kind = sent.get("file"), _kind(str(sent.get("kind", "")))
        if not isinstance(file, UploadFile) or not file.filename:
            return await _page(view, says="请选择Word模板（.docx）。", status=422)
        name = clean_name(file.filename)[:LONGEST_NAME]
        content = await file.read(LARGEST + 1)
    try:
        asked, missing = await in_the_press(lambda: _checked(content, kind, name=name))
    except Refusal as refusal:
        return await _page(view, says=refusal.sentence, status=refusal.status)
    async with signin_of(view.request).desk.transaction() as tx:
        await templates.bring(
            tx,
            unit=caller.unit,
            kind=kind.value,
            name=name,
            content=content,
            digest=sha256(content).hexdigest(),
            asked=asked,
            missing=missing,
            by=caller.name,
            now=now(),
        )
    return RedirectResponse("/templates?done=brought", 303)


@router.get("/templates/{template}.docx")
async def as_brought(view: Viewing, template: int) -> Response:
    """下载上传的模板原件。"""
    found = await _found(view, template)
    return handed_out(found["content"], name=found["name"], kind=DOCX)


@router.get("/templates/{template}/sample.docx")
async def tried(view: Viewing, template: int) -> Response:
    """试填：用一份样例文书填好的Word文件。"""
    found = await _found(view, template)
    made = await in_the_press(lambda: _filled(found))
    return handed_out(made, name=f"试填-{found['name']}", kind=DOCX)


@router.post("/templates/{template}/put-in-force")
async def put_in_force(view: Viewing, template: int) -> Response:
    """启用：此后本单位的这种文书，Word文件按这个模板生成；用到系统没有的字段的，不能启用。"""
    found = await _found(view, template)
    try:
        await in_the_press(lambda: _filled(found))
    except Refusal as refusal:
        return await _page(view, says=refusal.sentence, status=refusal.status)
    async with signin_of(view.request).desk.transaction() as tx:
        await templates.put_in_force(
            tx,
            template,
            unit=found["unit"],
            kind=found["kind"],
            by=_keeper(view).name,
            now=now(),
        )
    return RedirectResponse("/templates?done=in-force", 303)


@router.post("/templates/{template}/take-back")
async def take_back(view: Viewing, template: int) -> Response:
    """停用：此后按系统的格式生成。"""
    found = await _found(view, template)
    if found["in_force"]:
        async with signin_of(view.request).desk.transaction() as tx:
            await templates.take_back(
                tx,
                unit=found["unit"],
                kind=found["kind"],
                by=_keeper(view).name,
                now=now(),
            )
    return RedirectResponse("/templates?done=taken-back", 303)


def _keeper(view: View) -> Actor:
    if view.caller is None:
        raise SignInFirst
    allow("template.keep", view.caller)
    return view.caller


def _kind(word: str) -> Kind:
    found = next((one for one in KINDS if one.value == word), None)
    if found is None:
        raise TemplateForNothing
    return found


async def _found(view: View, template: int) -> Row:
    caller = _keeper(view)
    async with signin_of(view.request).desk.transaction() as tx:
        found = await templates.found(tx, template, unit=caller.unit)
    if found is None:
        raise NoSuchTemplate
    return found


def _filled(found: Row) -> bytes:
    return filled_docx(found["content"], sample(Kind(found["kind"])), name=found["name"])


def _checked(content: bytes, kind: Kind, *, name: str) -> tuple[list[str], list[str]]:
    """The fields that a template fills in, and those that no letter of its kind has."""
    missing = fields_missing(content, sample(kind), name=name)
    asked = [one for one in fields_asked(content, name=name) if one not in missing]
    return asked, list(missing)


async def _page(view: View, *, done: str = "", says: str = "", status: int = 200) -> Response:
    caller = _keeper(view)
    async with signin_of(view.request).desk.transaction() as tx:
        listed = await templates.of_unit(tx, caller.unit)
    return view.page(
        "templates.html",
        status=status,
        templates=[(one, Kind(one["kind"]).says) for one in listed],
        kinds=[(one.value, one.says) for one in KINDS],
        fields=SAYS,
        done=done,
        says=says,
    )
