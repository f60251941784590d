"""A rule set is complete, published edition by edition, and says where no source was found."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.registry.domain.publishing_rules import (
    CLOCKS,
    LIMITS,
    publish_rules,
    without_source,
)
from services.registry.domain.refusals import (
    BackwardsDates,
    CodeTwice,
    EditionNotNext,
    EffectiveTooEarly,
    RulesIncomplete,
    RulesTooLarge,
    RungsOutOfOrder,
    SeriesWithoutNumber,
    SessionsOverlap,
    SourceOfNothing,
    SpecialWithoutClock,
    UnknownLadderClock,
)
from services.registry.domain.register import Register
from shared.contracts.registry import (
    Deadline,
    Number,
    Policy,
    Reason,
    RulesPublished,
    Rung,
    Series,
    Session,
    TimeUnit,
)
from tests.domain.registry.standing import RULES, published

MAY = date(2024, 5, 1)


def with_(**changes: Any) -> RulesPublished:
    return RULES.model_copy(update=changes)


NEXT = with_(edition=RULES.edition + 1)


def rungs(*offsets: tuple[int, TimeUnit]) -> tuple[Rung, ...]:
    return tuple(
        Rung(rung=n, offset=offset, unit=unit, to="经办人", says="请办理", source=None)
        for n, (offset, unit) in enumerate(offsets, 1)
    )


def test_the_first_edition_is_told() -> None:
    assert publish_rules(Register(), rules=RULES) == (RULES,)


def test_rules_that_stand_like_that_are_not_told_again() -> None:
    assert publish_rules(published(RULES), rules=RULES) == ()


@pytest.mark.parametrize("edition", [1, 2, 9])
def test_the_first_edition_that_is_here_may_be_a_later_one(edition: int) -> None:
    assert publish_rules(Register(), rules=with_(edition=edition)) != ()


def test_there_is_no_edition_before_the_first() -> None:
    with pytest.raises(EditionNotNext, match="规则集shenzhen-2024的下一版应为第1版"):
        publish_rules(Register(), rules=with_(edition=0))


def test_the_next_edition_follows_the_last() -> None:
    assert publish_rules(published(RULES), rules=NEXT) == (NEXT,)


@pytest.mark.parametrize("edition", [RULES.edition, RULES.edition + 2])
def test_an_edition_is_neither_changed_nor_left_out(edition: int) -> None:
    with pytest.raises(EditionNotNext, match=f"应为第{NEXT.edition}版"):
        publish_rules(published(RULES), rules=with_(edition=edition, source="改动"))


def test_an_edition_may_take_effect_on_the_same_day_as_the_last() -> None:
    second = NEXT.model_copy(update={"effective_on": RULES.effective_on})

    assert publish_rules(published(RULES), rules=second) == (second,)


def test_an_edition_may_not_take_effect_before_the_last() -> None:
    the_day_before = RULES.effective_on - timedelta(days=1)

    with pytest.raises(EffectiveTooEarly, match="2023-12-31早于上一版的2024-01-01"):
        publish_rules(
            published(RULES), rules=with_(edition=NEXT.edition, effective_on=the_day_before)
        )


@pytest.mark.parametrize("clock", CLOCKS)
def test_no_clock_may_be_missing(clock: str) -> None:
    others = {name: one for name, one in RULES.deadlines.items() if name != clock}

    with pytest.raises(RulesIncomplete, match=f"规则集缺少时限“{clock}”"):
        publish_rules(Register(), rules=with_(deadlines=others))


@pytest.mark.parametrize("limit", LIMITS)
def test_no_limit_may_be_missing(limit: str) -> None:
    others = {name: one for name, one in RULES.limits.items() if name != limit}

    with pytest.raises(RulesIncomplete, match=f"上限“{limit}”"):
        publish_rules(Register(), rules=with_(limits=others))


def test_a_limit_of_nothing_is_missing_and_of_one_is_not() -> None:
    with pytest.raises(RulesIncomplete):
        publish_rules(Register(), rules=with_(limits={**RULES.limits, "title": 0}))

    assert publish_rules(Register(), rules=with_(limits={**RULES.limits, "title": 1})) != ()


@pytest.mark.parametrize(
    ("of", "called"),
    [
        ("classes", "结果分类"),
        ("decline_reasons", "不予立案理由"),
        ("return_reasons", "退办理由"),
    ],
)
def test_no_list_may_be_empty(of: str, called: str) -> None:
    with pytest.raises(RulesIncomplete, match=f"规则集缺少{called}"):
        publish_rules(Register(), rules=with_(**{of: ()}))


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(RulesIncomplete, match=r"时限“sign”.*上限“title”.*结果分类"):
        publish_rules(Register(), rules=with_(deadlines={}, limits={}, classes=()))


@pytest.mark.parametrize(
    ("of", "called"),
    [
        ("classes", "结果分类“A”"),
        ("decline_reasons", "不予立案理由“secret”"),
        ("return_reasons", "退办理由“not-our-duty”"),
        ("coordination", "协调规则“repeated-returns”"),
    ],
)
def test_no_code_may_be_listed_twice(of: str, called: str) -> None:
    listed = getattr(RULES, of)

    with pytest.raises(CodeTwice, match=f"{called}列了两次"):
        publish_rules(Register(), rules=with_(**{of: (*listed, listed[0])}))


def test_a_ladder_needs_a_clock() -> None:
    with pytest.raises(UnknownLadderClock, match="“replay”"):
        publish_rules(Register(), rules=with_(ladders={"replay": rungs((0, "calendar_days"))}))


def test_a_promise_has_a_ladder_though_no_deadline_of_the_rules() -> None:
    rules = with_(ladders={"promise": rungs((0, "calendar_days"))})

    assert publish_rules(Register(), rules=rules) == (rules,)


def test_a_clock_may_have_no_ladder() -> None:
    assert publish_rules(Register(), rules=with_(ladders={})) != ()


def test_rungs_of_different_units_of_time_climb() -> None:
    climbing = rungs(
        (-7, "calendar_days"),
        (-1, "working_days"),
        (0, "calendar_days"),
        (3, "working_days"),
        (1, "months"),
    )

    assert publish_rules(Register(), rules=with_(ladders={"reply": climbing})) != ()


@pytest.mark.parametrize(
    "ladder",
    [
        rungs((0, "calendar_days"), (-7, "calendar_days")),
        rungs((0, "calendar_days"), (0, "working_days")),
        rungs((1, "months"), (10, "working_days")),
        rungs((0, "calendar_days"), (1, "calendar_days"))[::-1],
        rungs((0, "calendar_days"), (1, "calendar_days"))[1:],
    ],
)
def test_rungs_that_do_not_climb_from_one_are_refused(ladder: tuple[Rung, ...]) -> None:
    with pytest.raises(RungsOutOfOrder, match="催办阶梯“reply”"):
        publish_rules(Register(), rules=with_(ladders={"reply": ladder}))


def test_a_number_without_a_source_is_named() -> None:
    found = without_source(RULES)

    assert "deadlines.sign" in found
    assert "deadlines.return" not in found
    assert "inner_margin" in found
    assert "near" in found
    assert "ladders.reply.1" in found
    assert "coordination.repeated-returns" in found
    assert "limits.title" in found
    assert "limits.text" not in found
    assert "numbers.delegation.days" in found
    assert "sessions.七届四次" not in found


SOURCED = {
    clock: one.model_copy(update={"source": "某市规定"}) for clock, one in RULES.deadlines.items()
}
ALL_SOURCED = with_(
    deadlines=SOURCED,
    inner_margin=SOURCED["sign"],
    near=SOURCED["sign"],
    ladders={},
    coordination=(),
    numbers={},
    policies={},
    series={},
    sessions=(),
    limit_sources=dict.fromkeys(RULES.limits, "某市规定"),
)


def test_a_rule_set_with_every_source_names_nothing() -> None:
    assert without_source(ALL_SOURCED) == ()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"numbers": {"asks": Number(value=1, says="次数", source=None)}}, "numbers.asks"),
        ({"policies": {"clock": Policy(value="keep", says="沿用", source=None)}}, "policies.clock"),
        ({"series": {"letter": Series(pattern="{n}号", says="函", source=None)}}, "series.letter"),
        (
            {"sessions": (Session(session="一次", since=MAY, until=MAY, source=None),)},
            "sessions.一次",
        ),
        ({"limit_sources": {}}, "limits.title"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_whatever_has_no_source_is_named(changes: dict[str, Any], named: str) -> None:
    assert named in without_source(ALL_SOURCED.model_copy(update=changes))


LATER = Deadline(count=1, unit="months", source=None)


def test_a_clock_may_have_a_special_deadline_for_a_kind() -> None:
    rules = with_(deadlines={**RULES.deadlines, "reply:key": LATER})

    assert publish_rules(Register(), rules=rules) == (rules,)


@pytest.mark.parametrize("special", ["tea:key", "reply:", "reply: ", ":key"])
def test_a_special_deadline_needs_its_clock_and_a_kind(special: str) -> None:
    with pytest.raises(SpecialWithoutClock, match=f"特别期限“{special}”"):
        publish_rules(Register(), rules=with_(deadlines={**RULES.deadlines, special: LATER}))


def test_a_ladder_may_be_a_special_clocks_or_that_of_any_deadline() -> None:
    climbing = rungs((0, "calendar_days"))
    rules = with_(
        deadlines={**RULES.deadlines, "visit": LATER, "reply:key": LATER},
        ladders={"visit": climbing, "reply:key": climbing},
    )

    assert publish_rules(Register(), rules=rules) == (rules,)


FULL = with_(
    deadlines={**RULES.deadlines, "visit": LATER, "reply:key": LATER},
    limits={**RULES.limits, "note": 5},
    numbers={"asks": Number(value=1, says="次数", source=None)},
    policies={"clock": Policy(value="keep", says="沿用", source=None)},
    reasons={"extension": (Reason(code="hard", says="情况复杂"),)},
    series={"letter": Series(pattern="〔{year}〕{n}号", says="函", source=None)},
)


@pytest.mark.parametrize(
    ("left_out", "called"),
    [
        ({"deadlines": RULES.deadlines}, "时限“visit”"),
        ({"limits": RULES.limits}, "上限“note”"),
        ({"numbers": {}}, "数值“asks”"),
        ({"policies": {}}, "办法“clock”"),
        ({"reasons": {}}, "理由“extension”"),
        ({"reasons": {"extension": ()}}, "理由“extension”"),
        ({"series": {}}, "文号“letter”"),
    ],
    ids=str,
)
def test_a_later_edition_has_whatever_the_last_one_had(
    left_out: dict[str, Any], called: str
) -> None:
    later = FULL.model_copy(update={"edition": FULL.edition + 1, **left_out})

    with pytest.raises(RulesIncomplete, match=f"^规则集缺少{called}。$"):
        publish_rules(published(FULL), rules=later)


def test_so_has_the_first_edition_of_a_places_next_rule_set() -> None:
    next_year = FULL.model_copy(update={"rules": "shenzhen-2025", "numbers": {}})
    elsewhere = next_year.model_copy(update={"place": "atlantis"})

    with pytest.raises(RulesIncomplete, match="数值“asks”"):
        publish_rules(published(FULL), rules=next_year)
    assert publish_rules(published(FULL), rules=elsewhere) == (elsewhere,)


def test_a_special_deadline_may_end() -> None:
    deadlines = {name: one for name, one in FULL.deadlines.items() if name != "reply:key"}
    later = FULL.model_copy(update={"edition": FULL.edition + 1, "deadlines": deadlines})

    assert publish_rules(published(FULL), rules=later) == (later,)


@pytest.mark.parametrize(
    ("changes", "called"),
    [
        ({"reasons": {"extension": FULL.reasons["extension"] * 2}}, "“extension”的理由“hard”"),
        ({"sessions": RULES.sessions[:1] * 2}, "会议“七届一次”"),
        ({"synonyms": (("电梯", "升降机"), ("电梯", "梯"))}, "同义词“电梯”"),
    ],
    ids=["reasons", "sessions", "synonyms"],
)
def test_nothing_is_named_twice(changes: dict[str, Any], called: str) -> None:
    with pytest.raises(CodeTwice, match=f"{called}列了两次"):
        publish_rules(Register(), rules=with_(**changes))


@pytest.mark.parametrize("pattern", ["{year}{n:04d}", "{unit}函〔{year}〕{n}号", "{n}"])
def test_a_series_has_a_place_for_its_number(pattern: str) -> None:
    series = {"letter": Series(pattern=pattern, says="函", source=None)}

    assert publish_rules(Register(), rules=with_(series=series)) != ()


@pytest.mark.parametrize(
    "pattern", ["函", "{year}号", "{n}{n}", "{n", "{n}{}", "{n}{a.b}", "{n}{0}"]
)
def test_a_series_without_one_is_refused(pattern: str) -> None:
    series = {"letter": Series(pattern=pattern, says="函", source=None)}

    with pytest.raises(SeriesWithoutNumber, match="文号“letter”的格式"):
        publish_rules(Register(), rules=with_(series=series))


def session(name: str, since: date, until: date) -> Session:
    return Session(session=name, since=since, until=until, source=None)


def test_sessions_do_not_overlap_and_do_not_end_before_they_begin() -> None:
    day = timedelta(days=1)
    after = (session("一次", MAY, MAY), session("二次", MAY + day, MAY + day))

    assert publish_rules(Register(), rules=with_(sessions=after)) != ()
    with pytest.raises(SessionsOverlap, match="“一次”与“二次”"):
        publish_rules(Register(), rules=with_(sessions=(after[0], session("二次", MAY, MAY + day))))
    with pytest.raises(BackwardsDates, match="会议“一次”的起始日2024-05-01晚于截止日2024-04-30"):
        publish_rules(Register(), rules=with_(sessions=(session("一次", MAY, MAY - day),)))


def test_only_a_limit_has_a_source_of_a_limit() -> None:
    with pytest.raises(SourceOfNothing, match="上限“tea”没有规定"):
        publish_rules(Register(), rules=with_(limit_sources={"tea": "某市规定"}))


def test_rules_that_no_event_could_carry_are_refused() -> None:
    words = tuple((f"{n}" + "词" * 55, f"{n}" + "语" * 55) for n in range(2500))

    with pytest.raises(RulesTooLarge, match="最多800000字节"):
        publish_rules(Register(), rules=with_(synonyms=words))
