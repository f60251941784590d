"""Advising: which units may be the right ones for a text, and why. People choose, never we.

Each duty, and all that a unit is there for, are compared with the text by their runs of one to
three characters; what similar proposals were handled by counts half as much, and a unit that
returned the like comes further back. How good that is, ``judging_advice`` measures.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from shared.contracts.assignment import AdviceFollowed
from shared.contracts.event import Actor, ProposalId, UnitCode
from shared.contracts.registry import UnitLevel, UnitRegistered

OFFERED = 5
NEIGHBOURS = 10
ALIKE = 0.25  # from here on two titles are said to be about the like
HISTORY_WEIGHT = 0.5
RETURNS_WEIGHT = 0.5
PLACE_IN_TITLE, PLACE_IN_TEXT = 1.0, 0.2
LONGEST_TEXT = 3000
NAME_WEIGHT = 0.6  # what a unit is called says less than what it is there for
BY_NAME = "单位名称相近："
WHOLE_WEIGHT = 2.0  # all duties of a unit together; a long text is never very like a short one
# Most proposals are led by bureaus and districts; party offices, bodies and companies lead few.
USUAL_LEADS = frozenset({"", "bureau", "government"})
UNUSUAL_LEAD_WEIGHT = 0.8
HANDS_OVER = "conference"
FROM_OFFICE = frozenset({UnitLevel.CITY, UnitLevel.DISTRICT})
DISTRICT_ENDING = re.compile(r"(?<=..)(特别合作区|新区|区)$")
PLACES = frozenset({UnitLevel.DISTRICT, UnitLevel.STREET})

FRAME = re.compile(
    r"关于|进一步|加强|推动|推进|促进|完善|加快|加大|建立|健全|提升|提高|优化|深圳市|深圳|"
    r"我[省市区县州镇]|的建议|的提案|建议|提案|若干|问题|大力|切实|着力|积极|尽快|尽早|强化|深化|"
    r"做好|开展|实施|落实|深入|充分发挥|采取多种措施|高质量|工作"
)
NO_WORDS = re.compile(r"[^0-9a-z㐀-鿿]+")


def grams(text: str) -> Counter[str]:
    """The runs of one to three characters in a text, without the frame that every title has."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).lower()
    runs = NO_WORDS.split(FRAME.sub(" ", plain))
    return Counter(
        run[start : start + size]
        for run in runs
        for size in (1, 2, 3)
        for start in range(len(run) - size + 1)
    )


class Texts:
    """Texts that can be asked how like another one is to each of them (TF-IDF, cosine)."""

    def __init__(self, texts: Iterable[str]) -> None:
        counted = [grams(text) for text in texts]
        self.count = len(counted)
        seen: Counter[str] = Counter(gram for one in counted for gram in one)
        self._weights = {
            gram: math.log((1 + self.count) / (1 + times)) + 1 for gram, times in seen.items()
        }
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for n, one in enumerate(counted):
            for gram, weight in self._normed(one):
                postings[gram].append((n, weight))
        self._postings: dict[str, tuple[NDArray[np.int32], NDArray[np.float32]]] = {
            gram: (
                np.array([n for n, _ in found], dtype=np.int32),
                np.array([weight for _, weight in found], dtype=np.float32),
            )
            for gram, found in postings.items()
        }

    def likeness(self, text: str) -> NDArray[np.float64]:
        """From 0, nothing in common, to 1, the same, for each text in order."""
        asked = [one for one in self._normed(grams(text)) if one[0] in self._postings]
        if not asked:
            return np.zeros(self.count)
        found = [self._postings[gram] for gram, _ in asked]
        numbers = np.concatenate([numbers for numbers, _ in found])
        weights = np.concatenate(
            [weights * weight for (_, weights), (_, weight) in zip(found, asked, strict=True)]
        )
        summed = np.bincount(numbers, weights=weights, minlength=self.count)
        return np.asarray(summed, dtype=np.float64)

    def _normed(self, counted: Counter[str]) -> list[tuple[str, float]]:
        rare = math.log(1 + self.count) + 1
        weighted = [
            (gram, (1 + math.log(times)) * self._weights.get(gram, rare))
            for gram, times in counted.items()
        ]
        length = math.sqrt(sum(weight * weight for _, weight in weighted)) or 1.0
        return [(gram, weight / length) for gram, weight in weighted]


@dataclass(frozen=True, slots=True)
class Case:
    """A proposal that was handled: by whom it is or was answered, and who returned it."""

    number: str
    title: str
    units: tuple[UnitCode, ...]
    returned_by: tuple[UnitCode, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """A unit that may be the right one, and why."""

    unit: UnitCode
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What speaks for a unit and against it, as it is gathered."""

    score: float = 0.0
    reasons: tuple[str, ...] = field(default=())

    def and_so(self, more: float, reason: str) -> "_Found":
        return _Found(self.score + more, (*self.reasons, reason))


class History:
    """Earlier cases, to be asked for those like a text."""

    def __init__(self, cases: Sequence[Case] = ()) -> None:
        self.cases = cases
        self._titles = Texts(case.title for case in cases)

    def like(self, title: str, *, apart_from: str | None = None) -> list[tuple[Case, float]]:
        """The nearest of them, the nearest first, without the case of a number."""
        likeness = self._titles.likeness(title)
        nearest = np.argsort(-likeness, kind="stable")[: NEIGHBOURS + 1]
        found = [
            (self.cases[n], float(likeness[n]))
            for n in nearest
            if likeness[n] >= ALIKE and self.cases[n].number != apart_from
        ]
        return found[:NEIGHBOURS]


class Duties:
    """What each unit is there for, in the words of its source, as it stands on a day."""

    def __init__(self, units: Iterable[UnitRegistered], *, on: date) -> None:
        self.units = [unit for unit in units if _is_there(unit, on=on)]
        self._said: list[tuple[UnitCode, str]] = []
        for unit in self.units:
            self._said += [
                (unit.code, f"匹配职责：{duty.says}")
                for duty in unit.duties
                if (duty.since is None or duty.since <= on)
                and (duty.until is None or on <= duty.until)
            ]
            # A place is found where its name stands, not where some of its characters do.
            if unit.level not in PLACES:
                self._said.append((unit.code, f"{BY_NAME}{unit.name}"))
        self._texts = Texts(says.partition("：")[2] for _, says in self._said)
        together: dict[UnitCode, list[str]] = defaultdict(list)
        for code, says in self._said:
            together[code].append(says.partition("：")[2])
        self._whole = Texts(" ".join(says) for says in together.values())
        self._codes = tuple(together)
        self._weights = {
            unit.code: 1.0 if unit.kind in USUAL_LEADS else UNUSUAL_LEAD_WEIGHT
            for unit in self.units
        }

    def matching(self, text: str) -> dict[UnitCode, tuple[float, str]]:
        """Each unit's best duty for a text, and how well it fits, with all that the unit does."""
        best: dict[UnitCode, tuple[float, str]] = {}
        for (unit, says), fits in zip(self._said, self._texts.likeness(text), strict=True):
            weighed = float(fits) * (NAME_WEIGHT if says.startswith(BY_NAME) else 1.0)
            if weighed > best.get(unit, (0.0, ""))[0]:
                best[unit] = (weighed, says)
        for unit, fits in zip(self._codes, self._whole.likeness(text), strict=True):
            if unit in best:
                weighed, says = best[unit]
                weighed = (weighed + WHOLE_WEIGHT * float(fits)) * self._weights[unit]
                best[unit] = (weighed, says)
        return best

    def places_in(self, text: str) -> list[UnitRegistered]:
        """The districts and streets whose name stands in a text; a street names its district.

        A district is found by its bare name too (龙华), a street is not: 人民治理 is not 民治街道.
        """
        by_code = {unit.code: unit for unit in self.units}
        found: list[UnitRegistered] = []
        for unit in self.units:
            if unit.level not in PLACES:
                continue
            names = [unit.short_name, unit.name, *unit.aliases]
            if unit.level is UnitLevel.DISTRICT:
                names.append(DISTRICT_ENDING.sub("", unit.short_name))
            if not any(name in text for name in names):
                continue
            found.append(unit)
            above = by_code.get(unit.parent) if unit.parent is not None else None
            if unit.level is UnitLevel.STREET and above is not None:
                found.append(above)
        return found


def advise(
    title: str,
    *,
    text: str = "",
    duties: Duties,
    history: History,
    among: Collection[UnitCode],
    offered: int = OFFERED,
    number: str | None = None,
) -> tuple[Advice, ...]:
    """The units that fit best, the best first, each with everything that was weighed.

    A proposal is no example for itself: ``number`` is its own.
    """
    found: dict[UnitCode, _Found] = defaultdict(_Found)
    # The title says what is asked for; the text says it at length and says much else.
    for weight, words in ((1.0, title), (0.5, text)):
        for unit, (fits, says) in duties.matching(words).items():
            if unit in among and (words is title or says not in found[unit].reasons):
                found[unit] = found[unit].and_so(weight * fits, says)
    for place in duties.places_in(title):
        if place.code in among:
            found[place.code] = found[place.code].and_so(
                PLACE_IN_TITLE, f"标题写明属地：{place.short_name}"
            )
    named = {place.code for place in duties.places_in(title)}
    for place in duties.places_in(text):
        if place.code in among and place.code not in named:
            named.add(place.code)
            found[place.code] = found[place.code].and_so(
                PLACE_IN_TEXT, f"正文提到属地：{place.short_name}"
            )
    _weigh_history(found, history.like(title, apart_from=number), among=among)
    best = sorted(found.items(), key=lambda one: (-one[1].score, one[0]))
    return tuple(
        Advice(unit, round(one.score, 4), one.reasons)
        for unit, one in best[:offered]
        if one.score > 0
    )


def _weigh_history(
    found: dict[UnitCode, _Found],
    like: Sequence[tuple[Case, float]],
    *,
    among: Collection[UnitCode],
) -> None:
    """What the like was handled by counts for a unit, what it returned counts against it."""
    whole = sum(likeness for _, likeness in like)
    handled: Mapping[UnitCode, list[tuple[Case, float]]] = defaultdict(list)
    returned: Mapping[UnitCode, list[tuple[Case, float]]] = defaultdict(list)
    for case, likeness in like:
        for unit in case.units:
            handled[unit].append((case, likeness))
        for unit in case.returned_by:
            returned[unit].append((case, likeness))
    for unit, cases in handled.items():
        if unit in among:
            share = sum(likeness for _, likeness in cases) / whole
            best = cases[0][1]
            found[unit] = found[unit].and_so(
                HISTORY_WEIGHT * share * best,
                f"往年类似{len(cases)}件由其承办，如第{cases[0][0].number}号《{cases[0][0].title}》",
            )
    for unit, cases in returned.items():
        if unit in found:
            found[unit] = found[unit].and_so(
                -RETURNS_WEIGHT * cases[0][1],
                f"曾退办类似提案{len(cases)}件，如第{cases[0][0].number}号",
            )


def may_be_handed(units: Collection[UnitRegistered]) -> frozenset[UnitCode]:
    """City units and districts, without the city itself and the conference that hands over."""
    stands_above = {
        unit.parent for unit in units if unit.level is UnitLevel.CITY and unit.parent is not None
    }
    return frozenset(
        unit.code
        for unit in units
        if unit.level in FROM_OFFICE
        and unit.kind != HANDS_OVER
        and not (unit.parent is None and unit.code in stands_above)
    )


def _is_there(unit: UnitRegistered, *, on: date) -> bool:
    return (unit.since is None or unit.since <= on) and (unit.until is None or on <= unit.until)


def followed(
    proposal_id: ProposalId,
    advised: Sequence[UnitCode],
    *,
    chosen: Sequence[UnitCode],
    by: Actor,
    on: date,
    item_id: str | None = None,
) -> AdviceFollowed:
    """Which of the advised units was chosen, or that it was another one."""
    ranks = [(advised.index(unit) + 1, unit) for unit in chosen if unit in advised]
    rank, unit = min(ranks, default=(None, chosen[0]))
    return AdviceFollowed(
        proposal_id=proposal_id,
        by=by,
        on=on,
        advised=tuple(advised),
        chosen=unit,
        rank=rank,
        item_id=item_id,
    )
