"""What cannot be taken in is parked, seen, and dealt with by the operator; the rest goes on."""

import getpass
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from deploy.services import SERVICES
from tests.connected.operating import Operator, Ran
from tests.connected.records import FOREIGN, Put, about, put, said
from tests.inside import counted, database, everywhere
from tests.waiting import comes_true

pytestmark = pytest.mark.connected

NUMBER = "20249999"
HEARERS = ("assignment", "reply", "escalation", "portal")  # of an accepted proposal
LISTENERS = tuple(service for service in SERVICES if service != "intake")  # to what intake told
NOBODY, EVERYBODY = dict.fromkeys(SERVICES, 0), dict.fromkeys(SERVICES, 1)


@pytest.fixture(autouse=True)
async def leaving_nothing_parked(operator: Operator) -> AsyncIterator[None]:
    """Whatever a test left is skipped, so that the installation is well again."""
    yield

    async def nothing_is_parked() -> bool:
        for service in SERVICES:
            for row in await _listed(operator, service):
                if row["state"] != "behind":  # what waits behind another goes on by itself
                    path, body = f"/parked/{row['id']}/skip", {"reason": "测试结束"}
                    await operator.asks("POST", service, path, body=body)
        return await everywhere(operator.parts, "parked") == NOBODY

    await comes_true(nothing_is_parked)


@pytest.fixture
def key() -> str:
    """A proposal of which nobody has heard."""
    return str(uuid4())


async def test_a_foreign_record_is_parked_whole_and_seen(operator: Operator) -> None:
    await _put_and_parked(operator, FOREIGN, parked=EVERYBODY)

    (row,) = await _listed(operator, "reply")
    listed = await operator.types("parked", "list", "reply")
    as_json = await operator.types("parked", "list", "reply", "--json")
    shown = await operator.types("parked", "show", "reply", str(row["id"]))
    doctor = await operator.types("doctor", "--json")
    figures = await operator.figures("reply")

    wrong = [one for one in json.loads(doctor.said) if one["mark"] == "wrong"]
    assert (row["state"], row["type"]) == ("unreadable", None)
    assert "（外来记录）" in listed.said
    assert json.loads(as_json.said) == [row]
    assert "not ours" in json.loads(shown.said)["value"]
    assert doctor.code == 1
    assert {one["subject"]: one["advice"] for one in wrong} == {
        service: f"huiban parked list {service}" for service in SERVICES
    }
    assert figures['huiban_parked_events{state="unreadable"}'] == 1
    assert figures["huiban_parked_oldest_age_seconds"] > 0


async def test_a_foreign_record_keeps_nobody_waiting(operator: Operator) -> None:
    await _put_and_parked(operator, FOREIGN, parked=EVERYBODY)

    (await operator.registers("beside.a.foreign.record")).raise_for_status()

    await operator.until_all_know("beside.a.foreign.record")


async def test_a_skipped_record_is_gone_and_on_file(operator: Operator) -> None:
    await _put_and_parked(operator, FOREIGN, parked=EVERYBODY)
    (row,) = await _listed(operator, "reply")

    skipped = await _deals(operator, "skip", "reply", row, reason="不是本系统的记录")

    assert skipped.code == 0
    assert (await operator.types("parked", "list", "reply")).said == "没有搁置的事件。\n"
    assert await _on_file(operator, "reply", row) == [
        ("skip", f"operator:{getpass.getuser()}", "不是本系统的记录", FOREIGN.value)
    ]


async def test_broken_data_hold_their_key_only_at_those_who_need_them(
    operator: Operator, key: str
) -> None:
    later = about(key, "ProposalDesignatedKey", sequence=2, leader="甲", supervised_by="乙")

    await _put_and_parked(operator, _broken(key), later, parked=NOBODY | dict.fromkeys(HEARERS, 2))

    states = [row["state"] for row in await _listed(operator, "assignment")]
    assert states == ["unreadable", "behind"]
    assert await _reached(operator, "registry", key) == 2


async def test_nothing_is_skipped_before_what_it_waits_for(operator: Operator, key: str) -> None:
    later = about(key, "ProposalDesignatedKey", sequence=2, leader="甲", supervised_by="乙")
    await _put_and_parked(operator, _broken(key), later, parked=NOBODY | dict.fromkeys(HEARERS, 2))
    first, behind = await _listed(operator, "escalation")

    too_early = await _deals(operator, "skip", "escalation", behind, reason="先跳过这条")
    skipped = await _deals(operator, "skip", "escalation", first, reason="内容有误，另行补录")

    assert too_early.code == 1
    assert f"还有更早的搁置记录{first['id']}，请先处理那一条" in too_early.complained
    assert skipped.code == 0
    await _until_parked(operator, "escalation", 0)
    assert await _reached(operator, "escalation", key) == 2


async def test_a_corrected_copy_takes_effect_and_the_original_stays_on_file(
    operator: Operator, key: str, tmp_path: Path
) -> None:
    broken = _broken(key)
    await _put_and_parked(operator, broken, parked=NOBODY | dict.fromkeys(HEARERS, 1))
    (row,) = await _listed(operator, "assignment")
    wrong, right = tmp_path / "wrong.json", tmp_path / "right.json"
    wrong.write_bytes(broken.value)
    right.write_text(json.dumps(said(key, number=NUMBER)), encoding="utf-8")

    in_vain = await _deals(operator, "correct", "assignment", row, str(wrong), reason="照旧")
    corrected = await _deals(operator, "correct", "assignment", row, str(right), reason="补上案号")

    assert in_vain.code == 1
    assert "更正后的内容仍不能识别" in in_vain.complained
    assert corrected.code == 0
    await _until_parked(operator, "assignment", 0)
    opened = await operator.asks("GET", "assignment", f"/proposals/{key}")
    assert opened.json()["number"] == NUMBER
    on_file = await _on_file(operator, "assignment", row)
    assert on_file == [("correct", f"operator:{getpass.getuser()}", "补上案号", broken.value)]


async def test_a_redriven_event_is_tried_again(operator: Operator, key: str) -> None:
    await _put_and_parked(operator, _broken(key), parked=NOBODY | dict.fromkeys(HEARERS, 1))
    (row,) = await _listed(operator, "assignment")

    redriven = await _deals(operator, "redrive", "assignment", row, reason="再试一次")

    async def was_tried() -> bool:
        (again,) = await _listed(operator, "assignment")
        return again["state"] == "retry" and int(again["attempts"]) > 0

    assert redriven.code == 0
    await comes_true(was_tried)


async def test_a_gap_waits_and_closes_by_itself(operator: Operator, key: str) -> None:
    first = about(key, "ProposalAccepted", sequence=1, number=NUMBER)
    second = about(key, "ProposalDesignatedKey", sequence=2, leader="甲", supervised_by="乙")
    await _put_and_parked(operator, second, parked=EVERYBODY | {"intake": 0})
    states = {row["state"] for service in SERVICES for row in await _listed(operator, service)}

    await _put_and_parked(operator, first, parked=NOBODY)

    assert states == {"gap"}
    assert {await _reached(operator, service, key) for service in LISTENERS} == {2}


async def test_a_later_version_of_a_type_is_passed_over(operator: Operator, key: str) -> None:
    await put(operator.parts, about(key, "ProposalAccepted", sequence=1, version=2, title={}))

    async def everybody_went_on() -> bool:
        return {await _reached(operator, service, key) for service in LISTENERS} == {1}

    await comes_true(everybody_went_on)
    assert await everywhere(operator.parts, "parked") == NOBODY


def _broken(key: str) -> Put:
    """Accepted, but under no number."""
    return about(key, "ProposalAccepted", sequence=1)


async def _put_and_parked(operator: Operator, *records: Put, parked: dict[str, int]) -> None:
    await put(operator.parts, *records)

    async def as_many_are_parked() -> bool:
        return await everywhere(operator.parts, "parked") == parked

    await comes_true(as_many_are_parked)


async def _reached(operator: Operator, service: str, key: str) -> int:
    """How many of the events that intake told of a proposal a service has behind it."""
    query = f"SELECT max(sequence) FROM {service}.cursors WHERE key = $1"  # noqa: S608
    async with database(operator.parts) as connection:
        return await connection.fetchval(query, key) or 0


async def _until_parked(operator: Operator, service: str, count: int) -> None:
    async def as_many_are_parked() -> bool:
        return await counted(operator.parts, f"{service}.parked") == count

    await comes_true(as_many_are_parked)


async def _listed(operator: Operator, service: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = (await operator.asks("GET", service, "/parked")).json()
    return rows


async def _deals(
    operator: Operator, act: str, service: str, row: dict[str, Any], *more: str, reason: str
) -> Ran:
    return await operator.types("parked", act, service, str(row["id"]), *more, "--reason", reason)


async def _on_file(
    operator: Operator, service: str, row: dict[str, Any]
) -> list[tuple[str, str, str, bytes]]:
    async with database(operator.parts) as connection:
        actions = await connection.fetch(
            f"SELECT action, by, reason, before FROM {service}.park_actions"  # noqa: S608
            " WHERE parked_id = $1 ORDER BY id",
            row["id"],
        )
    return [tuple(action) for action in actions]
