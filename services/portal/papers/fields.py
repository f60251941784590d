"""What a template of an office's own may fill in: the parts of a letter, whichever letter it is."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from docx import Document

from services.portal.papers.answering import (
    Opinion,
    Promised,
    Reply,
    opinion_paper,
    reply_paper,
)
from services.portal.papers.handing_over import (
    ExtensionWish,
    Return,
    extension_wish_paper,
    return_paper,
)
from services.portal.papers.kinds import Kind
from services.portal.papers.paper import Letterhead, Listing, Paper, Paragraph
from services.portal.papers.proposal import Contact, Proposal

# The letters that a unit may write by a template of its own.
KINDS = (Kind.REPLY, Kind.SECOND_REPLY, Kind.OPINION, Kind.RETURN, Kind.EXTENSION_WISH)
SAYS: Mapping[str, str] = {
    "sender": "发文单位",
    "number": "文号",
    "marks": "右上角标注，逐项列出",
    "title": "标题",
    "to": "主送",
    "paragraphs": "正文各段，逐段列出：heading 段首标题，text 段落文字，level 层次（0至4）",
    "attachments": "附件名称，逐项列出",
    "promises": "承诺事项，逐项列出：nth 序号，text 事项，due_on 完成期限",
    "signed_by": "署名",
    "on": "成文日期",
    "remarks": "附注（联系人和电话）",
    "copies": "抄送，逐项列出",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of the text."""

    heading: str
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Promise:
    """A line of the list of promises."""

    nth: str
    text: str
    due_on: str


@dataclass(frozen=True, slots=True)
class Fields:
    """A letter in parts."""

    sender: str
    number: str
    marks: tuple[str, ...]
    title: str
    to: str
    paragraphs: tuple[Piece, ...]
    attachments: tuple[str, ...]
    promises: tuple[Promise, ...]
    signed_by: str
    on: date | None
    remarks: str
    copies: tuple[str, ...]


def fields_of(paper: Paper) -> Fields:
    """The parts of a letter, as a template names them."""
    head = paper.head
    listed = [
        row
        for annex in paper.annexes
        for block in annex.blocks
        if isinstance(block, Listing)
        for row in block.rows
    ]
    return Fields(
        sender=paper.author,
        number=head.number if isinstance(head, Letterhead) else "",
        marks=head.marks if isinstance(head, Letterhead) else (),
        title=paper.name,
        to=paper.to,
        paragraphs=tuple(
            Piece(one.heading, one.text, int(one.level))
            for one in paper.body
            if isinstance(one, Paragraph)
        ),
        attachments=paper.attachments,
        promises=tuple(Promise(*row[:3]) for row in listed if len(row) > 2),
        signed_by=paper.signature.name if paper.signature else "",
        on=paper.dated,
        remarks=paper.remarks,
        copies=paper.copies,
    )


def sample(kind: Kind) -> Fields:
    """A letter of a kind in which every part has something, to try a template with."""
    unit, on = "某区人民政府", date(2024, 5, 20)
    about = Proposal("20240080", "关于加装电梯的提案", "市政协七届四次会议", ("王志毅", "李喆"))
    contact, copies = Contact("陈静", "0755-00000000"), ("市政协提案委员会", "市政府办公厅")
    text = "一、现状。现有老旧住宅小区86个。\n（一）措施。安排专项资金。\n1.今年开工10部。"
    match kind:
        case Kind.REPLY | Kind.SECOND_REPLY:
            paper = reply_paper(
                Reply(
                    unit,
                    "某函〔2024〕1号",
                    on,
                    about,
                    "B",
                    text,
                    consulted=("市教育局",),
                    disclosure="主动公开",
                    promises=(Promised("开工10部电梯", date(2024, 12, 31)),),
                    attachments=("加装电梯计划表",),
                    contact=contact,
                    copies=copies,
                    round=2 if kind is Kind.SECOND_REPLY else 1,
                )
            )
        case Kind.OPINION:
            paper = opinion_paper(
                Opinion(
                    unit,
                    "某函〔2024〕2号",
                    on,
                    "市住房建设局",
                    about,
                    text,
                    may_be_published=True,
                    attachments=("有关数据",),
                    contact=contact,
                    copies=copies,
                )
            )
        case Kind.RETURN:
            paper = return_paper(
                Return(
                    unit,
                    "某函〔2024〕3号",
                    on,
                    "市政府办公厅",
                    about,
                    "主办",
                    "不属于本单位职责",
                    "三定规定中没有这一项。",
                    "市住房建设局",
                    contact,
                    copies,
                )
            )
        case _:
            paper = extension_wish_paper(
                ExtensionWish(
                    unit,
                    "某函〔2024〕4号",
                    on,
                    "市政府办公厅",
                    about,
                    date(2024, 5, 31),
                    date(2024, 6, 28),
                    "管线复杂，须先勘察。",
                    contact=contact,
                    copies=copies,
                )
            )
    return fields_of(paper)


STARTER = (
    "{%p for mark in marks %}",
    "{{ mark }}",
    "{%p endfor %}",
    "{{ sender }}",
    "{{ number }}",
    "{{ title }}",
    "{{ to }}：",
    "{%p for one in paragraphs %}",
    "{{ one.heading }}{{ one.text }}",
    "{%p endfor %}",
    "{%p for one in promises %}",
    "承诺{{ one.nth }}：{{ one.text }}（{{ one.due_on }}前）",
    "{%p endfor %}",
    "{% if attachments %}附件：{{ attachments | join('、') }}{% endif %}",
    "{{ signed_by }}",
    "{{ on }}",
    "{% if remarks %}（{{ remarks }}）{% endif %}",
    "{% if copies %}抄送：{{ copies | join('，') }}。{% endif %}",
)


def starter() -> bytes:
    """A plain template with every field, to be dressed in Word."""
    document = Document()
    for line in STARTER:
        document.add_paragraph(line)
    whole = io.BytesIO()
    document.save(whole)
    return whole.getvalue()
