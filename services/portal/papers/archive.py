"""One case, one file (一案一卷): a ZIP with its cover and index, letters, attachments and story.

The printed index names every paper with its number, author and day; the one for machines every
file with its size and SHA-256, so that what was taken out or changed can be told.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import IO, Any
from zipfile import ZipFile

from services.portal.papers.fonts import Shelf
from services.portal.papers.packing import entry
from services.portal.papers.paper import Align, Column, Listing, Paper, Paragraph, facts_form
from services.portal.papers.paper_docx import paper_docx
from services.portal.papers.paper_pdf import paper_pdf
from services.portal.papers.proposal import Proposal, by_day
from services.portal.papers.wording import clean, joined, paragraphs, title_lines

LONGEST_NAME, LONGEST_ENDING = 80, 8
UNFIT = set('<>:"/\\|?*\n\t')


@dataclass(frozen=True, slots=True)
class Letter:
    """A paper of the case, put in as PDF and as .docx."""

    paper: Paper
    kind: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with the case, read bit by bit."""

    name: str
    content: Iterable[bytes]
    author: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of the case's story."""

    on: date
    who: str
    what: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All that belongs to one proposal, in the order in which it is filed.

    ``handlers`` are pairs of a role and a unit. Letters and attachments are read once.
    """

    proposal: Proposal
    text: str
    handlers: tuple[tuple[str, str], ...]
    result: str
    closed_on: date | None
    keeper: str
    filed_on: date
    letters: Iterable[Letter]
    attachments: Iterable[Attachment]
    story: Sequence[Happening]


@dataclass(frozen=True, slots=True)
class Filed:
    """A file in the archive, as its index lists it."""

    path: str
    title: str
    author: str
    number: str
    on: date | None
    size: int
    sha256: str


def write_archive(case: CaseFile, *, to: IO[bytes], shelf: Shelf) -> tuple[Filed, ...]:
    """Writes a case's ZIP, one file after the other, and gives back what its index lists.

    The same case gives the same bytes.

    Raises:
        NoChineseFont: the machine cannot print Chinese.
    """
    with ZipFile(to, "w") as packed:
        filed = _Filing(packed)
        proposal = case.proposal
        filed.put(
            "01-提案",
            "提案.pdf",
            [paper_pdf(_proposal_paper(case), shelf=shelf)],
            title=proposal.title,
            author=proposal.put_by,
            number=f"第{proposal.number}号",
        )
        for letter in case.letters:
            paper, stem = letter.paper, f"{letter.kind}-{letter.number or letter.paper.author}"
            for name, content in (
                (f"{stem}.pdf", paper_pdf(paper, shelf=shelf)),
                (f"{stem}.docx", paper_docx(paper)),
            ):
                filed.put(
                    "02-文书",
                    name,
                    [content],
                    title=paper.name,
                    author=paper.author,
                    number=letter.number,
                    on=paper.dated,
                )
        for one in case.attachments:
            filed.put(
                "03-附件", one.name, one.content, title=one.name, author=one.author, on=one.on
            )
        story, told = paper_pdf(_story_paper(case), shelf=shelf), _story_json(case)
        filed.put("04-办理经过", "办理经过.pdf", [story], title="办理经过", author=case.keeper)
        filed.put("04-办理经过", "办理经过.json", [told], title="办理经过", author=case.keeper)
        index = paper_pdf(_index_paper(case, filed.files), shelf=shelf)
        packed.writestr(entry("00-卷内目录.pdf"), index)
        packed.writestr(entry("00-卷内目录.json"), _index_json(case, filed.files))
    return tuple(filed.files)


class _Filing:
    """Puts files into a ZIP under names that every system takes, none of them twice."""

    def __init__(self, packed: ZipFile) -> None:
        self.packed = packed
        self.files: list[Filed] = []

    def put(
        self,
        folder: str,
        name: str,
        content: Iterable[bytes],
        *,
        title: str,
        author: str,
        number: str = "",
        on: date | None = None,
    ) -> None:
        """Puts one file, bit by bit, and notes it for the index."""
        path, size, proof = self._free(folder, _fit(name)), 0, hashlib.sha256()
        with self.packed.open(entry(path), "w", force_zip64=True) as file:
            for part in content:
                file.write(part)
                size += len(part)
                proof.update(part)
        self.files.append(Filed(path, title, author, number, on, size, proof.hexdigest()))

    def _free(self, folder: str, name: str) -> str:
        taken, nth = {one.path.lower() for one in self.files}, 1
        plain = PurePosixPath(name)
        path = f"{folder}/{name}"
        while path.lower() in taken:
            nth += 1
            path = f"{folder}/{plain.stem}（{nth}）{plain.suffix}"
        return path


def _fit(name: str) -> str:
    """A file's name without folders and signs that some system does not take, and not too long."""
    kept = "".join("_" if one in UNFIT else one for one in clean(name)).strip(" .") or "未命名"
    stem, dot, ending = kept.rpartition(".")
    if not stem or len(ending) > LONGEST_ENDING:
        return kept[:LONGEST_NAME]
    return f"{stem[:LONGEST_NAME]}{dot}{ending}"


def _proposal_paper(case: CaseFile) -> Paper:
    proposal = case.proposal
    return Paper(
        None,
        title_lines(proposal.title),
        (
            facts_form(
                (("案号", f"第{proposal.number}号"), ("届次", proposal.session)),
                (("提案人", "、".join(proposal.proposers)),),
            ),
            *paragraphs(case.text),
        ),
    )


def _story_paper(case: CaseFile) -> Paper:
    return Paper(
        None,
        title_lines(f"{case.proposal.named}办理经过"),
        (
            Listing(
                (
                    Column("日期", 20, Align.CENTER),
                    Column("办理者", 22),
                    Column("事项", 58),
                ),
                tuple(
                    (by_day(one.on), one.who, joined((one.what, one.said), by="\n"))
                    for one in case.story
                ),
            ),
        ),
    )


def _story_json(case: CaseFile) -> bytes:
    return _json(
        [
            {"on": one.on.isoformat(), "who": one.who, "what": one.what, "said": one.said}
            for one in case.story
        ]
    )


def _index_paper(case: CaseFile, files: Sequence[Filed]) -> Paper:
    proposal = case.proposal
    listed = [one for one in files if not one.path.endswith((".docx", ".json"))]
    handlers = "；".join(f"{role}：{unit}" for role, unit in case.handlers)
    return Paper(
        None,
        ("提案办理案卷", "卷内目录"),
        (
            facts_form(
                (("案号", f"第{proposal.number}号"), ("届次", proposal.session)),
                (("案由", proposal.title),),
                (("提案人", proposal.put_by),),
                (("承办单位", handlers),),
                (("办理结果", case.result), ("办结日期", by_day(case.closed_on))),
                (("立卷单位", case.keeper), ("立卷日期", by_day(case.filed_on))),
            ),
            Listing(
                (
                    Column("序号", 7, Align.CENTER),
                    Column("文号", 20),
                    Column("责任者", 18),
                    Column("题名", 34),
                    Column("日期", 21, Align.CENTER),
                ),
                tuple(
                    (str(nth), one.number, one.author, one.title, by_day(one.on))
                    for nth, one in enumerate(listed, start=1)
                ),
            ),
            Paragraph(
                f"本卷共{len(listed)}件，另附可编辑的文书和数据{len(files) - len(listed)}件；"
                "各文件的大小和校验值见“00-卷内目录.json”。"
            ),
        ),
    )


def _index_json(case: CaseFile, files: Sequence[Filed]) -> bytes:
    return _json(
        {
            "number": case.proposal.number,
            "title": case.proposal.title,
            "keeper": case.keeper,
            "filed_on": case.filed_on.isoformat(),
            "files": [
                {
                    "path": one.path,
                    "title": one.title,
                    "author": one.author,
                    "number": one.number,
                    "on": one.on.isoformat() if one.on else None,
                    "size": one.size,
                    "sha256": one.sha256,
                }
                for one in files
            ],
        }
    )


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()
