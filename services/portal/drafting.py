"""Reports that people write: texts kept between drafts, cases chosen, snapshots frozen for good."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi import Path as InPath
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.portal.domain.cases import Case
from services.portal.domain.comparing import compared
from services.portal.domain.merging import merged, merged_text
from services.portal.domain.period import days_of, period_of
from services.portal.forms.crossing import Crossed
from services.portal.forms.fields import Field
from services.portal.papers.refusals import NoSuchReport, NoSuchSnapshot
from services.portal.papers.report import (
    TITLES,
    Snapshot,
    TypicalCase,
    markdown,
    snapshot_json,
    snapshot_of,
    snapshot_of_json,
    summed_rows,
    with_text,
)
from services.portal.papers.report_paper import report_docx, report_pdf, report_sheets
from services.portal.papers.sheets import workbook
from services.portal.papers.wording import clean
from services.portal.printing import DOCX, PDF, handed_out, in_the_press, shelf_of
from services.portal.reporting import Material, material_of, periods
from services.portal.signin.domain.refusals import SignInFirst
from services.portal.signin.room import now, signin_of
from services.portal.signin.store import reports
from services.portal.signin.store.reports import Row
from services.portal.viewing import View, Viewing
from shared.contracts.event import Actor, UnitCode
from shared.contracts.registry import Post
from shared.policy import RIGHTS, allow
from shared.reference import NoRules

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TEXT = 50_000
ENDINGS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel（数字）", "md": "Markdown", "json": "JSON"}


@dataclass(frozen=True, slots=True)
class Part:
    """One of the five parts on the page: what it says, and whether a person wrote that."""

    number: int
    title: str
    text: str
    generated: str
    was: str
    crossed: Crossed | None = None

    @property
    def is_edited(self) -> bool:
        """Whether the words are a person's, and no longer follow the figures."""
        return self.text != self.generated

    @property
    def lines(self) -> int:
        """How much room it needs."""
        return min(24, max(4, len(self.text) // 60 + self.text.count("\n") + 2))


@router.get("/reports")
async def all_reports(view: Viewing) -> Response:
    """报告起草：本单位的总体情况报告，和它们的定稿快照。"""
    caller = _inside(view)
    sight = view.seen.sight
    async with signin_of(view.request).desk.transaction() as tx:
        listed = await reports.listed(tx, None if sight.everything else sight.units)
    offered = await periods(view)
    return view.page(
        "reports/all.html",
        reports=[one | {"says": period_of(one["period"]).says} for one in listed],
        periods=offered,
        period=offered.years[0],
        units=[one for one in view.known.units.values() if _sees(view, one.code)],
        mine=caller.unit,
        may_write=_may_write(caller),
    )


@router.post("/reports")
async def begin(
    view: Viewing,
    unit: Annotated[str, Form()],
    period: Annotated[str, Form(max_length=60)] = "",
    since: Annotated[str, Form(max_length=10)] = "",
    until: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """开始起草：选择单位和期间；已经有的接着写。"""
    caller = _inside(view)
    allow("report.write", caller)
    chosen = days_of(since, until) if since or until else period_of(period)
    found = view.known.unit(unit)
    if not _sees(view, found.code):
        raise NoSuchReport
    async with signin_of(view.request).desk.transaction() as tx:
        report = await reports.begin(
            tx, unit=found.code, period=chosen.code, by=caller.name, now=now()
        )
    return RedirectResponse(f"/reports/{report}", 303)


@router.get("/reports/{report}")
async def one_report(
    view: Viewing, report: int, done: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    """起草：五个部分的文字、典型案例、数字和快照。"""
    found = await _report(view, report)
    material = await material_of(view, found["unit"], period=period_of(found["period"]))
    return await _page(view, found, material, done=done)


@router.post("/reports/{report}")
async def keep(view: Viewing, report: int) -> Response:
    """保存文字和案例；按“保存并定稿”的，随即冻结一份快照。"""
    caller = _inside(view)
    allow("report.write", caller)
    found = await _report(view, report)
    material = await material_of(view, found["unit"], period=period_of(found["period"]))
    form = await view.request.form()
    generated = _generated(material)
    texts = [clean(str(form.get(f"part-{nth}", "")))[:LONGEST_TEXT].strip() for nth in range(1, 6)]
    parts = [None if text == plain else text for text, plain in zip(texts, generated, strict=True)]
    known = {case.proposal_id for case in material.cases}
    chosen = [one for one in form.getlist("case") if isinstance(one, str) and one in known]
    before = [clean(str(form.get(f"was-{nth}", ""))).strip() for nth in range(1, 6)]
    revision = str(form.get("revision", ""))
    async with signin_of(view.request).desk.transaction() as tx:
        saved = revision.isdecimal() and await reports.save(
            tx,
            report,
            parts=parts,
            cases=chosen,
            revision=int(revision),
            by=caller.name,
            now=now(),
        )
    if not saved:
        newest = await _report(view, report)
        theirs = [one.proposal_id for one in _chosen(material, newest["cases"])]
        were = [one for one in form.getlist("was-case") if isinstance(one, str)]
        cases = merged(were, theirs=theirs, mine=chosen).whole
        written = (before, texts, cases)
        return await _page(view, newest, material, status=409, written=written)
    if "freeze" not in form:
        return RedirectResponse(f"/reports/{report}?done=saved", 303)
    snapshot = _snapshot(view, material, parts, chosen)
    async with signin_of(view.request).desk.transaction() as tx:
        await reports.freeze(
            tx,
            report,
            as_of=snapshot.as_of,
            fingerprint=snapshot.fingerprint,
            snapshot=snapshot_json(snapshot),
            by=caller.name,
            now=now(),
        )
    return RedirectResponse(f"/reports/{report}?done=frozen", 303)


@router.get("/reports/{report}/snapshots/{number}.{ending}")
async def download(
    view: Viewing,
    report: int,
    number: int,
    ending: Annotated[str, InPath(pattern=f"^({'|'.join(ENDINGS)})$")],
) -> Response:
    """下载一份快照；同一份快照每次下载的数字都相同。"""
    found = await _report(view, report)
    async with signin_of(view.request).desk.transaction() as tx:
        kept = await reports.snapshot(tx, report, number)
    if kept is None:
        raise NoSuchSnapshot(number=number)
    made, kind = await _printed(view, kept, ending)
    says = period_of(found["period"]).says
    name = f"{view.name(found['unit'])}{says}总体情况-第{number}稿.{ending}"
    return handed_out(made, name=name, kind=kind)


async def _printed(view: View, kept: bytes, ending: str) -> tuple[bytes, str]:
    snapshot = snapshot_of_json(kept)
    shelf = shelf_of(view)
    match ending:
        case "json":
            return kept, "application/json"
        case "md":
            return markdown(snapshot).encode(), "text/markdown; charset=utf-8"
        case "pdf":
            return await in_the_press(lambda: report_pdf(snapshot, shelf=shelf)), PDF
        case "docx":
            return await in_the_press(lambda: report_docx(snapshot, shelf=shelf)), DOCX
        case _:
            sheets = report_sheets(snapshot)
            return await in_the_press(
                lambda: workbook(sheets, title=snapshot.title, on=snapshot.as_of)
            ), XLSX


def _inside(view: View) -> Actor:
    """Whoever writes or reads reports: reports are no business of those who put proposals."""
    if view.caller is None:
        raise SignInFirst
    if view.seen.sight.person is not None:
        raise NoSuchReport
    return view.caller


def _sees(view: View, unit: str) -> bool:
    return view.seen.unit(UnitCode(unit))


def _may_write(caller: Actor) -> bool:
    return Post(caller.post) in RIGHTS["report.write"].posts


async def _report(view: View, report: int) -> Row:
    """A report, if it is of the reader's unit, of one below it, or they see everything."""
    _inside(view)
    async with signin_of(view.request).desk.transaction() as tx:
        found = await reports.found(tx, report)
    if found is None or not _sees(view, found["unit"]):
        raise NoSuchReport
    return found


def _generated(material: Material) -> list[str]:
    return ["\n".join(part.paragraphs) for part in material.report.parts]


def _chosen(material: Material, cases: Sequence[str] | None) -> list[Case]:
    """The cases that a person chose, or those that come first by themselves."""
    if cases is None:
        return [case for part in material.report.parts for case in part.cases]
    return [case for case in material.cases if case.proposal_id in cases]


def _snapshot(
    view: View, material: Material, parts: Sequence[str | None], cases: Sequence[str]
) -> Snapshot:
    try:
        classes = {one.code: one.says for one in view.known.rules_on(view.today).classes}
    except NoRules:
        classes = {}
    snapshot = replace(
        snapshot_of(
            material.report, rules=material.report.rules, classes=classes, sums=material.sums
        ),
        cases=tuple(
            TypicalCase(
                case.number,
                case.title,
                case.opening,
                case.answers,
                case.promises,
                is_key=case.is_key,
                is_composed=case.is_composed,
            )
            for case in _chosen(material, cases)
        ),
    )
    for nth, text in enumerate(parts, start=1):
        if text is not None:
            snapshot = with_text(snapshot, text, part=nth)
    return snapshot


def _part(nth: int, title: str, plain: str, *, was: str, theirs: str, mine: str) -> Part:
    """A part as it stands, or what both made of it who wrote at once."""
    whole = merged_text(was, theirs=theirs, mine=mine)
    crossed = (
        Crossed(
            Field(f"part-{nth}", title),
            compared(was, theirs),
            compared(was, mine),
            both=bool(whole.crossed),
        )
        if theirs != mine
        else None
    )
    return Part(nth, title, "\n".join(whole.whole), plain, theirs, crossed)


async def _page(
    view: View,
    found: Row,
    material: Material,
    *,
    done: str = "",
    status: int = 200,
    written: tuple[Sequence[str], Sequence[str], Sequence[str]] | None = None,
) -> Response:
    """The page; where somebody else saved meanwhile, what was there, what was written, merged."""
    generated = _generated(material)
    kept = [
        plain if text is None else text
        for text, plain in zip(found["parts"], generated, strict=True)
    ]
    before, texts, cases = written or (kept, kept, found["cases"])
    chosen = {case.proposal_id for case in _chosen(material, cases)}
    async with signin_of(view.request).desk.transaction() as tx:
        frozen = await reports.snapshots(tx, found["report"])
    figures = _snapshot(view, material, [None] * 5, [])
    return view.page(
        "reports/one.html",
        status=status,
        report=found,
        title=material.report.title,
        parts=[
            _part(nth, title, plain, was=was, theirs=theirs, mine=mine)
            for nth, (title, plain, was, theirs, mine) in enumerate(
                zip(TITLES, generated, before, kept, texts, strict=True), start=1
            )
        ],
        cases=material.cases,
        chosen=chosen,
        as_of=material.report.as_of,
        was_chosen=[one.proposal_id for one in _chosen(material, found["cases"])],
        figures=figures.figures,
        sums=[(one, summed_rows(one)) for one in figures.sums],
        snapshots=frozen,
        endings=ENDINGS,
        done=done,
        crossed=written is not None,
        may_write=_may_write(_inside(view)),
    )
