"""Similar cases over HTTP: found by their terms, with the reason why, judged and measured."""

from typing import Any

from services.intake import store
from services.intake.indexing import index
from tests.service.intake.acts import (
    Sheet,
    answered,
    called,
    checked,
    confirm,
    file,
    handed_over,
    listed,
    review,
    submit,
)
from tests.world import World

ARCHIVE: Sheet = [
    ["年度", "案号", "案由", "提案人", "主办单位", "答复类别", "答复日期", "答复摘要"],
    [
        2023,
        "20230007",
        "关于加快既有住宅加装电梯的提案",
        "李娜",
        "龙华区",
        "B",
        "2023-08-31",
        "试点",
    ],
    [2019, "20190001", "关于既有住宅加装电梯的提案", "赵明", "龙华区", "A", "2019-08-31", "完成"],
]


async def similar(world: World, title: str, *, post: str = "committee") -> list[dict[str, Any]]:
    answer = await world.tell("intake", "/similar", {"title": title}, post=post)
    assert answer.status == 200, answer
    found: list[dict[str, Any]] = answer.body["cases"]
    return found


async def judge(world: World, one: str, other: str, answer: str) -> list[str]:
    told = await review(world, one, f"similar/{called(other)}", answer=answer)
    assert told.status == 200
    return told.told


async def archived(world: World) -> None:
    shown = await checked(world, ARCHIVE, kind="archive")
    assert (await confirm(world, shown)).status == 200


async def test_while_writing_one_reads_what_is_like_it_and_why(intake: World) -> None:
    await file(intake, "lift", title="关于龙华老旧小区加装电梯的提案")
    await file(intake, "food", title="关于龙华食品安全的提案")
    await handed_over(intake, "lift", "C020")
    await answered(intake, "lift", "C020")

    [found] = await similar(intake, "关于推进罗湖既有住宅加装电梯的建议")

    assert found["title"] == "关于龙华老旧小区加装电梯的提案"
    assert "加装电梯" in found["why"]
    assert found["places_there"] == ["龙华"]
    assert found["units"] == ["深圳市交通运输局"]
    [reply] = found["replies"]
    assert (reply["result_class"], reply["says"]) == ("B", "正在解决")
    assert (found["same_year"], found["year"], found["answer"]) == (True, 2024, None)


async def test_what_the_text_says_of_the_others_title_is_a_second_reason(intake: World) -> None:
    await file(intake, "lift", title="关于小区电梯保养的提案", text="老楼的电梯，维修资金不好用。")

    asked = {"title": "关于小区电梯维修资金的提案", "text": "平时没有人保养。"}
    written = await intake.tell("intake", "/similar", asked, post="committee")
    await submit(intake, "fees", **asked)
    reviewed = await intake.ask("intake", f"/proposals/{called('fees')}/similar", post="committee")

    [found] = written.body["cases"]
    assert found["why"] == (
        "同有“小区电梯”；不同：维修资金／保养；对方正文也写到“维修资金”；本件正文也写到“保养”"
    )
    assert [one["why"] for one in reviewed.body["cases"]] == [found["why"]]


async def test_the_same_year_comes_first_then_earlier_ones_as_far_back_as_the_rules_say(
    intake: World,
) -> None:
    await archived(intake)
    await file(intake, "lift", title="关于老旧小区电梯维护的提案")

    found = await similar(intake, "关于既有住宅加装电梯的提案")

    assert [(one["year"], one["same_year"]) for one in found] == [(2024, True), (2023, False)]
    assert found[1]["replies"][0]["result_class"] == "B"
    assert found[1]["units"] == ["龙华区"]


async def test_a_proposer_is_not_shown_what_nobody_has_filed(intake: World) -> None:
    await submit(intake, "new", title="关于加装电梯的提案")
    await file(intake, "filed", title="关于加装电梯扶手的提案")

    for_committee = await similar(intake, "关于加装电梯的提案")
    for_proposer = await similar(intake, "关于加装电梯的提案", post="proposer")

    assert {one["proposal_id"] for one in for_committee} == {called("new"), called("filed")}
    assert [one["proposal_id"] for one in for_proposer] == [called("filed")]


async def test_at_review_a_proposal_is_not_like_itself(intake: World) -> None:
    await file(intake, "a", title="关于加装电梯的提案")
    await submit(intake, "b", title="關於加裝電梯的提案")

    answer = await intake.ask("intake", f"/proposals/{called('b')}/similar", post="committee")

    [found] = answer.body["cases"]
    assert (found["proposal_id"], found["score"]) == (called("a"), 1.0)


async def test_what_is_not_like_anything_finds_nothing(intake: World) -> None:
    await file(intake, "a", title="关于加装电梯的提案")

    assert await similar(intake, "关于海洋牧场的提案") == []
    assert await similar(intake, "") == []


async def test_an_answer_is_kept_and_may_be_changed(intake: World) -> None:
    await file(intake, "a", "b", title="关于加装电梯的提案")

    assert await judge(intake, "b", "a", "link") == ["SimilarJudged"]
    await judge(intake, "b", "a", "merge")

    answer = await intake.ask("intake", f"/proposals/{called('b')}/similar", post="committee")
    assert answer.body["cases"][0]["answer"] == "merge"


async def test_the_suggestions_are_measured_on_the_judged_pairs_and_on_the_answers(
    intake: World,
) -> None:
    await file(intake, "a", "b", title="关于加装电梯的提案")
    await file(intake, "c", title="关于电梯广告的提案")
    await judge(intake, "b", "a", "merge")
    await judge(intake, "b", "c", "neither")

    answer = await intake.ask("intake", "/similar/evaluation")

    given, kept = answer.body["measured"]
    assert (given["pairs"], given["asked"]) == (40, 9)
    assert given["hit_at_1"] == given["hit_at_5"] == given["recall_at_10"] == 1.0
    assert given["useful_at_cut"] == given["recall_at_cut"] == 1.0
    assert (kept["pairs"], kept["asked"], kept["hit_at_1"]) == (2, 1, 1.0)


async def test_terms_are_counted_when_there_are_many_more(intake: World) -> None:
    await file(intake, "a", title="关于加装电梯的提案")
    await index(intake["intake"].backbone)
    async with intake["intake"].desk.transaction() as tx:
        assert not await store.count_terms(tx)
        once = await store.shares(tx)
    await file(intake, "b", "c", title="关于加装扶手的提案")
    async with intake["intake"].desk.transaction() as tx:
        assert await store.count_terms(tx)
        again = await store.shares(tx)

    assert once.titles == 1
    assert again.titles == 3
    assert again.of("加装") == 1.0
    assert again.of("扶手") < 1.0
    assert [one["title"] for one in await similar(intake, "关于加装电梯的提案")] == [
        "关于加装电梯的提案",
        "关于加装扶手的提案",
        "关于加装扶手的提案",
    ]
    assert await listed(intake, q="加装") != []
    assert await listed(intake, q="电梯") == ["关于加装电梯的提案"]


async def test_words_made_by_older_rules_are_made_anew(intake: World) -> None:
    await file(intake, "a", title="关于加装电梯的提案")
    await intake.rows(
        "intake",
        "UPDATE proposals SET terms_version = 0, terms = '{}', words = '', matter = ''"
        " RETURNING proposal_id",
    )
    assert await listed(intake, q="电梯") == []

    await index(intake["intake"].backbone)

    assert await listed(intake, q="电梯") == ["关于加装电梯的提案"]
    assert await listed(intake, q="20240001") == ["关于加装电梯的提案"]
    assert len(await similar(intake, "关于加装电梯的提案")) == 1


async def test_units_are_not_asked_for_similar_cases(intake: World) -> None:
    answer = await intake.tell(
        "intake", "/similar", {"title": "关于电梯"}, post="officer", unit="C020"
    )

    assert answer.status == 403
