"""Which units may be the right ones for a proposal, an item or a text; how good that was."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Query, Request

from services.assignment import store
from services.assignment.domain.advising import Advice, Duties, History, advise, may_be_handed
from services.assignment.domain.itemising import suggestions_in
from services.assignment.domain.judging_advice import Handled, Hits, hits
from services.assignment.domain.refusals import NotYourTask
from services.assignment.handled_proposals import handled_proposals
from services.assignment.views import (
    AdviceEvaluation,
    AdviceMeasured,
    AdviceReport,
    AdviceView,
    AdvisedUnit,
    Asking,
    MightBeYours,
    MightBeYoursList,
    ProposedItem,
    ProposedItems,
)
from shared.clock import monotonic_seconds
from shared.contracts.event import ProposalId, UnitCode
from shared.contracts.registry import Post
from shared.policy import UNIT
from shared.reference import Reference
from shared.refusals import Refusal
from shared.rules import number
from shared.web import Look, may_see

router = APIRouter()

Advised = Annotated[Look, may_see("assignment.be_advised")]
Judging = Annotated[Look, may_see("assignment.judge_advice")]

STALE_SECONDS = 60.0
JUDGED_MOST = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """A title for which units are looked for, its text, and whose it is."""

    title: str
    text: str = ""
    number: str | None = None

    @classmethod
    def of(cls, asking: Asking) -> "Asked":
        return cls(asking.title, asking.text, asking.number)


class Drawn:
    """What one process has drawn from the history of cases; looked at anew when that went on."""

    def __init__(self) -> None:
        self._history = History()
        self._reached = -1
        self._drawn_at = float("-inf")
        self._drawing = asyncio.Lock()

    async def history(self, look: Look) -> History:
        """Earlier cases, at most a minute behind. They are made ready beside the event loop."""
        if monotonic_seconds() - self._drawn_at < STALE_SECONDS:
            return self._history
        async with self._drawing:
            reached = await store.newest_of_history(look.tx)
            if reached != self._reached:
                cases = await store.history(look.tx, limit=number(look.rules, "advice.history"))
                self._history = await asyncio.to_thread(History, cases)
                self._reached = reached
            self._drawn_at = monotonic_seconds()
        return self._history


@lru_cache(maxsize=4)
def duties_on(known: Reference, on: date) -> Duties:
    """The duties of all units, made ready once for each state of the registry and day."""
    return Duties(known.units.values(), on=on)


async def _advise(
    asked: Sequence[Asked], *, among: Collection[UnitCode], look: Look, request: Request
) -> list[tuple[Advice, ...]]:
    """Advice for titles with their texts, beside the event loop: it is arithmetic alone."""
    drawn: Drawn = request.app.state.drawn
    history = await drawn.history(look)
    offered = number(look.rules, "advice.units")

    def reckon() -> list[tuple[Advice, ...]]:
        duties = duties_on(look.known, look.today)
        return [
            advise(
                one.title,
                text=one.text,
                number=one.number,
                duties=duties,
                history=history,
                among=among,
                offered=offered,
            )
            for one in asked
        ]

    return await asyncio.to_thread(reckon)


def _takers(look: Look) -> frozenset[UnitCode]:
    """To whom the caller could give work: the office to city units and districts, a unit below."""
    if Post(look.caller.post) in UNIT:
        return frozenset({look.caller.unit, *look.known.below(look.caller.unit)})
    return may_be_handed(look.known.units.values())


def _shown(advice: Sequence[Advice], known: Reference) -> list[AdvisedUnit]:
    return [
        AdvisedUnit(
            unit=one.unit,
            unit_name=known.name(one.unit),
            score=one.score,
            reasons=list(one.reasons),
        )
        for one in advice
    ]


@router.get("/advice")
async def for_text(
    look: Advised,
    request: Request,
    title: Annotated[str, Query(min_length=1, max_length=500)],
) -> AdviceView:
    """分办建议：一段文字宜由哪些单位承办，逐条说明理由；只供参考，由人决定。"""
    [advice] = await _advise([Asked(title)], among=_takers(look), look=look, request=request)
    return AdviceView(units=_shown(advice, look.known))


@router.get("/advice/report")
async def report(
    look: Judging,
    since: Annotated[date, Query()] = date(2000, 1, 1),
    until: Annotated[date, Query()] = date(9999, 12, 31),
) -> AdviceReport:
    """建议采纳情况：逐年统计首选、前三、前五被采纳和改选的件数。"""
    return await store.advice_report(look.tx, since=since, until=until)


@router.get("/advice/evaluation")
async def evaluate(look: Judging, request: Request) -> AdviceEvaluation:
    """检验建议：对承办单位已知的提案再作建议，计算主办单位在前一、前三、前五的比例。"""
    among = may_be_handed(look.known.units.values())
    drawn: Drawn = request.app.state.drawn
    history = await drawn.history(look)
    given = handled_proposals(lambda name: _unit_of(look.known, name))
    ours = [
        Handled(case.number, case.title, frozenset(case.units))
        for case in history.cases
        if case.units and among.issuperset(case.units)
    ][:JUDGED_MOST]

    def reckon() -> tuple[Hits, Hits]:
        duties = duties_on(look.known, look.today)
        return (
            hits(given, duties=duties, history=History(), among=among),
            hits(ours, duties=duties, history=history, among=among),
        )

    of_given, of_ours = await asyncio.to_thread(reckon)
    return AdviceEvaluation(
        measured=[
            AdviceMeasured(of="随程序附带的实例（只凭职责和地名）", **asdict(of_given)),
            AdviceMeasured(of="本地已交办的提案（另凭其余各件）", **asdict(of_ours)),
        ]
    )


@router.get("/proposals/{proposal_id}/advice")
async def for_proposal(proposal_id: ProposalId, look: Advised, request: Request) -> AdviceView:
    """分办建议：这件提案宜由哪些单位承办，逐条说明理由；只供参考，由人决定。"""
    asking = await store.asking(look.tx, proposal_id, sight=look.sight)
    [advice] = await _advise([Asked.of(asking)], among=_takers(look), look=look, request=request)
    return AdviceView(units=_shown(advice, look.known))


@router.get("/proposals/{proposal_id}/items/proposed")
async def proposed_items(proposal_id: ProposalId, look: Advised, request: Request) -> ProposedItems:
    """项目建议：从正文中逐条编号的建议提出项目，每项附承办单位建议；由人确定。"""
    asking = await store.asking(look.tx, proposal_id, sight=look.sight)
    suggestions = suggestions_in(asking.text)
    advised = await _advise(
        [Asked(says, number=asking.number) for says in suggestions],
        among=_takers(look),
        look=look,
        request=request,
    )
    return ProposedItems(
        items=[
            ProposedItem(says=says, units=_shown(advice, look.known))
            for says, advice in zip(suggestions, advised, strict=True)
        ]
    )


@router.get("/might-be-yours")
async def might_be_yours(
    look: Advised,
    request: Request,
    unit: Annotated[str | None, Query(max_length=100)] = None,
) -> MightBeYoursList:
    """可能属于本单位的提案：待交办的、上级单位正在办理的，以及别的单位退办时建议由本单位承办的。"""
    yours = look.known.unit(unit).code if unit is not None else look.caller.unit
    if not look.sight.everything and yours not in look.sight.units:
        raise NotYourTask
    limit = number(look.rules, "advice.waiting")
    proposed = await store.proposed_for(look.tx, [yours], limit=limit)
    found = [
        _might_be(asking, yours, look.known, why="有单位退办时建议由本单位承办", reasons=())
        for asking in proposed
    ]
    above = look.known.parents(yours)
    for why, asked, among in (
        (
            "等待交办，职责与本单位相近",
            await store.waiting_on_the_desk(look.tx, limit=limit),
            may_be_handed(look.known.units.values()),
        ),
        (
            "上级单位正在办理，职责与本单位相近",
            await store.held_above(look.tx, yours, list(above), limit=limit),
            [code for top in above for code in look.known.below(top)],
        ),
    ):
        if yours not in among or not asked:
            continue
        advised = await _advise(
            [Asked.of(one) for one in asked],
            among=frozenset(among),
            look=look,
            request=request,
        )
        found += [
            _might_be(asking, yours, look.known, why=why, reasons=one.reasons)
            for asking, advice in zip(asked, advised, strict=True)
            for one in advice
            if one.unit == yours
        ]
    return MightBeYoursList(proposals=found)


def _unit_of(known: Reference, name: str) -> UnitCode | None:
    try:
        return known.unit(name).code
    except Refusal:
        return None


def _might_be(
    asking: Asking, unit: UnitCode, known: Reference, *, why: str, reasons: Sequence[str]
) -> MightBeYours:
    return MightBeYours(
        proposal_id=asking.proposal_id,
        number=asking.number,
        title=asking.title,
        unit=unit,
        unit_name=known.name(unit),
        why=why,
        reasons=list(reasons),
    )
