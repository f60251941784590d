"""One case, one file: all in its place, nothing twice, and provably whole."""

import hashlib
import io
import json
from dataclasses import replace
from datetime import date
from zipfile import ZipFile

import pytest

from services.portal.papers.archive import (
    Attachment,
    CaseFile,
    Filed,
    Happening,
    Letter,
    write_archive,
)
from services.portal.papers.fonts import Shelf
from tests.domain.portal.papers.seeing import text_of
from tests.domain.portal.papers.year import PAPERS, RIVER

ON = date(2024, 12, 30)
LETTERS = (
    Letter(PAPERS["reply"], "答复函", "深龙华府函〔2024〕36号"),
    Letter(PAPERS["opinion"], "会办意见", "深工信函〔2024〕218号"),
    Letter(PAPERS["minutes"], "会议纪要"),
)
ATTACHMENTS = (
    Attachment("现场照片.jpg", (b"first ", b"second"), "龙华区人民政府", date(2024, 4, 2)),
    Attachment("现场照片.jpg", (b"third",)),
    Attachment("../../etc/passwd", (b"x",)),
    Attachment("报" * 200 + ".pdf", ()),
)
CASE = CaseFile(
    RIVER,
    "一、情况\n河套深圳园区正在建设。\n二、建议\n推动龙华衔接河套。",
    (("主办", "龙华区人民政府"), ("会办", "福田区人民政府")),
    "A类，提案人满意",
    date(2024, 6, 5),
    "市政府办公厅",
    ON,
    LETTERS,
    ATTACHMENTS,
    (
        Happening(date(2024, 3, 1), "市政府办公厅", "交办", "主办：龙华区人民政府"),
        Happening(date(2024, 6, 5), "龙华区人民政府", "答复"),
    ),
)


def filed(case: CaseFile, shelf: Shelf) -> tuple[ZipFile, tuple[Filed, ...]]:
    whole = io.BytesIO()
    index = write_archive(case, to=whole, shelf=shelf)
    return ZipFile(whole), index


def test_everything_is_in_its_place(shelf: Shelf) -> None:
    packed, _ = filed(CASE, shelf)

    assert sorted(packed.namelist()) == [
        "00-卷内目录.json",
        "00-卷内目录.pdf",
        "01-提案/提案.pdf",
        "02-文书/会办意见-深工信函〔2024〕218号.docx",
        "02-文书/会办意见-深工信函〔2024〕218号.pdf",
        "02-文书/会议纪要-深圳市人民政府办公厅.docx",
        "02-文书/会议纪要-深圳市人民政府办公厅.pdf",
        "02-文书/答复函-深龙华府函〔2024〕36号.docx",
        "02-文书/答复函-深龙华府函〔2024〕36号.pdf",
        "03-附件/_.._etc_passwd",
        f"03-附件/{'报' * 80}.pdf",
        "03-附件/现场照片.jpg",
        "03-附件/现场照片（2）.jpg",
        "04-办理经过/办理经过.json",
        "04-办理经过/办理经过.pdf",
    ]


def test_what_was_put_in_comes_out(shelf: Shelf) -> None:
    packed, _ = filed(CASE, shelf)

    assert packed.testzip() is None
    assert packed.read("03-附件/现场照片.jpg") == b"first second"
    assert "河套深圳园区正在建设。" in text_of(packed.read("01-提案/提案.pdf"))
    assert "主办：龙华区人民政府" in text_of(packed.read("04-办理经过/办理经过.pdf"))
    assert json.loads(packed.read("04-办理经过/办理经过.json"))[1] == {
        "on": "2024-06-05",
        "who": "龙华区人民政府",
        "what": "答复",
        "said": "",
    }


def test_the_index_proves_each_file(shelf: Shelf) -> None:
    packed, index = filed(CASE, shelf)

    told = json.loads(packed.read("00-卷内目录.json"))
    assert told["number"] == "20240080"
    assert [one["path"] for one in told["files"]] == [one.path for one in index]
    for one in told["files"]:
        content = packed.read(one["path"])
        assert one["size"] == len(content)
        assert one["sha256"] == hashlib.sha256(content).hexdigest()


def test_the_printed_index_names_every_paper_once(shelf: Shelf) -> None:
    packed, _ = filed(CASE, shelf)

    printed = text_of(packed.read("00-卷内目录.pdf"))
    assert printed.count("深龙华府函〔2024〕36号") == 1
    assert "本卷共9件，另附可编辑的文书和数据4件" in printed
    assert "主办：龙华区人民政府；会办：福田区人民政府" in printed


@pytest.mark.parametrize("name", ["", "...", "CON?", "a\x00b", "/"])
def test_every_name_becomes_one_that_systems_take(name: str, shelf: Shelf) -> None:
    case = replace(CASE, letters=(), attachments=(Attachment(name, (b"x",)),))

    packed, _ = filed(case, shelf)

    (path,) = (one for one in packed.namelist() if one.startswith("03-"))
    assert path.removeprefix("03-附件/") in {"未命名", "CON_", "ab", "_"}


def test_the_same_case_gives_the_same_bytes(shelf: Shelf) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write_archive(CASE, to=first, shelf=shelf)
    write_archive(CASE, to=second, shelf=shelf)

    assert first.getvalue() == second.getvalue()
