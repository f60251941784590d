"""Papers about whose task it is: the notice that hands proposals over, a return, more time."""

from dataclasses import dataclass
from datetime import date

from services.portal.papers.paper import (
    Align,
    Annex,
    Column,
    Letterhead,
    Listing,
    Paper,
    Signature,
)
from services.portal.papers.proposal import Contact, Proposal, by_day, remark_of
from services.portal.papers.wording import paragraphs, title_lines

TASKS = "提案交办清单"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A proposal in the list of those that are handed over."""

    proposal: Proposal
    leads: tuple[str, ...]
    co_handlers: tuple[str, ...]
    sign_by: date | None
    answer_by: date | None
    is_split: bool = False


@dataclass(frozen=True, slots=True)
class HandOver:
    """The notice by which an office hands proposals over to units (交办通知), with its list.

    ``demands`` are the paragraphs of what is asked; None stands for the usual four.
    """

    office: str
    number: str
    on: date | None
    to: tuple[str, ...]
    session: str
    tasks: tuple[HandedOver, ...]
    meeting: str = ""
    demands: str | None = None
    contact: Contact | None = None
    copies: tuple[str, ...] = ()
    title: str = ""


DEMANDS = (
    "一、及时签收。请在清单所列签收期限内核对职责、办理签收；认为不属于本单位职责的，"
    "应当在退办期限内书面说明理由并提出建议承办单位，不得自行转办。\n"
    "二、先沟通再答复。主办、分办单位应当在答复前与提案人充分沟通并留有记录；"
    "会办单位应当在会办期限内将会办意见送主办单位。\n"
    "三、按期答复。主办、分办单位应当在清单所列期限前书面答复提案人，"
    "注明办理结果分类和公开方式，并抄送我单位和提案委员会。\n"
    "四、落实承诺。答复中承诺的事项应当写明完成期限，到期逐项核查，并向提案人反馈。"
)


def hand_over_paper(notice: HandOver) -> Paper:
    """The notice, and the list of its proposals as an annex."""
    held = f"根据{notice.meeting}部署，" if notice.meeting else ""
    opening = (
        f"{held}现将{notice.session}提案{len(notice.tasks)}件交办给你们（详见附件），"
        "请认真组织办理。有关要求如下："
    )
    return Paper(
        Letterhead(notice.office, notice.number),
        title_lines(notice.title or f"关于交办{notice.session}提案的通知"),
        (
            *paragraphs(opening),
            *paragraphs(DEMANDS if notice.demands is None else notice.demands),
        ),
        to="、".join(notice.to),
        attachments=(TASKS,),
        signature=Signature(notice.office, notice.on),
        remarks=remark_of(notice.contact),
        copies=notice.copies,
        annexes=(Annex(TASKS, (_list_of(notice.tasks),)),),
    )


@dataclass(frozen=True, slots=True)
class Return:
    """A unit says in writing that a proposal is not its task (退办函)."""

    unit: str
    number: str
    on: date | None
    office: str
    proposal: Proposal
    role: str
    because: str
    reason: str
    proposed_unit: str
    contact: Contact | None = None
    copies: tuple[str, ...] = ()


def return_paper(wish: Return) -> Paper:
    """The letter: what was handed over, why it is not ours, whose it might be."""
    proposal = wish.proposal
    return Paper(
        Letterhead(wish.unit, wish.number),
        title_lines(f"关于申请退办{proposal.named}的函"),
        (
            *paragraphs(f"贵单位交由我单位{wish.role}的{proposal.cited}收悉。经研究，申请退办："),
            *paragraphs(f"一、退办事由。{wish.because.rstrip('。')}。"),
            *paragraphs(f"二、具体理由和依据。{wish.reason}"),
            *paragraphs(f"三、建议承办单位。建议由{wish.proposed_unit}承办。"),
            *paragraphs("在贵单位审定之前，我单位继续履行办理职责。\n妥否，请审定。"),
        ),
        to=wish.office,
        signature=Signature(wish.unit, wish.on),
        remarks=remark_of(wish.contact),
        copies=wish.copies,
    )


@dataclass(frozen=True, slots=True)
class ExtensionWish:
    """A unit asks for more time, before its date and with a reason (延期申请)."""

    unit: str
    number: str
    on: date | None
    office: str
    proposal: Proposal
    due_on: date
    until: date
    reason: str
    progress: str = ""
    contact: Contact | None = None
    copies: tuple[str, ...] = ()


def extension_wish_paper(wish: ExtensionWish) -> Paper:
    """The letter: the date as it is, why it cannot be kept, the day that is asked for."""
    proposal = wish.proposal
    return Paper(
        Letterhead(wish.unit, wish.number),
        title_lines(f"关于申请延长{proposal.named}办理期限的函"),
        (
            *paragraphs(
                f"由我单位主办的{proposal.cited}，答复期限为{by_day(wish.due_on)}。"
                f"因下列原因，申请延长至{by_day(wish.until)}："
            ),
            *paragraphs(wish.reason),
            *(paragraphs(f"目前进展：{wish.progress}") if wish.progress else ()),
            *paragraphs(
                "延期获准后，我单位将向提案人说明情况，并在新的期限前答复。\n妥否，请批复。"
            ),
        ),
        to=wish.office,
        signature=Signature(wish.unit, wish.on),
        remarks=remark_of(wish.contact),
        copies=wish.copies,
    )


@dataclass(frozen=True, slots=True)
class ExtensionDecision:
    """The office gives more time, or does not (延期批复); ``until`` is None where it does not."""

    office: str
    number: str
    on: date | None
    unit: str
    proposal: Proposal
    asked_in: str
    due_on: date
    until: date | None
    why: str
    contact: Contact | None = None
    copies: tuple[str, ...] = ()


def extension_decision_paper(decision: ExtensionDecision) -> Paper:
    """The decision as a letter to the unit that asked."""
    proposal, granted = decision.proposal, decision.until is not None
    asked = f"你单位《关于申请延长{proposal.named}办理期限的函》"
    asked += f"（{decision.asked_in}）收悉。" if decision.asked_in else "收悉。"
    decided = (
        f"经研究，同意将该提案的答复期限由{by_day(decision.due_on)}延长至{by_day(decision.until)}。"
        if granted
        else f"经研究，不同意延期，该提案的答复期限仍为{by_day(decision.due_on)}。"
    )
    then = (
        "请将延期情况及时告知提案人，抓紧办理，确保在新的期限前答复。"
        if granted
        else "请抓紧办理，按期答复提案人。"
    )
    return Paper(
        Letterhead(decision.office, decision.number),
        title_lines(f"关于{proposal.named}{'延期' if granted else '不予延期'}办理的批复"),
        (*paragraphs(f"{asked}{decided}"), *paragraphs(decision.why), *paragraphs(then)),
        to=decision.unit,
        signature=Signature(decision.office, decision.on),
        remarks=remark_of(decision.contact),
        copies=decision.copies,
    )


def _list_of(tasks: tuple[HandedOver, ...]) -> Listing:
    return Listing(
        (
            Column("序号", 6, Align.CENTER),
            Column("案号", 12, Align.CENTER),
            Column("提案名称和提案人", 30),
            Column("主办单位", 15),
            Column("会办单位", 18),
            Column("签收期限\n答复期限", 19, Align.CENTER),
        ),
        tuple(
            (
                str(nth),
                task.proposal.number,
                f"{task.proposal.title}\n（{task.proposal.put_by}）",
                "、".join(task.leads) + ("（分办）" if task.is_split else ""),
                "、".join(task.co_handlers) or "—",
                f"{by_day(task.sign_by, otherwise='—')}\n{by_day(task.answer_by, otherwise='—')}",
            )
            for nth, task in enumerate(tasks, start=1)
        ),
    )
