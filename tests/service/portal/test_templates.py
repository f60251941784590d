"""An office brings a template of its own: checked, tried, put in force, taken back."""

import io
from typing import Any
from zipfile import ZipFile

import httpx
import pytest
from docx import Document

from services.portal.papers.fields import KINDS, SAYS, Fields, sample, starter
from services.portal.papers.office_docx import fields_asked, filled_docx
from shared.contracts.assignment import Role
from tests.service.portal.lives import (
    FIRST,
    HEALTH,
    LONGHUA,
    TRANSPORT,
    Life,
    filed,
    task,
)
from tests.world import World


def template(*lines: str, more: dict[str, bytes] | None = None) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    whole = io.BytesIO()
    document.save(whole)
    with ZipFile(whole, "a") as packed:
        for name, content in (more or {}).items():
            packed.writestr(name, content)
    return whole.getvalue()


def texts(docx: bytes) -> list[str]:
    return [one.text for one in Document(io.BytesIO(docx)).paragraphs if one.text]


async def send(
    portal: World,
    method: str,
    path: str,
    *,
    post: str = "head",
    unit: str = LONGHUA,
    **more: Any,
) -> httpx.Response:
    return await portal["portal"].client.request(
        method,
        path,
        headers={
            "authorization": f"Bearer {portal.token(post=post, unit=unit)}",
            "accept": "text/html",
            "huiban-today": portal.today.isoformat(),
        },
        **more,
    )


async def bring(
    portal: World, content: bytes, *, kind: str = "return", name: str = "退办函.docx", **who: str
) -> httpx.Response:
    files = {"file": (name, content)}
    return await send(portal, "POST", "/templates", data={"kind": kind}, files=files, **who)


@pytest.fixture
async def returned(portal: World) -> World:
    """Longhua has returned its task: there is a letter of which it is the sender."""
    life = Life()
    await portal.hears(
        "portal",
        *filed(life, "20240001"),
        life.assigned(task(LONGHUA, Role.LEAD)),
        life.returned(LONGHUA, to=HEALTH),
    )
    return portal


async def letter(portal: World) -> list[str]:
    page = await send(portal, "GET", f"/proposals/{FIRST}")
    found = [part.partition('"')[0] for part in page.text.split('href="')]
    [address] = [one for one in found if "/papers/return-" in one and one.endswith(".docx")]
    answer = await send(portal, "GET", address)
    assert answer.status_code == 200, answer.text
    return texts(answer.content)


async def test_a_template_is_tried_put_in_force_and_taken_back(returned: World) -> None:
    brought = await bring(returned, template("本单位样式", "{{ title }}", "{{ to }}："))
    page = (await send(returned, "GET", "/templates")).text
    before = await letter(returned)
    tried = await send(returned, "GET", "/templates/1/sample.docx")
    used = await send(returned, "POST", "/templates/1/put-in-force")
    by_template = await letter(returned)
    back = await send(returned, "POST", "/templates/1/take-back")

    assert (brought.status_code, used.status_code, back.status_code) == (303, 303, 303)
    assert "填写2个字段" in page
    assert "未启用" in page
    assert "本单位样式" not in before
    assert texts(tried.content)[0] == "本单位样式"
    assert by_template[0] == "本单位样式"
    assert "退办" in by_template[1]
    assert await letter(returned) == before


async def test_the_newer_one_takes_the_place_of_the_one_before(returned: World) -> None:
    for words in ("甲式", "乙式"):
        await bring(returned, template(words))
    await send(returned, "POST", "/templates/1/put-in-force")
    await send(returned, "POST", "/templates/2/put-in-force")

    assert await letter(returned) == ["乙式"]
    kept = await returned.rows(
        "portal", "SELECT template FROM signin.templates WHERE in_force ORDER BY template"
    )
    assert kept == [{"template": 2}]


async def test_what_asks_for_fields_that_no_letter_has_is_not_put_in_force(portal: World) -> None:
    await bring(portal, template("{{ title }}", "{{ seal_of_the_emperor }}"))

    page = (await send(portal, "GET", "/templates")).text
    used = await send(portal, "POST", "/templates/1/put-in-force")

    assert "系统没有的字段：seal_of_the_emperor" in page
    assert used.status_code == 422
    assert "用到了系统没有的字段" in used.text


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.7", "不是有效的文件"),
        (template("{{ title }}", more={"word/vbaProject.bin": b"x"}), "宏"),
        (
            template(
                "{{ title }}",
                more={
                    "word/_rels/settings.xml.rels": b'<Relationships xmlns="x"><Relationship '
                    b'Id="r" Type="http://x/attachedTemplate" Target="http://evil/t.dotm" '
                    b'TargetMode="External"/></Relationships>'
                },
            ),
            "外部文件",
        ),
        (template("{{ title.__class__ }}"), "内部属性"),
        (template("{% for a in range(9) %}x{% endfor %}"), "模板"),
        (template("{{ title"), "无法理解"),
    ],
    ids=["foreign", "macros", "elsewhere", "inside", "code", "broken"],
)
async def test_what_is_no_harmless_template_is_not_kept(
    portal: World, content: bytes, why: str
) -> None:
    answer = await bring(portal, content)

    assert answer.status_code == 422
    assert why in answer.text
    assert await portal.rows("portal", "SELECT template FROM signin.templates") == []


async def test_what_is_too_large_is_not_even_read(portal: World) -> None:
    answer = await bring(portal, b"x" * (4 * 1024 * 1024))

    assert answer.status_code == 413
    assert await portal.rows("portal", "SELECT template FROM signin.templates") == []


async def test_a_name_that_leads_elsewhere_is_a_name_and_nothing_else(portal: World) -> None:
    await bring(portal, template("{{ title }}"), name="../../etc/退办.docx")

    [kept] = await portal.rows("portal", "SELECT name FROM signin.templates")

    assert "/" not in kept["name"]
    assert ".." not in kept["name"]


async def test_templates_are_their_own_units_and_kept_by_those_who_answer_for_letters(
    portal: World,
) -> None:
    await bring(portal, template("{{ title }}"))

    foreign = await send(portal, "GET", "/templates/1.docx", unit=TRANSPORT)
    foreign_use = await send(portal, "POST", "/templates/1/put-in-force", unit=TRANSPORT)
    officer = await send(portal, "GET", "/templates", post="officer")
    office = await send(portal, "GET", "/templates", post="office", unit="C007")
    nothing = await bring(portal, template("{{ title }}"), kind="reminder")

    assert (foreign.status_code, foreign_use.status_code) == (404, 404)
    assert (officer.status_code, office.status_code, nothing.status_code) == (403, 200, 422)


async def test_the_starter_fills_in_every_kind_and_names_every_field(portal: World) -> None:
    answer = await send(portal, "GET", "/templates/starter.docx")

    asked = {one.partition("[")[0] for one in fields_asked(answer.content, name="样例")}
    assert asked == {*SAYS}
    assert {*SAYS} == {*Fields.__slots__}
    for kind in KINDS:
        assert "某区人民政府" in texts(filled_docx(starter(), sample(kind), name="样例"))
