"""Papers about an answer: the reply, a co-handler's opinion, the form by which the proposer says
what they think of it, the decision whether it is published."""

from dataclasses import dataclass
from datetime import date

from services.portal.papers.paper import (
    Align,
    Annex,
    Block,
    Cell,
    Column,
    Form,
    Letterhead,
    Listing,
    Paper,
    Paragraph,
    Signature,
    facts_form,
)
from services.portal.papers.proposal import Contact, Proposal, by_day, remark_of
from services.portal.papers.wording import joined, paragraphs, title_lines

PROMISES = "答复承诺事项清单"


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise that a reply makes: what, and by when."""

    text: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Reply:
    """What a unit answers those who put a proposal (答复函).

    ``body`` is the drafted text, a paragraph a line. ``opening`` and ``closing`` are the usual
    sentences where they are None, and left out where they are empty. A ``title`` given by the
    drafter keeps its line breaks.
    """

    unit: str
    number: str
    on: date | None
    proposal: Proposal
    result_class: str
    body: str
    consulted: tuple[str, ...] = ()
    disclosure: str = ""
    promises: tuple[Promised, ...] = ()
    attachments: tuple[str, ...] = ()
    contact: Contact | None = None
    copies: tuple[str, ...] = ()
    round: int = 1
    title: str = ""
    opening: str | None = None
    closing: str | None = None


def reply_paper(reply: Reply) -> Paper:
    """The letter: class and disclosure top right, the text, what it promises as an annex."""
    proposal, again = reply.proposal, "再次" if reply.round > 1 else ""
    marks = [f"办理结果：{reply.result_class}类"]
    if reply.disclosure:
        marks.append(f"公开方式：{reply.disclosure}")
    asked = f"并商{'、'.join(reply.consulted)}" if reply.consulted else ""
    opening = (
        f"{proposal.you}提出的{proposal.cited}收悉。经{again}研究{asked}，现{again}答复如下："
        if reply.opening is None
        else reply.opening
    )
    closing = (
        f"感谢{proposal.you}对政府工作的关心和支持。\n专此函复。"
        if reply.closing is None
        else reply.closing
    )
    promised = (PROMISES,) if reply.promises else ()
    return Paper(
        Letterhead(reply.unit, reply.number, tuple(marks)),
        title_lines(reply.title or f"关于{proposal.named}{again}答复的函"),
        _body(opening, reply.body, closing),
        to=proposal.put_by,
        attachments=(*promised, *reply.attachments),
        signature=Signature(reply.unit, reply.on),
        remarks=remark_of(reply.contact),
        copies=reply.copies,
        annexes=(Annex(PROMISES, (_promises(reply.promises),)),) if promised else (),
    )


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a co-handler says to the lead (会办意见函)."""

    unit: str
    number: str
    on: date | None
    lead: str
    proposal: Proposal
    body: str
    may_be_published: bool | None = None
    attachments: tuple[str, ...] = ()
    contact: Contact | None = None
    copies: tuple[str, ...] = ()
    title: str = ""


def opinion_paper(opinion: Opinion) -> Paper:
    """The letter; whether it may be published stands top right."""
    marks = ["会办意见"]
    if opinion.may_be_published is not None:
        marks.append(f"是否同意公开：{'同意' if opinion.may_be_published else '不同意'}")
    proposal = opinion.proposal
    return Paper(
        Letterhead(opinion.unit, opinion.number, tuple(marks)),
        title_lines(opinion.title or f"关于{proposal.named}会办意见的函"),
        _body(
            f"由贵单位主办、我单位会办的{proposal.cited}收悉。结合我单位职能，提出会办意见如下：",
            opinion.body,
            "以上意见，供贵单位答复提案人时综合采纳。\n专此函达。",
        ),
        to=opinion.lead,
        attachments=opinion.attachments,
        signature=Signature(opinion.unit, opinion.on),
        remarks=remark_of(opinion.contact),
        copies=opinion.copies,
    )


@dataclass(frozen=True, slots=True)
class AskedForOpinion:
    """What a proposer is asked about a reply (征询意见表), and where the form goes back to."""

    proposal: Proposal
    unit: str
    number: str
    replied_on: date | None
    return_to: str
    return_by: date | None
    proposer: str = ""


def opinion_form(asked: AskedForOpinion) -> Paper:
    """The form: what it is about is filled in; process and result are rated each on its own."""
    proposal = asked.proposal
    scale = "□满意　　□基本满意　　□不满意"

    def row(label: str, text: str, *, lines: int = 1) -> tuple[Cell, ...]:
        return Cell(label, is_label=True, lines=lines), Cell(text, span=3, lines=lines)

    due = f"请于{by_day(asked.return_by)}前" if asked.return_by else "请及时"
    return Paper(
        None,
        title_lines("政协提案办理情况\n征询意见表"),
        (
            Form(
                (20, 40, 17, 23),
                (
                    (
                        Cell("提案编号", is_label=True),
                        Cell(f"第{proposal.number}号"),
                        Cell("提案人", is_label=True),
                        Cell(asked.proposer or proposal.put_by),
                    ),
                    row("提案名称", proposal.title),
                    row("承办单位", asked.unit),
                    (
                        Cell("答复文号", is_label=True),
                        Cell(asked.number),
                        Cell("答复日期", is_label=True),
                        Cell(by_day(asked.replied_on)),
                    ),
                    row("答复前沟通", "□走访　□座谈　□电话　□信函　□没有沟通"),
                    row("对办理过程", scale),
                    row("对办理结果", scale),
                    row("对答复公开", "□同意全文公开　□同意摘要公开　□不同意公开"),
                    row("意见建议", "", lines=6),
                    (
                        Cell("提案人签名", is_label=True, lines=2),
                        Cell("", lines=2),
                        Cell("填写日期", is_label=True, lines=2),
                        Cell("年　月　日", lines=2, align=Align.RIGHT),
                    ),
                    (
                        Cell(
                            "说明：1. 办理过程与办理结果请分别评价，联名提案每人各填一份。\n"
                            f"2. {due}将本表送{asked.return_to}，也可在网上填写。\n"
                            "3. 没有反馈的，不视为满意。",
                            span=4,
                        ),
                    ),
                ),
            ),
        ),
    )


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Whether and how a letter is published, and why (公开审定意见)."""

    office: str
    number: str
    on: date | None
    unit: str
    proposal: Proposal
    letter_number: str
    letter_title: str
    attribute: str
    form: str = ""
    reason: str = ""
    unit_says: str = ""
    secrecy_check: str = ""
    publish_by: date | None = None
    contact: Contact | None = None
    copies: tuple[str, ...] = ()


def disclosure_paper(decision: Disclosure) -> Paper:
    """The decision as a letter to the unit, with its facts in a form."""
    proposal = decision.proposal

    facts = facts_form(
        (("复文", f"{decision.letter_number}《{decision.letter_title}》"),),
        (("承办单位", decision.unit_says), ("保密审查", decision.secrecy_check)),
        (
            ("审定结论", joined((decision.attribute, decision.form), by="，")),
            ("公开期限", by_day(decision.publish_by)),
        ),
        (("理由依据", decision.reason),),
    )
    return Paper(
        Letterhead(decision.office, decision.number),
        title_lines(f"关于{proposal.named}答复公开审定意见的函"),
        (
            Paragraph(f"你单位对{proposal.cited}的答复已经审查，公开审定意见如下："),
            facts,
        ),
        to=decision.unit,
        signature=Signature(decision.office, decision.on),
        remarks=remark_of(decision.contact),
        copies=decision.copies,
    )


def _body(opening: str, text: str, closing: str) -> tuple[Block, ...]:
    return tuple(one for part in (opening, text, closing) for one in paragraphs(part))


def _promises(promises: tuple[Promised, ...]) -> Listing:
    return Listing(
        (
            Column("序号", 10, Align.CENTER),
            Column("承诺事项", 62),
            Column("完成期限", 28, Align.CENTER),
        ),
        tuple(
            (str(nth), promise.text, by_day(promise.due_on))
            for nth, promise in enumerate(promises, start=1)
        ),
    )
