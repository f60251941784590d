"""Messages leave when people are awake, by ways that exist, and say no more than they may."""

from datetime import datetime, timedelta

import pytest

from services.escalation.domain.channels import Outcome, outcome_of, outcome_of_robot, post_of
from services.escalation.domain.digesting import (
    Channel,
    Hours,
    Letter,
    Line,
    Preference,
    choose,
    lines_of,
    next_try,
    ways_to,
)
from services.escalation.domain.lights import Light
from services.escalation.domain.refusals import (
    UnknownChannel,
    UnknownEvents,
    WrongAddress,
    WrongHour,
)
from services.escalation.domain.subscribing import subscribe, wait_after
from services.escalation.views import InboxRow
from services.escalation.wording import wording
from shared.clock import OFFICE
from shared.contracts.event import PersonId, ProposalId
from shared.contracts.registry import Number, PersonRegistered
from tests.domain.escalation.office import CALENDAR, CITY, PROPOSAL, day, rules_with, someone

WANG = PersonId("wang")
HOURS = Hours.of(
    rules_with(
        numbers={
            name: Number(value=value, says="试", source=None)
            for name, value in {"quiet_from": 20, "quiet_to": 8}.items()
        }
    )
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2024-{text}").replace(tzinfo=OFFICE)


@pytest.mark.parametrize(
    ("moment", "open"),
    [
        ("03-15 07:59", False),
        ("03-15 08:00", True),
        ("03-15 19:59", True),
        ("03-15 20:00", False),
        ("03-16 10:00", False),  # a Saturday
        ("04-05 10:00", False),  # Ching Ming
        ("04-07 10:00", True),  # a Sunday that is worked
    ],
)
def test_nobody_is_disturbed_at_night_or_on_a_free_day(moment: str, open: bool) -> None:
    assert HOURS.open_at(at(moment), calendar=CALENDAR) is open


def test_what_the_rules_do_not_say_has_a_usual_value() -> None:
    assert (HOURS.digest, HOURS.tries) == (9, 8)


@pytest.mark.parametrize(
    ("hour", "fits"), [(7, False), (8, True), (19, True), (20, False), (None, True)]
)
def test_an_hour_is_chosen_among_those_that_are_not_quiet(hour: int | None, fits: bool) -> None:
    wanted = Preference(WANG, digest_hour=hour)

    if fits:
        assert choose(wanted, wired=(), hours=HOURS) == wanted
    else:
        with pytest.raises(WrongHour, match="须在8时至20时之间"):
            choose(wanted, wired=(), hours=HOURS)


def test_only_a_channel_that_is_there_is_chosen() -> None:
    with pytest.raises(UnknownChannel, match="没有接通“feishu”这种渠道；可用的有：mail"):
        choose(Preference(WANG, channels=("feishu",)), wired=("mail",), hours=HOURS)


@pytest.mark.parametrize(
    ("preference", "ways"),
    [
        (Preference(WANG), [("mail", "w@example.cn")]),
        (Preference(WANG, addresses={"mail": "other@example.cn"}), [("mail", "other@example.cn")]),
        (Preference(WANG, channels=()), []),
        (Preference(WANG, channels=("wecom",), addresses={"wecom": "w1"}), [("wecom", "w1")]),
        (Preference(WANG, channels=("feishu",)), []),
    ],
)
def test_a_person_is_told_by_the_ways_that_they_chose(
    preference: Preference, ways: list[tuple[Channel, str]]
) -> None:
    known = PersonRegistered(person=WANG, name="王志毅", posts=(), mail="w@example.cn")

    assert ways_to(preference, known, wired=("mail", "wecom")) == ways


def test_whoever_has_no_address_gets_no_mail() -> None:
    assert ways_to(Preference(WANG), None, wired=("mail",)) == []


def test_tries_grow_rarer_and_never_end_by_themselves() -> None:
    start = at("03-15 09:00")
    waits = [next_try(start, tries=n) - start for n in range(1, 9)]

    assert waits[0] == timedelta(minutes=1)
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=6)
    assert wait_after(start, failures=99) - start == timedelta(hours=1)


def test_a_proposal_has_one_line_in_its_most_urgent_light() -> None:
    one, two = ProposalId("1"), ProposalId("2")

    lines = lines_of(
        [
            Line(one, "20240001", Light.GREEN, ("a",)),
            Line(two, "20240002", Light.YELLOW, ("b",)),
            Line(one, "20240001", Light.RED, ("c",)),
        ]
    )

    assert lines == [
        Line(one, "20240001", Light.RED, ("c", "a")),
        Line(two, "20240002", Light.YELLOW, ("b",)),
    ]


LETTER = Letter(7, WANG, "w1", day("03-20"), "会办提醒", "第20240080号")


def test_each_channel_writes_it_down_in_its_own_way() -> None:
    wecom = post_of("wecom", LETTER, url="https://w.cn/send?key=1", at=1)
    feishu = post_of("feishu", LETTER, url="https://f.cn/hook#secret", at=1)
    dingtalk = post_of("dingtalk", LETTER, url="https://d.cn/send?access_token=1#secret", at=1)
    webhook = post_of("webhook", LETTER, url="https://x.cn/hook#secret", at=1)

    assert b'"mentioned_list":["w1"]' in wecom.body
    assert feishu.url == "https://f.cn/hook"
    assert b'"sign":"' in feishu.body
    assert dingtalk.url.startswith("https://d.cn/send?access_token=1&timestamp=1000&sign=")
    assert webhook.headers["Huiban-Signature"].startswith("v1=")
    assert webhook.headers["Huiban-Timestamp"] == "1"
    assert all(b"secret" not in post.body for post in (feishu, dingtalk, webhook))


@pytest.mark.parametrize(
    ("status", "result"),
    [(200, "taken"), (204, "taken"), (301, "refused"), (404, "refused"), (408, "away")],
)
def test_a_status_says_whether_to_try_again(status: int, result: str) -> None:
    assert outcome_of(status, b"").result == result


def test_a_robot_that_says_no_says_so_in_its_body() -> None:
    assert outcome_of_robot(200, b'{"code": 19024, "msg": "Key Words Not Found"}') == Outcome(
        "refused", "19024 Key Words Not Found"
    )
    assert outcome_of_robot(200, b"[]").result == "taken"


def test_a_notice_of_a_later_version_says_what_kind_it_is() -> None:
    row = InboxRow(
        notice_id=1,
        proposal_id=PROPOSAL,
        number=None,
        kind="eclipse",
        facts={},
        clock_id=None,
        told_on=day("03-01"),
        read=False,
    )
    older = row.model_copy(update={"kind": "supervised", "facts": {"unit": "D01"}})

    assert wording("zh-CN").notice(row, name=str) == "eclipse"
    assert wording("zh-CN").notice(older, name=str) == "未编号提案：要求D01于前反馈"


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("zh-CN", "第20240007号提案：会办意见期限将至（市交通运输局，期限2024-02-22）"),
        ("zh-HK", "第20240007號提案：會辦意見期限將至（市交通運輸局，期限2024-02-22）"),
        ("en", "Proposal 20240007: the opinion of 市交通运输局 is due on 2024-02-22 (reminder 1)"),
    ],
)
def test_everybody_reads_in_their_language(language: str, says: str) -> None:
    row = InboxRow(
        notice_id=1,
        proposal_id=PROPOSAL,
        number="20240007",
        kind="reminder",
        facts={
            "unit": "C028",
            "clock": "opinion",
            "due_on": "2024-02-22",
            "rung": "1",
            "says": "会办意见期限将至",
        },
        clock_id="C028.1/opinion",
        told_on=day("02-18"),
        read=False,
    )

    assert wording(language).notice(row, name=lambda _: "市交通运输局") == says


def test_every_language_has_every_word() -> None:
    chinese, english = wording("zh-CN").words, wording("en").words

    assert {part: set(words) for part, words in chinese.items()} == {
        part: set(words) for part, words in english.items()
    }


@pytest.mark.parametrize("url", ["https://x.cn/hook", "http://127.0.0.1:9/x", "http://localhost/x"])
def test_a_subscription_is_told_where_nobody_else_reads(url: str) -> None:
    one = subscribe("s", name="s", url=url, secret="k", events=[], by=someone("office", CITY))

    assert one.url == url


@pytest.mark.parametrize("url", ["http://x.cn", "https://", "https://a:b@x.cn", "file:///etc"])
def test_or_it_is_refused(url: str) -> None:
    with pytest.raises(WrongAddress):
        subscribe("s", name="s", url=url, secret="k", events=[], by=someone("office", CITY))


def test_an_event_of_the_registry_is_not_told() -> None:
    with pytest.raises(UnknownEvents, match="RulesPublished"):
        subscribe(
            "s",
            name="s",
            url="https://x.cn",
            secret="k",
            events=["RulesPublished", "ReplyIssued"],
            by=someone("office", CITY),
        )
