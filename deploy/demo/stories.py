"""The stories of the year: what went another way than usual, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from deploy.demo import answers, letters
from deploy.demo.acts import Act
from deploy.demo.answers import Lead
from deploy.demo.lives import ORDINARY, Course
from deploy.demo.portfolio import LONGHUA, DistrictWork, Proposal
from deploy.demo.units import SECTION
from deploy.demo.verbs import assigning, escalating, replying
from deploy.demo.verbs.assigning import Item

LIFTS, RIVER, CHILDREN = "20240126", "20240433", "20240371"
LUHU, CRAFTS, SHOPS = "20240209", "20240227", "20240253"
WORKSHOPS, TRADE, KINDERGARTENS = "20240152", "20240266", "20240117"
NURSERIES, LORRIES, CLEANERS = "20240167", "20240612", "20240241"

MARKET, PLANNING, HOUSING = "市市场监督管理局", "市规划和自然资源局", "市住房和建设局"
LONGGANG = "龙岗区人民政府"
INDUSTRY, HEALTH, POST_OFFICE = "市工业和信息化局", "市卫生健康委员会", "深圳市邮政管理局"
POLICE, TRANSPORT = "市公安局交通警察局", "市交通运输局"
LONGHUA_INDUSTRY, LONGHUA_PLANS = "龙华区工业和信息化局", "龙华区发展和改革局"
LONGHUA_SCHOOLS = "龙华区教育局"

LIFTS_DECIDED_ON = date(2024, 2, 2)
SECOND_ROUND_FROM = date(2024, 5, 8)
DENIED_ON = date(2024, 1, 31)
EXTENDED_TO = date(2024, 5, 15)


def _signed_by_all(case: Proposal, on: date) -> Iterator[Act]:
    """The second version: the district endorses it, and every co-handler countersigns."""
    yield replying.endorsed(case, LONGHUA, on=on, version=2)
    yield replying.asked_to_countersign(case, LONGHUA, on=on, version=2)
    for unit in case.co_handlers:
        yield replying.countersigned(case, unit, on=on, version=2, lead=LONGHUA)


COURSES = {
    LIFTS: Course(
        opines={LONGHUA: date(2024, 2, 8)}, lead=Lead(HOUSING, LIFTS_DECIDED_ON, generation=3)
    ),
    RIVER: Course(opines={LONGGANG: date(2024, 2, 29)}),
    LUHU: Course(opines={"市商务局": date(2024, 2, 23)}),
    CRAFTS: Course(signs={"市总工会": date(2024, 1, 19)}),
    SHOPS: Course(
        silent=(POST_OFFICE,),
        without_opinions_because="经三次催办仍未收到会办意见，为按期答复提案人，先行答复，"
        "所涉末端快递设施事项另行会商（演示文本）",
    ),
    WORKSHOPS: Course(answers_on=date(2024, 3, 28), first_draft=2, signed=_signed_by_all),
    TRADE: Course(denies=True),
    NURSERIES: Course(answers_on=date(2024, 5, 6)),
    LORRIES: Course(signs={POLICE: date(2024, 6, 4)}),
}

ITEMS = (
    Item(
        "建立优质产业用房供需清单",
        LONGHUA_INDUSTRY,
        "完成供需摸排",
        date(2024, 2, 29),
        date(2024, 2, 28),
        "供需摸排完成，供需清单编制方案已定",
    ),
    Item(
        "建成统一的线上选址渠道",
        LONGHUA_INDUSTRY,
        "提出渠道建设计划",
        date(2024, 3, 8),
        date(2024, 3, 7),
        "线上选址渠道建设计划已定",
    ),
    Item(
        "对先进制造企业给予稳定租期支持",
        LONGHUA_PLANS,
        "提出支持措施",
        date(2024, 3, 15),
        date(2024, 3, 12),
        "支持措施已纳入年度工作",
    ),
)


@dataclass(frozen=True, slots=True)
class Story:
    """One line of what happened this year."""

    on: date
    number: str
    says: str


TOLD = (
    Story(date(2024, 1, 11), KINDERGARTENS, "采纳相似提案提示，第20240305号并入办理，各得一份答复"),
    Story(date(2024, 1, 19), CRAFTS, "市总工会签收晚了1个工作日，前一天收到最后一天的提醒"),
    Story(date(2024, 1, 22), "", "龙华区政府全体（扩大）会议部署，分解到区直部门和街道"),
    Story(date(2024, 1, 24), WORKSHOPS, "重点提案分成3个工作项目，各有单位、经办人和节点"),
    Story(date(2024, 1, 25), KINDERGARTENS, "区教育局再分解到科室，科室两次报告进展"),
    Story(DENIED_ON, TRADE, "提案人否认所记的登门沟通；两日后补上，由本人确认"),
    Story(LIFTS_DECIDED_ON, LIFTS, "两次退办，列为市级协调；市领导定由市住房和建设局牵头"),
    Story(date(2024, 2, 23), LUHU, "市商务局经催办后补交会办意见，迟了4个工作日"),
    Story(date(2024, 2, 27), RIVER, "龙岗区逾期未提会办意见，市领导要求两日内提出，如期提出"),
    Story(date(2024, 3, 5), SHOPS, "会办意见逾期10个工作日，自动督办；市邮政管理局反馈后办结"),
    Story(date(2024, 3, 26), WORKSHOPS, "市规划资源局退回会签，改出第2稿，全部会办单位会签"),
    Story(date(2024, 4, 10), NURSERIES, "市卫生健康委申请延期1个月获准，在新期限内答复"),
    Story(date(2024, 6, 3), LORRIES, "市交警局退办未获同意，提出二次异议；领导裁定仍由其主办"),
    Story(date(2024, 6, 6), CHILDREN, "提案人不满意，重新办理后第二次答复，获得满意"),
    Story(date(2024, 12, 2), CLEANERS, "市城管局承诺的休息点到期未完成，经核实记为未兑现"),
)


def course_of(case: Proposal) -> Course:
    return COURSES.get(case.number, ORDINARY)


def told_of(case: Proposal) -> Iterator[Act]:
    """What happens to this proposal beyond the ordinary."""
    if teller := TELLERS.get(case.number):
        yield from teller(case)


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


def _the_key_one_is_worked_out(case: Proposal) -> Iterator[Act]:
    """Itemised, visited by its leader; a co-handler sends the first version back."""
    yield assigning.itemised(case, on=date(2024, 1, 24), items=ITEMS)
    for nth, item in enumerate(ITEMS, start=1):
        yield assigning.item_completed(case, nth, item)
    yield escalating.led(
        case,
        on=date(2024, 2, 29),
        unit=LONGHUA,
        summary="领办领导带队调研产业用房供需情况，与提案人、企业座谈（演示文本）",
    )
    yield replying.drafted(
        case, LONGHUA, on=date(2024, 3, 20), version=1, generation=1, reply=case.reply
    )
    yield replying.approved(case, LONGHUA, on=date(2024, 3, 21), version=1, generation=1)
    yield replying.endorsed(case, LONGHUA, on=date(2024, 3, 22), version=1)
    yield replying.asked_to_countersign(case, LONGHUA, on=date(2024, 3, 22), version=1)
    yield replying.countersigned(case, INDUSTRY, on=date(2024, 3, 25), version=1, lead=LONGHUA)
    yield replying.refused_to_countersign(
        case,
        PLANNING,
        on=date(2024, 3, 26),
        version=1,
        lead=LONGHUA,
        why="产业空间面积与规划口径不一致，请核对后再送（演示文本）",
    )


def _nobody_came(case: Proposal) -> Iterator[Act]:
    """A talk is recorded that never was; the real one follows, and is confirmed."""
    says = "当天没有人上门，只收到一条短信"
    yield replying.denied(case, LONGHUA, on=DENIED_ON, nth=1, says=f"{says}（演示文本）")
    lead = Lead(LONGHUA, case.handed_over_on)
    yield answers.talk(case, lead, on=date(2024, 2, 2), nth=0, says=letters.real_talk(case))
    yield replying.confirmed(case, LONGHUA, on=date(2024, 2, 5), nth=2)


def _a_section_does_the_work(case: Proposal) -> Iterator[Act]:
    """City, district, bureau, section: each its task, reported upwards stage by stage."""
    duty = "逐个小区核对配套幼儿园建设和移交情况，建立台账"
    work = DistrictWork(SECTION.name, duty)
    yield assigning.handed_down(
        case, on=date(2024, 1, 25), meeting=None, unit=LONGHUA_SCHOOLS, work=(work,)
    )
    yield assigning.signed(case, SECTION.name, on=date(2024, 1, 26))
    for on, stage, says in (
        (date(2024, 2, 5), "摸底", "配套幼儿园建设和移交情况摸底完成"),
        (date(2024, 2, 26), "建账", "建设移交台账已建立，正与住建部门核对"),
    ):
        yield assigning.progressed(
            case, SECTION.name, on=on, stage=stage, says=f"{says}{letters.MADE_UP}"
        )
    yield assigning.completed(case, work, on=date(2024, 3, 5))


def _more_time_is_needed(case: Proposal) -> Iterator[Act]:
    yield assigning.asked_for_time(
        case,
        HEALTH,
        on=date(2024, 4, 8),
        until=EXTENDED_TO,
        reason="幼儿园开设托班的规范须与教育部门会商后才能答复，申请延期一个月",
    )
    yield assigning.granted_time(
        case, HEALTH, on=date(2024, 4, 10), why="所述情况属实，准予延期，会办期限不变"
    )


def _the_post_office_is_supervised(case: Proposal) -> Iterator[Act]:
    """The rule opens a supervision; the unit answers, and the supervisors close it."""
    yield escalating.answered_supervision(
        case,
        POST_OFFICE,
        on=date(2024, 3, 5),
        says="末端快递设施涉及多个部门，拟与市商务局另行会商（演示文本）",
    )
    yield escalating.closed_supervision(
        case, on=date(2024, 3, 8), result="已说明情况，所涉事项另行会商，由主办单位先行答复"
    )


def _the_police_object_twice(case: Proposal) -> Iterator[Act]:
    """Returned, refused, objected to, talked over, and decided by a leader for good."""
    yield assigning.returned(
        case,
        POLICE,
        on=date(2024, 5, 22),
        generation=1,
        code="wrong-role",
        reason="大型车辆通行以货运企业管理为主，本局宜为会办",
        proposed=TRANSPORT,
    )
    yield assigning.decided_return(
        case,
        POLICE,
        on=date(2024, 5, 24),
        generation=1,
        why="通行时段和路线由公安交管部门确定，仍由你局主办",
    )
    yield assigning.objected(
        case,
        POLICE,
        on=date(2024, 5, 28),
        reason="货运企业和车辆的源头管理不属于本局职责",
        proposed=TRANSPORT,
    )
    yield assigning.met_about_objection(
        case,
        POLICE,
        on=date(2024, 5, 30),
        present=(POLICE, TRANSPORT, LONGHUA),
        minutes="双方各陈意见：通行管理与货运企业管理须分工配合。报请市领导裁定（演示文本）",
    )
    yield assigning.decided_objection(
        case,
        POLICE,
        on=date(2024, 6, 3),
        why="通行时段和路线是本件的主要诉求，由市交警局主办，市交通运输局配合",
    )


TELLERS = {
    LIFTS: _nobody_wants_the_lifts,
    RIVER: _the_neighbour_is_silent,
    CHILDREN: _the_first_answer_will_not_do,
    WORKSHOPS: _the_key_one_is_worked_out,
    TRADE: _nobody_came,
    KINDERGARTENS: _a_section_does_the_work,
    NURSERIES: _more_time_is_needed,
    SHOPS: _the_post_office_is_supervised,
    LORRIES: _the_police_object_twice,
}
