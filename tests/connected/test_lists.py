"""Lists at the terminal, on an installation of its own: imported, handed over, measured."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deploy.local.up import local_parts
from tests.connected.operating import Operator
from tests.folders import passable_folder
from tests.inside import counted
from tests.story.proposing import Sheet, workbook
from tests.waiting import comes_true

pytestmark = pytest.mark.connected

HEADINGS = ["案号", "案由", "提案人", "类别", "主办单位", "会办单位"]
LIST: Sheet = [
    HEADINGS,
    [20240080, "关于推动龙华衔接河套的提案", "王志毅", "经济", "龙华区", "市科创局"],
    [20240498, "关于民营经济的提案", "吴联喜", "经济", "龙华区人民政府", None],
]
ARCHIVE: Sheet = [
    ["年度", "案号", "案由", "提案人", "主办单位", "办理结果"],
    *(
        [year := 2019 + n % 4, f"{year}{n:04}", f"关于第{n}号路灯的提案", "李娜", "龙华区", "A"]
        for n in range(1, 301)
    ),
]


@pytest.fixture
async def clerk() -> AsyncIterator[Operator]:
    """Somebody at the terminal of an installation that has just been seeded."""
    with passable_folder() as folder:
        async with local_parts(folder) as parts:
            operator = Operator(parts)
            seeded = await operator.types("seed")
            assert seeded.code == 0, seeded
            await operator.until_all_know("committee.C004")
            yield operator


def kept(folder: Path, name: str, rows: Sheet) -> str:
    (file := folder / name).write_bytes(workbook(rows))
    return str(file)


async def test_lists_are_imported_handed_over_and_measured_by_command(
    clerk: Operator, tmp_path: Path
) -> None:
    faulty = kept(tmp_path, "错.xlsx", [*LIST, [20240080, "关于路灯", "李娜", None, "某局", None]])
    refused = await clerk.types("import", "proposals", faulty, "--yes")
    archive = kept(tmp_path, "往年.xlsx", ARCHIVE)
    archived = await clerk.types("import", "proposals", archive, "--archive", "--yes")
    good = kept(tmp_path, "清单.xlsx", LIST)
    imported = await clerk.types("import", "proposals", good, "--yes")

    assert refused.code == 1
    assert "第4行“案号”：案号20240080在第2行已经出现。" in refused.said
    assert refused.complained == "清单中有2处错误，没有导入；请改正后重新导入。\n"
    assert (archived.code, imported.code) == (0, 0), (archived, imported)
    assert "300/300" in archived.said
    assert "已导入2行。" in imported.said

    async def assignment_knows() -> bool:
        return await counted(clerk.parts, "assignment.assignments") == 2

    await comes_true(assignment_knows)
    again = await clerk.types("import", "proposals", good, "--yes", "--hand-over", "交办会")
    measured = await clerk.types("similar", "evaluate", "--json")
    table = await clerk.types("similar", "evaluate")

    assert "已交办2件。" in again.said
    assert await counted(clerk.parts, "assignment.events") == 2
    assert await counted(clerk.parts, "intake.proposals") == 302
    given, kept_answers = json.loads(measured.said)["measured"]
    assert given["hit_at_5"] == given["recall_at_10"] == 1.0
    assert kept_answers["pairs"] == 0
    assert "首位命中" in table.said
