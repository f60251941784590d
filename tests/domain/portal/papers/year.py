"""The papers of Longhua's year 2024, one of each kind."""

from datetime import date

from services.portal.papers.answering import (
    AskedForOpinion,
    Disclosure,
    Opinion,
    Promised,
    Reply,
    disclosure_paper,
    opinion_form,
    opinion_paper,
    reply_paper,
)
from services.portal.papers.handing_over import (
    ExtensionDecision,
    ExtensionWish,
    HandedOver,
    HandOver,
    Return,
    extension_decision_paper,
    extension_wish_paper,
    hand_over_paper,
    return_paper,
)
from services.portal.papers.paper import Paper
from services.portal.papers.proposal import Contact, Proposal
from services.portal.papers.supervising import (
    Minutes,
    Reminder,
    Settled,
    Supervision,
    minutes_paper,
    reminder_paper,
    supervision_paper,
)
from tests.domain.portal.papers.texts import HETAO, PRIVATE_ECONOMY

SESSION = "市政协七届四次会议"
LONGHUA = "深圳市龙华区人民政府"
OFFICE = "深圳市人民政府办公厅"
ON = date(2024, 6, 5)
SUPERVISORS = "深圳市人民政府督查室"

RIVER = Proposal(
    "20240080", "关于推动龙华深入衔接河套深圳园区发展规划的提案", SESSION, ("王志毅等6位委员",)
)
ECONOMY = Proposal(
    "20240498",
    "关于坚持“两个毫不动摇”，推动龙华区民营经济高质量发展的提案",
    SESSION,
    ("吴联喜",),
)
CALL_LONGHUA = Contact("陈堃", "0755—23330000")
CALL_OFFICE = Contact("李昇", "0755—88120000")
CO_HANDLERS = ("市发展和改革委员会", "市科技创新局", "市工业和信息化局", "福田区人民政府")

REPLY = Reply(
    LONGHUA,
    "深龙华府函〔2024〕36号",
    date(2024, 6, 5),
    RIVER,
    "A",
    HETAO,
    consulted=CO_HANDLERS,
    disclosure="主动公开",
    promises=(
        Promised("与河套深圳园区共建数字能源合作园区，完成选址和首批企业签约", date(2024, 12, 31)),
        Promised("举办深圳北站与河套港澳青年创新创业大赛", date(2024, 10, 31)),
    ),
    attachments=("提案办理情况征询意见表",),
    contact=CALL_LONGHUA,
    copies=("市政协提案委员会", "市政府督查室", *CO_HANDLERS),
)
LONG_REPLY = Reply(
    LONGHUA,
    "深龙华府函〔2024〕37号",
    date(2024, 6, 7),
    ECONOMY,
    "B",
    f"{PRIVATE_ECONOMY}\n{HETAO}\n{PRIVATE_ECONOMY}",
    consulted=("市工业和信息化局",),
    contact=CALL_LONGHUA,
    copies=("市政协提案委员会", "市政府督查室"),
)
OPINION = Opinion(
    "深圳市工业和信息化局",
    "深工信函〔2024〕218号",
    date(2024, 4, 12),
    LONGHUA,
    ECONOMY,
    "一、关于惠企政策直达。建议继续扩大“免申即享”事项范围，与市级惠企政策平台互通数据，"
    "避免企业重复填报。\n"
    "二、关于产业用房。我局正在修订工业用房租金参考价发布办法，将于年内公布，届时请贵区一并执行。\n"
    "三、关于专精特新企业培育。今年对首次认定的企业给予奖励，请贵区做好推荐和核查。",
    may_be_published=True,
    contact=Contact("王喆", "0755—88100000"),
    copies=("市政府办公厅",),
)
ASKED = AskedForOpinion(
    RIVER,
    LONGHUA,
    "深龙华府函〔2024〕36号",
    date(2024, 6, 5),
    "市政协提案委员会",
    date(2024, 6, 27),
    proposer="王志毅委员",
)
DISCLOSURE = Disclosure(
    OFFICE,
    "深府办函〔2024〕77号",
    date(2024, 6, 14),
    LONGHUA,
    RIVER,
    "深龙华府函〔2024〕36号",
    "关于市政协七届四次会议第20240080号提案答复的函",
    "主动公开",
    form="全文公开",
    reason="答复内容涉及公众关心的产业发展事项，不含国家秘密、商业秘密和个人隐私，依法应当主动公开。",
    unit_says="建议主动公开",
    secrecy_check="经审查，不涉密",
    publish_by=date(2024, 7, 3),
    contact=CALL_OFFICE,
    copies=("市政协提案委员会",),
)
LISTED = (
    ("20240080", RIVER.title, RIVER.proposers, ("龙华区人民政府",), CO_HANDLERS),
    ("20240498", ECONOMY.title, ("吴联喜",), ("龙华区人民政府",), ("市工业和信息化局",)),
    (
        "20240126",
        "关于加快推进老旧小区加装电梯的提案",
        ("民盟深圳市委会",),
        ("市住房和建设局", "市市场监督管理局"),
        ("市规划和自然资源局",),
    ),
)
HAND_OVER = HandOver(
    OFFICE,
    "深府办函〔2024〕12号",
    date(2024, 3, 1),
    ("各区人民政府", "市政府各部门"),
    SESSION,
    tuple(
        HandedOver(
            Proposal(number, title, SESSION, proposers, is_collective="民盟" in proposers[0]),
            leads,
            co_handlers,
            date(2024, 3, 6),
            date(2024, 5, 31),
            is_split=len(leads) > 1,
        )
        for number, title, proposers, leads, co_handlers in LISTED * 5
    ),
    meeting="2024年市政协提案交办会议",
    contact=CALL_OFFICE,
    copies=("市政协提案委员会",),
)
RETURN = Return(
    "深圳市科技创新局",
    "深科创函〔2024〕55号",
    date(2024, 3, 6),
    OFFICE,
    ECONOMY,
    "会办",
    "主要内容不属于我单位职责",
    "提案所提三项建议分别涉及惠企政策兑现、产业用房和民营企业培育，按照“三定”规定，"
    "均由市工业和信息化局、龙华区人民政府负责，我单位没有相应职能。",
    "市工业和信息化局",
    contact=Contact("张喆", "0755—88100001"),
)
WISH = ExtensionWish(
    LONGHUA,
    "深龙华府函〔2024〕29号",
    date(2024, 5, 20),
    OFFICE,
    RIVER,
    date(2024, 5, 31),
    date(2024, 6, 28),
    "一是会办意见涉及的合作园区选址方案尚在市级层面论证，预计6月中旬明确；"
    "二是提案人希望参加6月上旬的现场调研后再作答复。",
    progress="已与提案人座谈一次，收到会办意见3份。",
    contact=CALL_LONGHUA,
    copies=("市政协提案委员会",),
)
GRANTED = ExtensionDecision(
    OFFICE,
    "深府办函〔2024〕61号",
    date(2024, 5, 23),
    LONGHUA,
    RIVER,
    "深龙华府函〔2024〕29号",
    date(2024, 5, 31),
    date(2024, 6, 28),
    "会办单位的办理期限不变。",
    contact=CALL_OFFICE,
    copies=("市政协提案委员会",),
)
REFUSED = ExtensionDecision(
    OFFICE,
    "深府办函〔2024〕62号",
    date(2024, 5, 23),
    LONGHUA,
    ECONOMY,
    "深龙华府函〔2024〕30号",
    date(2024, 5, 31),
    None,
    "所述原因不影响按期答复。",
)
REMINDER = Reminder(
    OFFICE,
    "深府办提催〔2024〕8号",
    date(2024, 6, 3),
    "福田区人民政府",
    RIVER,
    "会办",
    "向主办单位龙华区人民政府提出会办意见",
    date(2024, 5, 31),
    "已逾期1个工作日",
    nth=2,
    contact=CALL_OFFICE,
    copies=("龙华区人民政府",),
)
SUPERVISION = Supervision(
    SUPERVISORS,
    "深府督字〔2024〕15号",
    date(2024, 6, 20),
    "福田区人民政府",
    RIVER,
    "一、立即研究提出会办意见，于规定时间内送龙华区人民政府。\n"
    "二、书面说明逾期原因，明确责任科室和责任人。",
    date(2024, 6, 27),
    background="福田区人民政府会办的下列提案，会办意见经两次催办仍未提出，现予立项督办：",
    leader_says="请福田区抓紧办理，不得影响主办单位按期答复。",
    contact=Contact("周弢", "0755—88120002"),
    copies=("龙华区人民政府", "市政协提案委员会"),
)
MINUTES = Minutes(
    OFFICE,
    "〔2024〕3号",
    date(2024, 6, 26),
    date(2024, 6, 24),
    "市民中心C区三楼会议室",
    "副市长陈昇",
    RIVER,
    "王志毅等6位委员提出的提案由龙华区人民政府主办。福田区人民政府逾期未提出会办意见，"
    "两区对合作园区的选址和投入分担认识不一，依规则提请市级协调。",
    (
        Settled(
            "合作园区首期选址九龙山片区，由两区共同编制实施方案",
            ("龙华区人民政府", "福田区人民政府"),
            date(2024, 7, 31),
        ),
        Settled("首期投入的分担比例提出建议方案，报市政府审定", ("市财政局",), date(2024, 7, 15)),
        Settled("福田区人民政府在6月28日前补送会办意见，龙华区人民政府据此答复提案人"),
    ),
    (
        "龙华区人民政府赵琨",
        "福田区人民政府钱喆",
        "市发展和改革委员会孙立",
        "市科技创新局李想",
        "市财政局周恒",
    ),
    sitting_in=("市政协提案委员会吴畏", "市政府督查室郑重"),
    excused=("市工业和信息化局王磊",),
    views="龙华区人民政府认为宜由两区按受益面积分担。福田区人民政府认为首期应由市级统筹安排。",
    copies=("市政协提案委员会", "龙华区人民政府", "福田区人民政府", "市财政局"),
)

PAPERS: dict[str, Paper] = {
    "reply": reply_paper(REPLY),
    "long reply": reply_paper(LONG_REPLY),
    "opinion": opinion_paper(OPINION),
    "opinion form": opinion_form(ASKED),
    "disclosure": disclosure_paper(DISCLOSURE),
    "hand-over": hand_over_paper(HAND_OVER),
    "return": return_paper(RETURN),
    "extension asked": extension_wish_paper(WISH),
    "extension granted": extension_decision_paper(GRANTED),
    "extension refused": extension_decision_paper(REFUSED),
    "reminder": reminder_paper(REMINDER),
    "supervision": supervision_paper(SUPERVISION),
    "minutes": minutes_paper(MINUTES),
}
