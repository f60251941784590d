"""A paper as PDF, or as pictures of its pages for a preview."""

from typing import Any, assert_never

from services.portal.papers import typesetting
from services.portal.papers.fonts import Shelf
from services.portal.papers.paper import (
    Attendance,
    Block,
    Form,
    Letterhead,
    Listing,
    MinutesHead,
    Paper,
    Paragraph,
)
from services.portal.papers.proposal import by_day

TEMPLATE = "paper.typ"


def paper_pdf(paper: Paper, *, shelf: Shelf) -> bytes:
    """A paper as tagged PDF/A-2b by GB/T 9704. The same paper gives the same bytes.

    Characters that no font has print as 〓; ``fonts.undrawable(paper.texts(), …)`` names them.

    Raises:
        NoChineseFont: the machine cannot print Chinese.
    """
    return typesetting.pdf(TEMPLATE, _data(paper), shelf=shelf, dated=paper.dated)


def paper_pictures(paper: Paper, *, shelf: Shelf, ppi: float = 96) -> tuple[bytes, ...]:
    """A paper as one PNG a page.

    Raises:
        NoChineseFont: the machine cannot print Chinese.
    """
    return typesetting.pictures(TEMPLATE, _data(paper), shelf=shelf, ppi=ppi)


def _data(paper: Paper) -> dict[str, Any]:
    signed = paper.signature
    return {
        "head": _head(paper),
        "author": paper.author,
        "draft": paper.is_draft,
        "title": paper.title,
        "to": paper.to,
        "body": [block_data(block) for block in paper.body],
        "attachments": paper.attachments,
        "signature": signed and {"name": signed.name, "on": by_day(signed.on)},
        "remarks": paper.remarks,
        "copies": paper.copies,
        "annexes": [
            {"title": annex.title, "blocks": [block_data(block) for block in annex.blocks]}
            for annex in paper.annexes
        ],
    }


def _head(paper: Paper) -> dict[str, Any] | None:
    match paper.head:
        case Letterhead() as head:
            return {
                "kind": "letter",
                "sender": head.sender,
                "number": head.number,
                "marks": head.marks,
            }
        case MinutesHead() as head:
            return {
                "kind": "minutes",
                "series": head.series,
                "number": head.number,
                "issuer": head.issuer,
                "issued": by_day(head.issued_on),
            }
        case None:
            return None
        case _:
            assert_never(paper.head)


def block_data(block: Block) -> dict[str, Any]:
    """A block as the templates read it."""
    match block:
        case Paragraph():
            return {
                "kind": "paragraph",
                "level": int(block.level),
                "heading": block.heading,
                "text": block.text,
            }
        case Listing():
            return {
                "kind": "listing",
                "caption": block.caption,
                "columns": [
                    {"title": one.title, "share": one.share, "align": one.align}
                    for one in block.columns
                ],
                "rows": block.rows,
            }
        case Form():
            return {
                "kind": "form",
                "shares": block.shares,
                "rows": [
                    [
                        {
                            "text": cell.text,
                            "span": cell.span,
                            "label": cell.is_label,
                            "lines": cell.lines,
                            "align": cell.align,
                        }
                        for cell in row
                    ]
                    for row in block.rows
                ],
            }
        case Attendance():
            return {"kind": "attendance", "capacity": block.capacity, "people": block.people}
        case _:
            assert_never(block)
