"""Similar cases: proposed while one writes and when the committee reviews; people decide."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter

from services.intake import store
from services.intake.commands import AskForSimilar, JudgeSimilar
from services.intake.domain.linking import judge_similar
from services.intake.domain.measuring import Graded, measure
from services.intake.domain.resembling import Likeness, Shares, Title, most_alike, why_alike
from services.intake.domain.wording import VERSION, canonical, grams, matter, other_words
from services.intake.judged_pairs import judged_pairs, other_titles
from services.intake.views import Evaluation, Measured, SimilarCase, SimilarCases
from shared import rules
from shared.contracts.event import ProposalId
from shared.contracts.registry import Post, UnitLevel
from shared.reference import Reference
from shared.web import Act, Look, Receipt, may, may_see

router = APIRouter()

Asker = Annotated[Look, may_see("intake.similar")]
Reviewer = Annotated[Act, may("intake.review")]

# A proposer is shown what was filed; what others have handed in and nobody reviewed is theirs.
FILED = ("accepted", "archived")
REVIEWED = (*FILED, "submitted", "sent_back", "declined", "turned")
MEASURED = 10
PLACE_LEVELS = (UnitLevel.DISTRICT, UnitLevel.STREET)
PLACE_ENDINGS = ("街道办事处", "街道", "特别合作区", "新区", "区")


@router.post("/similar")
async def similar_to_words(command: AskForSimilar, look: Asker) -> SimilarCases:
    """相似提案（撰写时）：按案由提示本年和往年的相似提案及其答复。"""
    return await _similar(look, command.title, text=command.text, year=look.today.year, but=None)


@router.get("/proposals/{proposal_id}/similar")
async def similar_to(proposal_id: ProposalId, look: Asker) -> SimilarCases:
    """相似提案（审查时）：可能须并案或关联的提案及理由；由人决定。"""
    found = await store.proposal(look.tx, proposal_id, sight=look.sight)
    return await _similar(look, found.title, text=found.text, year=found.year, but=proposal_id)


@router.post("/proposals/{proposal_id}/similar/{other}")
async def judge(
    proposal_id: ProposalId, other: ProposalId, command: JudgeSimilar, act: Reviewer
) -> Receipt:
    """对一件相似提案的判断：并案、关联或不是；留作检验。并案和关联另行办理。"""
    found = {
        one.proposal_id: one
        for one in await store.lock_proposals(act.tx, sorted({proposal_id, other}))
    }
    one, two = found[proposal_id], found[other]
    event = judge_similar(
        one,
        two,
        answer=command.answer,
        score=await _score(act, one.title, two.title),
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.get("/similar/evaluation")
async def evaluate(look: Annotated[Look, may_see("intake.evaluate")]) -> Evaluation:
    """检验：用随程序附带的真实案由和本地留存的判断，计算提示的准确程度。"""
    cut = rules.number(look.rules, "similar_percent") / 100
    judged, kept = judged_pairs(), await _kept(look)
    return Evaluation(
        cut=cut,
        wording=VERSION,
        measured=[
            _measured("随程序附带的案由", judged, await _among_themselves(look, judged), cut=cut),
            _measured("本地留存的判断", kept, await _as_suggested(look, kept), cut=cut),
        ],
    )


async def alike(
    look: Look,
    title: str,
    *,
    states: Collection[str],
    years: tuple[int, int],
    but: ProposalId | None,
    limit: int,
) -> list[Likeness]:
    """The proposals that are most like a title."""
    synonyms = look.rules.synonyms
    known = await store.shares(look.tx)
    said = matter(title)
    others = await store.candidates(
        look.tx,
        said,
        other_words=list(other_words(said, synonyms=synonyms)),
        known=known,
        states=states,
        years=years,
        but=but,
    )
    return most_alike(
        title,
        others,
        shares=known,
        synonyms=synonyms,
        places=places(look.known),
        limit=limit,
    )


async def _similar(
    look: Look, title: str, *, text: str, year: int, but: ProposalId | None
) -> SimilarCases:
    """Those of the same year first, then those of earlier years, each the most alike first."""
    shown = rules.number(look.rules, "similar_shown")
    cut = rules.number(look.rules, "similar_percent") / 100
    found = await alike(
        look,
        title,
        states=FILED if look.caller.post == Post.PROPOSER else REVIEWED,
        years=(year - rules.number(look.rules, "similar_years"), year),
        but=but,
        limit=shown * 2,
    )
    enough = [one for one in found if one.score >= cut]
    ordered = sorted(enough, key=lambda one: one.other.year != year)[:shown]
    beside = await store.cases(look.tx, [one.other.proposal_id for one in ordered], asked_by=but)
    return SimilarCases(
        cases=[
            SimilarCase(
                **{
                    **asdict(one),
                    **beside[one.other.proposal_id],
                    "units": [
                        look.known.name(unit)
                        for unit in dict.fromkeys(beside[one.other.proposal_id]["units"])
                    ],
                },
                year=one.other.year,
                title=one.other.title,
                same_year=one.other.year == year,
                why=why_alike(one, text=text, other_text=beside[one.other.proposal_id]["opening"]),
            )
            for one in ordered
        ]
    )


async def _score(look: Look, one: str, other: str) -> float | None:
    found = most_alike(
        one,
        [Title(ProposalId(""), other, look.today.year)],
        shares=await store.shares(look.tx),
        synonyms=look.rules.synonyms,
        limit=1,
    )
    return found[0].score if found else None


async def _kept(look: Look) -> list[Graded]:
    answers = await store.answers_kept(look.tx)
    return [
        Graded(one, other, same=answer == "merge", related=answer != "neither")
        for one, other, answer in answers
    ]


async def _as_suggested(look: Look, graded: Sequence[Graded]) -> dict[ProposalId, list[Likeness]]:
    """What would be suggested today for each proposal of which something was said."""
    found = {}
    for one in _each(pair.one for pair in graded):
        years = (one.year - rules.number(look.rules, "similar_years"), one.year)
        found[one.proposal_id] = await alike(
            look, one.title, states=REVIEWED, years=years, but=one.proposal_id, limit=MEASURED
        )
    return found


async def _among_themselves(
    look: Look, graded: Sequence[Graded]
) -> dict[ProposalId, list[Likeness]]:
    """The judged titles laid among real ones, with shares counted among them alone."""
    judged = _each(title for pair in graded for title in (pair.one, pair.other))
    titles = [*judged, *other_titles()]
    counts = Counter(gram for one in titles for gram in grams(matter(one.title)))
    known = Shares(len(titles), {gram: n / len(titles) for gram, n in counts.items()})
    return {
        one.proposal_id: most_alike(
            one.title,
            [other for other in titles if other is not one],
            shares=known,
            synonyms=look.rules.synonyms,
            limit=len(titles),
        )
        for one in judged
    }


def _measured(
    of: str,
    graded: Sequence[Graded],
    found: dict[ProposalId, list[Likeness]],
    *,
    cut: float,
) -> Measured:
    ranked = {
        one: [likeness.other.proposal_id for likeness in alikes] for one, alikes in found.items()
    }
    scores = {
        (one, likeness.other.proposal_id): likeness.score
        for one, alikes in found.items()
        for likeness in alikes
    }
    return Measured(of=of, **asdict(measure(graded, ranked=ranked, scores=scores, cut=cut)))


def _each(titles: Iterable[Title]) -> list[Title]:
    return list({one.proposal_id: one for one in titles}.values())


@lru_cache(maxsize=2)
def places(known: Reference) -> frozenset[str]:
    """The names of districts and streets as they stand in titles: 龙华, 民治."""
    return frozenset(
        canonical(_place(unit.short_name), synonyms=())
        for unit in known.units.values()
        if unit.level in PLACE_LEVELS
    )


def _place(name: str) -> str:
    for ending in PLACE_ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name.removesuffix(ending)
    return name
