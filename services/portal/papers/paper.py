"""A paper (公文) before anybody chose a file format: head, title, text, seal's place, copies.

The parts and their order are those of GB/T 9704-2012. Who fills them in is told by the modules
of the single papers; how they look, by ``paper_pdf`` and ``paper_docx``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum


class Level(IntEnum):
    """How deep a paragraph stands: 一、 then （一） then 1. then （1）."""

    TEXT = 0
    FIRST = 1
    SECOND = 2
    THIRD = 3
    FOURTH = 4


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its heading in the type of its level, what follows in that of the text."""

    text: str
    level: Level = Level.TEXT
    heading: str = ""


class Align(StrEnum):
    """Where a cell's text stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its heading, and its share of the width."""

    title: str
    share: float = 1.0
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Listing:
    """A list with a heading line that each page repeats."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a form: a label, or what is filled in; ``lines`` is the room that it keeps."""

    text: str
    span: int = 1
    is_label: bool = False
    lines: int = 1
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Form:
    """A form: rows of cells over columns of these shares of the width."""

    shares: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]


def facts_form(*rows: tuple[tuple[str, str], ...]) -> Form:
    """A form of labels and what stands beside them, one or two a row."""
    return Form(
        (18, 35, 18, 29),
        tuple(
            tuple(
                cell
                for label, text in row
                for cell in (
                    Cell(label, is_label=True),
                    Cell(text or "无", span=3 if len(row) == 1 else 1),
                )
            )
            for row in rows
        ),
    )


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who took part in a meeting, in which capacity: 出席, 列席, 请假."""

    capacity: str
    people: tuple[str, ...]


Block = Paragraph | Listing | Form | Attendance


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The letter form (信函格式): the sender's mark over a red double line.

    ``number`` stands right under the line, ``marks`` (class, disclosure) top right of page 1.
    """

    sender: str
    number: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MinutesHead:
    """The form of minutes (纪要格式): the series' mark, its number, who issues it and when."""

    series: str
    number: str
    issuer: str
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs (署名) and the day (成文日期); a draft has none yet. Room is left for the seal."""

    name: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Annex:
    """A paper behind the paper (附件), on a page of its own."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. ``title`` has the lines that the drafter chose; what is empty is left out.

    ``head`` is None for a form that goes with a letter. ``remarks`` follow the date in brackets
    (附注: who to call). ``attachments`` are named behind the text; those that are printed with it
    are ``annexes`` as well. What ``is_draft`` says so on every page.
    """

    head: Letterhead | MinutesHead | None
    title: tuple[str, ...]
    body: tuple[Block, ...]
    to: str = ""
    attachments: tuple[str, ...] = ()
    signature: Signature | None = None
    remarks: str = ""
    copies: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    is_draft: bool = False

    @property
    def name(self) -> str:
        """The title in one line, as an index or a file names the paper."""
        return "".join(self.title)

    @property
    def author(self) -> str:
        """Who answers for it (责任者)."""
        match self.head:
            case Letterhead():
                return self.head.sender
            case MinutesHead():
                return self.head.issuer
            case None:
                return self.signature.name if self.signature else ""

    @property
    def dated(self) -> date | None:
        """Its day, where it has one."""
        if self.signature is not None:
            return self.signature.on
        return self.head.issued_on if isinstance(self.head, MinutesHead) else None

    def texts(self) -> Iterator[str]:
        """Every text in it, for those who must know what is to be drawn."""
        match self.head:
            case Letterhead():
                yield from (self.head.sender, self.head.number, *self.head.marks)
            case MinutesHead():
                yield from (self.head.series, self.head.number, self.head.issuer)
            case None:
                pass
        yield from (*self.title, self.to, *self.attachments, self.remarks, *self.copies)
        if self.signature is not None:
            yield self.signature.name
        yield from (text for block in self.body for text in _texts(block))
        for annex in self.annexes:
            yield annex.title
            yield from (text for block in annex.blocks for text in _texts(block))


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from (block.heading, block.text)
        case Listing():
            yield from (block.caption, *(column.title for column in block.columns))
            yield from (cell for row in block.rows for cell in row)
        case Form():
            yield from (cell.text for row in block.rows for cell in row)
        case Attendance():
            yield from (block.capacity, *block.people)
