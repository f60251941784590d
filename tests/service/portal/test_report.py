"""The report over HTTP: the same figures for people, for programs, and as a text."""

from typing import Any

import pytest

from services.portal.domain.words import FIGURES
from shared.contracts.assignment import Role
from shared.contracts.event import ProposalId
from shared.contracts.intake import Origin
from shared.contracts.reply import Rating
from tests.service.portal.lives import (
    EDUCATION,
    FIRST,
    HEALTH,
    LONGHUA,
    SECOND,
    TRANSPORT,
    Life,
    filed,
    task,
)
from tests.service.portal.looking import look
from tests.world import World

THIRD = ProposalId("00000000-0000-4000-8000-000000000003")


async def a_year(portal: World) -> None:
    """Longhua leads one (with a sibling merged into it) and co-handles another, late."""
    led, sibling, helped = Life(FIRST), Life(SECOND), Life(THIRD)
    await portal.hears(
        "portal",
        led.submitted("关于推动龙华发展的提案", origin=Origin.REAL),
        led.accepted("20240080"),
        led.key(),
        *filed(sibling, "20240081"),
        led.merged(FIRST, FIRST, SECOND),
        sibling.merged(FIRST, FIRST, SECOND),
        led.assigned(task(LONGHUA, Role.LEAD), task(HEALTH, Role.CO_HANDLE)),
        led.handed_down(LONGHUA, task(EDUCATION, Role.LEAD, parent="D07.1")),
        led.contacted(LONGHUA),
        led.flagged(LONGHUA, HEALTH),
        led.settled(),
        led.issued(LONGHUA),
        sibling.issued(LONGHUA, handled_in=FIRST, document_number="龙华区函〔2024〕2号"),
        led.promised(LONGHUA, nth=1),
        led.promised(LONGHUA, nth=2),
        led.kept(LONGHUA),
        led.rated(LONGHUA, Rating.SATISFIED),
        sibling.rated(LONGHUA, Rating.DISSATISFIED),
        sibling.redo(LONGHUA),
        sibling.issued(
            LONGHUA, on="06-20", round=2, result_class="A", meaning="solved", handled_in=FIRST
        ),
        *filed(helped, "20240090"),
        helped.assigned(task(TRANSPORT, Role.LEAD), task(LONGHUA, Role.CO_HANDLE)),
        helped.opinion(LONGHUA, on="02-20", days_late=2),
        helped.issued(TRANSPORT),
    )


async def report(portal: World, unit: str = "龙华区人民政府") -> dict[str, Any]:
    answer = await portal.ask("portal", f"/report.json?unit={unit}&year=2024")
    assert answer.status == 200
    return dict(answer.body)


async def test_the_figures_are_counted_from_events(portal: World) -> None:
    await a_year(portal)

    found = await report(portal)

    assert {name: found[name] for name in ("received", "answering", "co_handling")} == {
        "received": 3,
        "answering": 2,
        "co_handling": 1,
    }
    assert (found["key"], found["merged"]) == (1, 1)
    assert (found["answers_owed"], found["answered"], found["answered_on_time"]) == (3, 3, 2)
    assert (found["replies"], found["by_class"], found["redone"]) == (3, {"A": 1, "B": 2}, 1)
    assert found["ratings"]["result"] == {"satisfied": 1, "basically": 0, "dissatisfied": 1}
    assert (found["promises_made"], found["promises_kept"]) == (2, 1)
    assert found["conversion_rate"] == 0.5
    assert (found["coordination_flagged"], found["coordination_decided"]) == (1, 1)
    assert (found["contacts"], found["handed_down"]) == (1, 1)


async def test_each_figure_states_its_counting_rule(portal: World) -> None:
    found = await report(portal)

    assert set(found["counting_rules"]) <= found.keys()
    assert all(rule.endswith("。") for rule in found["counting_rules"].values())


async def test_what_went_to_another_unit_is_not_received(portal: World) -> None:
    life = Life()
    await portal.hears(
        "portal",
        *filed(life, "20240001"),
        life.assigned(task(LONGHUA, Role.LEAD), task(TRANSPORT, Role.CO_HANDLE)),
        life.returned(TRANSPORT, to=HEALTH),
        life.decided(TRANSPORT, upheld=True),
        life.reassigned(TRANSPORT, task(HEALTH, Role.CO_HANDLE, generation=2)),
    )

    left, taken = await report(portal, "市交通运输局"), await report(portal, "市卫健委")

    assert (left["received"], left["returned"]) == (0, 1)
    assert (taken["received"], taken["returned"]) == (1, 0)


async def test_work_handed_down_is_no_proposal_received(portal: World) -> None:
    await a_year(portal)

    assert (await report(portal, "龙华区教育局"))["received"] == 0


async def test_the_page_shows_the_five_parts_and_the_rules(portal: World) -> None:
    await a_year(portal)

    page = await look(portal, "/report?unit=D07&year=2024")

    assert "提案共3件（主办、承办、分办件2件，会办件1件），其中包括1件市政协重点提案" in page
    assert "2024年1月15日，交办会；2024年1月22日，区政府全体（扩大）会议。" in page
    assert "李娜等2位委员提出的《关于推动龙华发展的提案》（第20240080号）" in page
    assert "由龙华区人民政府主办；市卫生健康委员会会办。" in page
    assert "本报告的统计范围含标注为“组合示例”的演示记录" in page
    assert "成果转化率 50.0%" in page


async def test_the_text_version_carries_the_same_title_and_table(portal: World) -> None:
    await a_year(portal)

    answer = await portal.ask("portal", "/report.md?unit=D07&year=2024")

    assert answer.status == 200
    assert answer.body.startswith("# 龙华区人民政府2024年承办市政协提案总体情况")
    assert "## 五、对政协提案工作的意见建议" in answer.body
    assert "| 收到提案 | 3 | 按提案计" in answer.body


async def test_an_unknown_unit_is_a_problem_document_for_programs(portal: World) -> None:
    answer = await portal.ask("portal", "/report.json?unit=龙华&year=2024")

    assert (answer.status, answer.code) == (404, "unknown-unit")
    assert "没有名为“龙华”的单位" in answer.says


async def test_programs_must_name_unit_and_year(portal: World) -> None:
    answer = await portal.ask("portal", "/report.json")

    assert (answer.status, answer.code) == (422, "malformed")


async def between(portal: World, since: str, until: str, unit: str = "D07") -> dict[str, Any]:
    answer = await portal.ask("portal", f"/report.json?unit={unit}&since={since}&until={until}")
    assert answer.status == 200, answer.body
    return dict(answer.body)


async def test_between_two_days_each_thing_counts_on_its_own_day(portal: World) -> None:
    await a_year(portal)

    january = await between(portal, "2024-01-01", "2024-01-31")
    spring = await between(portal, "2024-02-01", "2024-03-31")
    june = await between(portal, "2024-06-20", "2024-06-20")
    next_year = await between(portal, "2025-01-01", "2025-06-30")

    # Handed over in January, nothing answered: all of it is owed.
    assert (january["received"], january["answering"], january["key"]) == (3, 2, 1)
    assert (january["answers_owed"], january["answered"], january["replies"]) == (3, 0, 0)
    assert (january["handed_down"], january["contacts"]) == (1, 1)
    # What was owed when spring began was answered then, one of three late.
    assert (spring["received"], spring["answers_owed"]) == (0, 3)
    assert (spring["answered"], spring["answered_on_time"]) == (3, 2)
    assert (spring["replies"], spring["by_class"]) == (2, {"B": 2})
    # The second round's reply alone.
    assert (june["replies"], june["by_class"], june["answers_owed"]) == (1, {"A": 1}, 0)
    assert (next_year["replies"], next_year["answers_owed"]) == (0, 0)
    assert "按发出之日计" in spring["counting_rules"]["replies"]


@pytest.mark.parametrize("unit", ["D07", "C030", "C031", "C001"])
async def test_the_months_add_up_to_the_year(portal: World, unit: str) -> None:
    await a_year(portal)
    summed = (
        "received", "replies", "redone", "promises_made", "coordination_flagged", "returned",
        "contacts", "handed_down", "answered", "answered_on_time",
    )  # fmt: skip

    year = await report(portal, unit)
    whole = await between(portal, "2024-01-01", "2024-12-31", unit)
    months = [
        await between(portal, f"2024-{month:02}-01", f"2024-{month + 1:02}-01", unit)
        for month in range(1, 12)
    ]
    days = [
        await between(portal, f"2024-{nth:02}-01", f"2024-{nth:02}-01", unit)
        for nth in range(2, 12)
    ]

    for figure in summed:
        assert whole[figure] == year[figure], figure
        # Each month is asked with the first of the next: those days were counted twice.
        twice = sum(day[figure] for day in days)
        assert sum(month[figure] for month in months) - twice == year[figure], figure
    assert whole["ratings"] == year["ratings"]
    assert whole["answers_owed"] == year["answers_owed"]


async def test_a_units_figures_are_the_citys_where_it_is_the_only_one(portal: World) -> None:
    life = Life()
    await portal.hears(
        "portal",
        *filed(life, "20240001"),
        life.assigned(task(LONGHUA, Role.LEAD)),
        life.contacted(LONGHUA),
        life.issued(LONGHUA),
        life.promised(LONGHUA, nth=1),
    )

    for since, until in (("2024-01-01", "2024-02-29"), ("2024-03-01", "2024-04-30")):
        own = await between(portal, since, until)
        city = await between(portal, since, until, "C001")
        assert {code: own[code] for code in FIGURES} == {code: city[code] for code in FIGURES}


async def test_a_session_is_the_proposals_that_were_put_for_it(portal: World) -> None:
    one, other = Life(FIRST), Life(SECOND)
    await portal.hears(
        "portal",
        one.submitted(session="七届四次"),
        one.accepted("20240001"),
        one.assigned(task(LONGHUA, Role.LEAD)),
        *filed(other, "20240002"),
        other.assigned(task(LONGHUA, Role.LEAD)),
    )

    for unit in ("D07", "C001"):
        answer = await portal.ask("portal", f"/report.json?unit={unit}&period=session:七届四次")
        assert (answer.status, answer.body["received"]) == (200, 1)
        assert answer.body["counting_rules"]["received"].startswith(
            "按提案计：七届四次会议立案编号"
        )


async def test_the_page_offers_periods_and_keeps_the_chosen_one(portal: World) -> None:
    await a_year(portal)
    client = portal["portal"].client
    pages = {"accept": "text/html", "huiban-today": portal.today.isoformat()}

    form = "/report?unit=D07&period=2024&since=2024-03-01&until=2024-05-31"
    answer = await client.get(form, headers=pages)
    assert answer.headers["location"] == "/report?unit=D07&period=2024-03-01..2024-05-31"
    page = await client.get(answer.headers["location"], headers=pages)

    assert "龙华区人民政府2024年3月1日至2024年5月31日承办市政协提案总体情况" in page.text
    assert "统计截至2024年3月1日" in page.text  # the day that is viewed: it is not over
    assert '<option value="2024-01-01..2024-06-30">2024年上半年</option>' in page.text
    assert 'href="/report.json?unit=D07&amp;period=2024-03-01..2024-05-31"' in page.text


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "period-missing"),
        ("&period=2024H1", "period-unknown"),
        ("&since=2024-01-01", "period-half"),
        ("&since=2024-02-01&until=2024-01-01", "period-backwards"),
    ],
)
async def test_a_period_is_not_guessed(portal: World, query: str, code: str) -> None:
    answer = await portal.ask("portal", f"/report.json?unit=D07{query}")

    assert (answer.status, answer.code) == (422, code)
