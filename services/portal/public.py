"""The public pages: for everybody, the same for everybody, to be kept by any cache.

They look at nobody's session, and at nothing that was not released to the public.
"""

import csv
import hashlib
import io
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Annotated, Any, Literal
from xml.etree import ElementTree

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic_core import to_json

from services.portal.domain.ledger import LONGEST_QUERY
from services.portal.domain.public import (
    ANSWERED,
    FEED_SIZE,
    MOST_DATA,
    PROGRESS,
    Asked,
    Terms,
    address_of,
    cells,
    printable,
    terms_for_all,
)
from services.portal.signin.visiting import shown_day
from services.portal.store import overview, public
from services.portal.store.rows import Row
from services.portal.templating import draw
from services.portal.tongues.tongue import TONGUES, TRADITIONAL
from shared.clock import OFFICE
from shared.contracts.event import ProposalId, UnitCode
from shared.reference import NoRules, Reference
from shared.web import backbone_of
from shared.work import Tx

router = APIRouter(prefix="/public", tags=["public"])

FRESH = "public, max-age=300"
ATOM = "http://www.w3.org/2005/Atom"
Language = Literal["zh-Hans", "zh-Hant", "en"]
DESCRIPTION = "已经公开的政协提案答复和会办意见，个人信息已遮盖；每行一份文件，新公开的在前。"
FIELDS = {
    "number": "案号",
    "year": "年度",
    "kind": "文件种类：reply 答复，opinion 会办意见",
    "title": "公开标题",
    "unit": "发文单位编码",
    "unit_name": "发文单位",
    "form": "公开形式：full 全文，summary 摘要",
    "released_on": "公开日期",
    "text": "公开文本",
    "composed": "是否为演示组合的记录，不是真实提案",
    "address": "网页地址",
}


@dataclass(frozen=True, slots=True)
class Window:
    """Anybody's look at what is public."""

    request: Request
    tx: Tx
    known: Reference
    terms: Terms
    lang: Language
    is_demo: bool

    def answer(self, body: str | bytes, media_type: str, **headers: str) -> Response:
        """What is the same for everybody, to be asked for again only when it has changed."""
        content = body.encode() if isinstance(body, str) else body
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        headers = {"etag": tag, "cache-control": FRESH, **headers}
        held = self.request.headers.get("if-none-match", "")
        if tag in (one.strip().removeprefix("W/") for one in held.split(",")):
            return Response(status_code=304, headers=headers)
        return Response(content, media_type=media_type, headers=headers)

    def page(self, template: str, **context: Any) -> Response:
        """A page, in the script that is asked for."""
        path = self.request.url.path
        query = {name: value for name, value in self.request.query_params.items() if name != "lang"}
        text = draw(
            template,
            {
                "lang": self.lang,
                "is_demo": self.is_demo,
                "path": path,
                "licence": self.terms.licence,
                "progress": PROGRESS,
                "name": lambda code: self.known.name(UnitCode(code)),
                "to": lambda to, **said: address_of(to, self.lang, said),
                "in_script": lambda lang: address_of(path, lang, query),
                **context,
            },
            TONGUES[self.lang],
            convert=self.lang == TRADITIONAL.code,
        )
        return self.answer(text, "text/html; charset=utf-8", **{"content-language": self.lang})

    def record(self, letter: Row) -> dict[str, Any]:
        """A released letter, for programs."""
        return {
            "number": letter["number"],
            "year": letter["year"],
            "kind": letter["kind"],
            "title": letter["title"],
            "unit": letter["unit"],
            "unit_name": self.known.name(UnitCode(letter["unit"])),
            "form": letter["form"],
            "released_on": letter["released_on"].isoformat(),
            "text": letter["text"],
            "composed": letter["origin"] == "composed",
            "address": f"/public/proposals/{letter['proposal_id']}",
        }


async def _window(request: Request, lang: Language = "zh-Hans") -> AsyncIterator[Window]:
    backbone = backbone_of(request)
    known = await backbone.desk.reference()
    try:
        rules = known.rules_on(await shown_day(request))
    except NoRules:
        rules = None
    async with backbone.desk.transaction() as tx:
        terms = terms_for_all(rules)
        yield Window(request, tx, known, terms, lang, backbone.settings.huiban_demo)


Looking = Annotated[Window, Depends(_window, scope="function")]
After = Annotated[str, Query(max_length=200, description="上一页最后一份文件，见 next")]
Limit = Annotated[int, Query(ge=1, le=MOST_DATA, description="每页份数")]


@router.get("", response_class=HTMLResponse, include_in_schema=False)
async def search(
    window: Looking,
    q: Annotated[str, Query(max_length=LONGEST_QUERY)] = "",
    year: Annotated[str, Query(pattern=r"^(\d{4})?$")] = "",
    unit: str = "",
    after: str = "",
) -> Response:
    """公开查询：已经公开的答复，和已立案提案的办理进度。"""
    asked = Asked(
        q=" ".join(q.split()),
        year=int(year) if year else None,
        unit=window.known.unit(unit).code if unit.strip() else "",
        after=after,
    )
    rows, more = await public.proposals(window.tx, asked, states=window.terms.states)
    said = {name: value for name, value in asdict(asked).items() if name != "after"}
    return window.page(
        "public/search.html",
        asked=asked,
        rows=rows,
        years=await overview.years(window.tx),
        units=await public.units(window.tx),
        next=address_of("/public", window.lang, {**said, "after": rows[-1]["proposal_id"]})
        if more
        else None,
    )


@router.get("/proposals/{proposal_id}", response_class=HTMLResponse, include_in_schema=False)
async def proposal(window: Looking, proposal_id: ProposalId) -> Response:
    """一件提案公开的部分：办理进度和已经公开的文件。"""
    found = await public.proposal(window.tx, proposal_id, states=window.terms.states)
    return window.page(
        "public/proposal.html",
        proposal=found,
        letters=await public.letters_of(window.tx, proposal_id),
        is_answered=PROGRESS[found["state"]] == PROGRESS[ANSWERED],
    )


@router.get("/about", response_class=HTMLResponse, include_in_schema=False)
async def about(window: Looking) -> Response:
    """公开说明：公开哪些内容，怎样订阅，怎样使用数据。"""
    return window.page("public/about.html", fields=FIELDS, description=DESCRIPTION)


@router.get("/feed.atom", response_class=Response)
async def feed(window: Looking) -> Response:
    """新公开的文件，Atom 1.0。"""
    base = str(window.request.base_url).rstrip("/")
    newest = await public.letters(window.tx, limit=FEED_SIZE)
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-Hans"})

    def put(parent: ElementTree.Element, tag: str, text: str = "", **more: str) -> None:
        ElementTree.SubElement(parent, tag, more).text = printable(text) or None

    put(root, "id", f"{base}/public")
    put(root, "title", "会办：新公开的提案答复")
    put(root, "updated", _moment(newest[0]["released_on"] if newest else date(1970, 1, 1)))
    put(root, "link", rel="self", href=f"{base}/public/feed.atom", type="application/atom+xml")
    put(root, "link", rel="alternate", href=f"{base}/public", type="text/html")
    put(root, "rights", window.terms.licence)
    for letter in newest:
        entry = ElementTree.SubElement(root, "entry")
        put(entry, "id", f"urn:huiban:{letter['proposal_id']}:{letter['letter_id']}")
        put(entry, "title", letter["title"])
        put(entry, "updated", _moment(letter["released_on"]))
        put(entry, "link", rel="alternate", href=f"{base}/public/proposals/{letter['proposal_id']}")
        author = ElementTree.SubElement(entry, "author")
        put(author, "name", window.known.name(UnitCode(letter["unit"])))
        put(entry, "content", letter["text"], type="text")
    xml = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return window.answer(xml, "application/atom+xml; charset=utf-8")


@router.get("/data.json", response_class=Response)
async def data_json(window: Looking, after: After = "", limit: Limit = 100) -> Response:
    """公开数据，JSON：说明、许可、字段和一页文件；``next`` 是下一页的地址。"""
    letters, next = await _letters(window, "/public/data.json", after=after, limit=limit)
    body = {
        "description": DESCRIPTION,
        "licence": window.terms.licence,
        "fields": FIELDS,
        "next": next,
        "items": [window.record(letter) for letter in letters],
    }
    return window.answer(to_json(body, indent=1), "application/json", **_onward(next))


@router.get("/data.csv", response_class=Response)
async def data_csv(window: Looking, after: After = "", limit: Limit = 100) -> Response:
    """公开数据，CSV：前两行以 # 开头，是说明和许可；下一页的地址在 Link 头里。"""
    letters, next = await _letters(window, "/public/data.csv", after=after, limit=limit)
    sheet = io.StringIO()
    sheet.write(f"\ufeff# {DESCRIPTION}\r\n# 许可：{window.terms.licence}\r\n")
    rows = csv.writer(sheet)
    rows.writerow(FIELDS)
    rows.writerows(cells(window.record(letter).values()) for letter in letters)
    return window.answer(
        sheet.getvalue(),
        "text/csv; charset=utf-8",
        **{"content-disposition": 'attachment; filename="huiban-public.csv"', **_onward(next)},
    )


async def _letters(
    window: Window, path: str, *, after: str, limit: int
) -> tuple[list[Row], str | None]:
    found = await public.letters(window.tx, limit=limit + 1, after=after)
    shown = found[:limit]
    if len(found) == len(shown):
        return shown, None
    last = f"{shown[-1]['proposal_id']}/{shown[-1]['letter_id']}"
    return shown, address_of(path, "zh-Hans", {"after": last, "limit": limit})


def _onward(next: str | None) -> dict[str, str]:
    return {"link": f'<{next}>; rel="next"'} if next else {}


def _moment(day: date) -> str:
    return datetime.combine(day, time(), OFFICE).isoformat()
