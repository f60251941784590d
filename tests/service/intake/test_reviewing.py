"""Review over HTTP: filed under a number, declined for a reason, made key."""

from tests.service.intake.acts import file, page, review, submit
from tests.world import World


async def test_numbers_follow_one_another_from_the_first_of_the_year(intake: World) -> None:
    await file(intake, "a", "b")
    await file(intake, "c", year=2025)

    numbers = [(await page(intake, name))["number"] for name in "abc"]
    assert numbers == ["20240001", "20240002", "20250001"]


async def test_a_number_given_out_of_turn_leaves_no_gap(intake: World) -> None:
    for name in "abcd":
        await submit(intake, name)
    given = await review(intake, "a", "accept", number="20240002")

    for name in "bcd":
        await review(intake, name, "accept")

    assert given.body["events"][0]["data"]["number"] == "20240002"
    numbers = [(await page(intake, name))["number"] for name in "abcd"]
    assert numbers == ["20240002", "20240001", "20240003", "20240004"]


async def test_the_register_remembers_up_to_where_all_numbers_are_used(intake: World) -> None:
    for name in "abc":
        await submit(intake, name)
    await review(intake, "a", "accept", number="20240001")
    await review(intake, "b", "accept", number="20240003")
    await review(intake, "c", "accept")

    registers = await intake.rows("intake", "SELECT year, used_upto FROM registers")

    assert registers == [{"year": 2024, "used_upto": 2}]


async def test_a_number_is_given_once(intake: World) -> None:
    await file(intake, "a")
    await submit(intake, "b")

    answer = await review(intake, "b", "accept", number="20240001")

    assert (answer.status, answer.code) == (409, "number-taken")
    assert (await page(intake, "b"))["state"] == "submitted"


async def test_a_number_is_of_the_proposal_s_year(intake: World) -> None:
    await submit(intake, "a")

    answer = await review(intake, "a", "accept", number="20230001")

    assert (answer.status, answer.code) == (422, "number-malformed")


async def test_a_full_year_files_no_more(intake: World) -> None:
    await submit(intake, "a")
    await submit(intake, "b")
    await intake.rows("intake", "INSERT INTO registers VALUES (2024, 9998) RETURNING year")

    last, full = [await review(intake, name, "accept") for name in "ab"]

    assert last.body["events"][0]["data"]["number"] == "20249999"
    assert (full.status, full.code) == (409, "year-full")


async def test_a_proposal_is_declined_in_the_words_of_the_rule_set(intake: World) -> None:
    await submit(intake, "a")

    answer = await review(intake, "a", "decline", reason_code="empty")

    assert answer.told == ["ProposalDeclined"]
    shown = await page(intake, "a")
    assert (shown["state"], shown["reason"]) == ("declined", "内容空泛，没有具体建议")
    assert (shown["reason_code"], shown["reviewed_on"]) == ("empty", "2024-01-15")


async def test_a_reason_that_the_rule_set_does_not_know_is_none(intake: World) -> None:
    await submit(intake, "a")

    answer = await review(intake, "a", "decline", reason_code="boring")

    assert (answer.status, answer.code) == (422, "unknown-decline-reason")
    assert "empty（内容空泛，没有具体建议）" in answer.says


async def test_a_proposal_is_reviewed_once(intake: World) -> None:
    await file(intake, "a")

    again = await review(intake, "a", "accept")
    declined = await review(intake, "a", "decline", reason_code="empty")

    assert {again.code, declined.code} == {"already-reviewed"}
    assert again.says == "第20240001号提案已立案，不能再次审查。"


async def test_a_filed_proposal_becomes_key_once(intake: World) -> None:
    await submit(intake, "a")
    key = {"leader": "陈副市长", "supervised_by": "市政协提案委"}
    too_early = await review(intake, "a", "designate-key", **key)
    await review(intake, "a", "accept")

    first = await review(intake, "a", "designate-key", **key)
    again = await review(intake, "a", "designate-key", **key)

    assert (too_early.status, too_early.code) == (409, "not-filed")
    assert first.told == ["ProposalDesignatedKey"]
    assert (again.status, again.code) == (409, "already-key")
    shown = await page(intake, "a")
    assert (shown["key"], shown["leader"], shown["supervised_by"]) == (True, "陈副市长", "C004")


async def test_only_the_committee_reviews(intake: World) -> None:
    await submit(intake, "a")

    answer = await intake.tell("intake", "/proposals/a/accept", {}, post="proposer")

    assert answer.status == 403


async def test_what_was_never_handed_in_is_not_reviewed(intake: World) -> None:
    answers = [
        await review(intake, "nothing", "accept"),
        await review(intake, "nothing", "decline", reason_code="empty"),
        await review(intake, "nothing", "designate-key", leader="陈", supervised_by="C004"),
    ]

    assert [answer.status for answer in answers] == [404, 404, 404]
    assert await intake.rows("intake", "SELECT key FROM streams WHERE key !~ '/'") == []
