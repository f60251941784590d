"""The year 2024 of Longhua District, undisturbed: the report, the events, what is on Kafka."""

import json
from collections import Counter
from typing import Any

import pytest

from deploy.demo.portfolio import portfolio
from deploy.services import SERVICES
from tests.connected.judging import faults_in_logs, faults_on_kafka
from tests.living import PlayedYear

pytestmark = pytest.mark.connected

REAL = {"20240080", "20240498"}
FIGURES = {
    "received",
    "answering",
    "co_handling",
    "key",
    "answered_on_time",
    "replies",
    "by_class",
    "ratings",
    "promises_made",
    "promises_kept",
    "coordination_flagged",
    "merged",
}
PARTS = [
    "一、基本情况",
    "二、主要做法",
    "三、典型案例",
    "四、存在问题及下一步工作思路",
    "五、对政协提案工作的意见建议",
]


async def test_the_district_received_what_its_source_says(played_year: PlayedYear) -> None:
    report = played_year.report

    assert report["received"] == 37
    assert report["answering"] == 9
    assert report["co_handling"] == 28
    assert report["key"] == 1


async def test_every_figure_is_there_and_says_how_it_is_counted(played_year: PlayedYear) -> None:
    report = played_year.report

    assert report.keys() >= FIGURES
    assert report["counting_rules"].keys() >= FIGURES
    assert all(report["counting_rules"].values())


async def test_the_figures_agree_with_the_events(played_year: PlayedYear) -> None:
    report = played_year.report
    issued = [one for one in _told(played_year, "ReplyIssued") if one["unit"] == "D07"]
    promised = [one for one in _told(played_year, "PromiseMade") if one["unit"] == "D07"]
    kept = [one for one in _told(played_year, "PromiseKept") if one["unit"] == "D07"]

    assert report["replies"] == len(issued)
    assert report["by_class"] == Counter(one["result_class"] for one in issued)
    assert report["promises_made"] == len(promised)
    assert report["promises_kept"] == len(kept)
    assert 0 < report["promises_kept"] < report["promises_made"]
    assert report["conversion_rate"] == len(kept) / len(promised)
    assert report["ratings"]["result"]["dissatisfied"] == report["redone"] == 1


async def test_the_report_has_the_parts_of_its_source(played_year: PlayedYear) -> None:
    assert [part["title"] for part in played_year.report["parts"]] == PARTS


async def test_the_report_was_left_as_files(played_year: PlayedYear) -> None:
    root = played_year.parts.places.root

    assert json.loads((root / "report.json").read_text("utf-8")) == played_year.report
    assert all(part in (root / "report.md").read_text("utf-8") for part in PARTS)


async def test_two_cases_are_real_and_the_others_say_that_they_are_composed(
    played_year: PlayedYear,
) -> None:
    numbers = {one["proposal_id"]: one["number"] for one in _told(played_year, "ProposalAccepted")}
    submitted = _told(played_year, "ProposalSubmitted")
    origins = {numbers[one["proposal_id"]]: one["origin"] for one in submitted}

    assert len(origins) == len(portfolio()) == 37
    assert {number for number, origin in origins.items() if origin == "real"} == REAL
    assert {origin for number, origin in origins.items() if number not in REAL} == {"composed"}


async def test_what_the_year_must_have_seen_is_in_the_events(played_year: PlayedYear) -> None:
    told = Counter(_short(one.type) for one in played_year.logged)
    meetings = {(one["meeting"], one["on"]) for one in _told(played_year, "WorkHandedDown")}
    late = [one for one in _told(played_year, "OpinionGiven") if one["days_late"] > 0]

    assert ("龙华区政府全体（扩大）会议", "2024-01-22") in meetings
    assert told["AssignmentReturned"] == told["ReturnDecided"] == 3
    assert told["CoordinationFlagged"] == told["CoordinationDecided"] == 2
    assert told["ProposalsMerged"] == 2
    assert told["RedoOrdered"] == 1
    assert {one["unit"] for one in late} <= {
        one["unit"] for one in _told(played_year, "ReminderSent") if one["rung"] > 0
    }
    assert late


async def test_the_acts_of_a_furnished_office_are_in_the_events(
    played_year: PlayedYear,
) -> None:
    told = Counter(_short(one.type) for one in played_year.logged)
    [new_lead] = [
        one
        for one in _told(played_year, "CoordinationDecided")
        if one["effect"]["kind"] == "new_lead"
    ]

    assert told["JointSignatureGiven"] > 20
    for once in (
        "ExtensionGranted",
        "ObjectionDecided",
        "ItemsPlanned",
        "ContactDenied",
        "SupervisionOpened",
        "SupervisionClosed",
        "PromiseBroken",
    ):
        assert told[once] == 1, once
    assert told["ContactConfirmed"] > 1
    assert told["ProgressReported"] == 2
    assert {one["round"] for one in _told(played_year, "ReplyRated")} == {1, 2}
    assert new_lead["effect"]["lead"] == "C027"


async def test_notices_came_by_mail_and_say_no_titles(played_year: PlayedYear) -> None:
    delivered = sum(one["channel"] == "mail" for one in _told(played_year, "NoticeDelivered"))

    assert delivered >= len(played_year.mails) > 20
    titles = [case.title for case in portfolio()]
    for mail in played_year.mails:
        assert not any(title in mail.get_content() for title in titles)


async def test_nothing_was_parked(played_year: PlayedYear) -> None:
    assert played_year.parked == dict.fromkeys(SERVICES, 0)


async def test_every_event_is_on_kafka_at_least_once_and_in_order(
    played_year: PlayedYear,
) -> None:
    assert faults_on_kafka(played_year) == []


async def test_the_logs_are_json_and_keep_nobodys_words(played_year: PlayedYear) -> None:
    assert faults_in_logs(played_year) == []


def _told(year: PlayedYear, name: str) -> list[dict[str, Any]]:
    return [json.loads(one.payload) for one in year.logged if _short(one.type) == name]


def _short(type: str) -> str:
    return type.split(".")[2]
