"""The stories of the year: what went another way than usual, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from deploy.demo import answers, letters
from deploy.demo.acts import Act
from deploy.demo.answers import Lead
from deploy.demo.lives import ORDINARY, Course
from deploy.demo.portfolio import LONGHUA, Proposal
from deploy.demo.verbs import assigning, escalating

LIFTS, RIVER, CHILDREN = "20240126", "20240433", "20240371"
LUHU, CRAFTS, SHOPS = "20240209", "20240227", "20240253"

MARKET, PLANNING, HOUSING = "市市场监督管理局", "市规划和自然资源局", "市住房和建设局"
LONGGANG = "龙岗区人民政府"

LIFTS_DECIDED_ON = date(2024, 2, 2)
SECOND_ROUND_FROM = date(2024, 5, 8)

COURSES = {
    LIFTS: Course(
        opines={LONGHUA: date(2024, 2, 8)}, lead=Lead(HOUSING, LIFTS_DECIDED_ON, generation=3)
    ),
    RIVER: Course(opines={LONGGANG: date(2024, 2, 29)}),
    LUHU: Course(opines={"市商务局": date(2024, 2, 23)}),
    CRAFTS: Course(signs={"市总工会": date(2024, 1, 19)}),
    SHOPS: Course(
        silent=("深圳市邮政管理局",),
        without_opinions_because="经三次催办仍未收到会办意见，为按期答复提案人，先行答复，"
        "所涉末端快递设施事项另行会商（演示文本）",
    ),
}


@dataclass(frozen=True, slots=True)
class Story:
    """One line of what happened this year."""

    on: date
    number: str
    says: str


TOLD = (
    Story(date(2024, 1, 11), "20240117", "与第20240305号诉求相同，并案办理，两件各得一份答复"),
    Story(date(2024, 1, 19), CRAFTS, "市总工会签收晚了1个工作日，前一天收到最后一天的提醒"),
    Story(date(2024, 1, 22), "", "龙华区政府全体（扩大）会议部署，分解到区直部门和街道"),
    Story(date(2024, 1, 23), LIFTS, "市市场监管局退办成立，改由市规划资源局主办"),
    Story(date(2024, 1, 26), LIFTS, "再次退办，累计两次，系统按规则列为市级协调事项"),
    Story(LIFTS_DECIDED_ON, LIFTS, "市领导协调决定：由市住房和建设局牵头，期限重新起算"),
    Story(date(2024, 2, 23), LUHU, "市商务局经催办后补交会办意见，迟了4个工作日"),
    Story(date(2024, 2, 27), RIVER, "龙岗区逾期未提会办意见，列为协调事项，市领导要求两日内提出"),
    Story(date(2024, 2, 29), RIVER, "龙岗区提出会办意见，上下游联合巡查得以写入答复"),
    Story(date(2024, 6, 6), CHILDREN, "提案人不满意，重新办理后第二次答复，获得满意"),
)


def course_of(case: Proposal) -> Course:
    return COURSES.get(case.number, ORDINARY)


def told_of(case: Proposal) -> Iterator[Act]:
    """What happens to this proposal beyond the ordinary."""
    if case.number == LIFTS:
        yield from _nobody_wants_the_lifts(case)
    elif case.number == RIVER:
        yield from _the_neighbour_is_silent(case)
    elif case.number == CHILDREN:
        yield from _the_first_answer_will_not_do(case)


def _nobody_wants_the_lifts(case: Proposal) -> Iterator[Act]:
    """Returned and found another unit; returned again, refused; settled by a leader."""
    yield assigning.returned(
        case,
        MARKET,
        on=date(2024, 1, 18),
        generation=1,
        code="not-our-duty",
        reason="加装电梯的规划许可和施工管理不属于本局职责，本局只负责电梯使用登记和安全监察",
        proposed=PLANNING,
    )
    yield assigning.decided_return(
        case,
        MARKET,
        on=date(2024, 1, 23),
        generation=1,
        why="规划许可是加装电梯的前提，改由市规划和自然资源局主办",
        new_unit=PLANNING,
    )
    yield assigning.returned(
        case,
        PLANNING,
        on=date(2024, 1, 26),
        generation=2,
        code="wrong-role",
        reason="加装电梯的统筹推进以施工和物业管理为主，本局宜为会办",
        proposed=HOUSING,
    )
    yield assigning.decided_return(
        case,
        PLANNING,
        on=date(2024, 1, 30),
        generation=2,
        why="本件已两次退办，报请市领导协调；决定之前仍由你局办理",
    )
    yield assigning.signed(case, PLANNING, on=date(2024, 1, 31), generation=2)
    yield escalating.coordinated(
        case,
        on=LIFTS_DECIDED_ON,
        matter="m1",
        decision="老旧住宅加装电梯由市住房和建设局牵头，规划、市场监管等部门配合，一窗受理、并联审批",
        new_lead=HOUSING,
    )


def _the_neighbour_is_silent(case: Proposal) -> Iterator[Act]:
    yield escalating.coordinated(
        case,
        on=date(2024, 2, 27),
        matter="m1",
        decision="流域治理须上下游协同，请龙岗区在两个工作日内提出会办意见，主办单位不变",
        new_lead=None,
    )


def _the_first_answer_will_not_do(case: Proposal) -> Iterator[Act]:
    """Dissatisfied, so done again: talked over once more, and answered with a promise."""
    assert case.second_reply is not None
    lead = Lead(LONGHUA, SECOND_ROUND_FROM)
    yield answers.talk(case, lead, on=SECOND_ROUND_FROM, nth=0, says=letters.talk_again(case))
    yield from answers.answered(
        case,
        lead,
        reply=case.second_reply,
        starts_on=date(2024, 6, 4),
        rated_after=8,
        round=2,
    )
