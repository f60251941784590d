"""A case's papers: every letter of it in two forms, a draft as it would look, the whole file."""

import io
import json
from html import unescape
from urllib.parse import unquote
from zipfile import ZipFile

from docx import Document

from tests.domain.portal.papers.seeing import opened, text_of
from tests.story.answering import approve, draft, issue, opine, publish, talk
from tests.story.assigning import ask_extension, decide_extension
from tests.story.office import (
    CITY,
    COMMITTEE,
    LONGHUA,
    NANSHAN,
    OFFICE,
    TRANSPORT,
    WANG,
    act,
    decide_return,
    filed,
    hand_over,
    return_task,
    row,
    sign,
)
from tests.story.printing import download
from tests.world import World

TEXT = (
    "您提出的《增开社区巴士》收悉，现答复如下：\n"
    "一、关于线路。\n（一）增开两条社区巴士线路。龙华区已于三月增开民治至红山的社区巴士。\n"
    "感谢您对我区工作的关心和支持。\n专此函复。"
)


async def whole_case(world: World) -> str:
    """Longhua leads and asks for more time, transport returns in vain and gives its opinion; the
    city brings them together and supervises; Longhua answers, and it is to be published."""
    case = await filed(world)
    await hand_over(
        world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]), meeting="市政府提案交办会"
    )
    await return_task(world, case, TRANSPORT, proposed=NANSHAN)
    await decide_return(world, case, TRANSPORT, upheld=False)
    await sign(world, case, LONGHUA, TRANSPORT)
    await ask_extension(world, case, LONGHUA, "2024-05-20")
    await decide_extension(world, case, LONGHUA, granted=True)
    at = f"/proposals/{case}"
    await act(
        world,
        "escalation",
        f"{at}/matters",
        {"evidence": "线路跨区，场站用地由市级统筹", "parties": [LONGHUA, TRANSPORT]},
        post="office",
        unit=OFFICE,
    )
    await act(
        world,
        "escalation",
        f"{at}/matters/m1/meetings",
        {
            "held_on": "2024-01-22",
            "present": [LONGHUA, TRANSPORT],
            "minutes": "场站用地由市交通运输局协调落实\n线路方案由龙华区人民政府于二月底前提出",
        },
        post="office",
        unit=OFFICE,
    )
    await act(
        world,
        "escalation",
        f"{at}/supervisions",
        {"unit": LONGHUA, "demand": "请报送线路方案"},
        post="office",
        unit=OFFICE,
    )
    await opine(world, case, TRANSPORT, opinion="一、原则同意增开。\n二、场站用地已协调。")
    await talk(world, case, LONGHUA)
    await draft(world, case, LONGHUA, text=TEXT)
    await approve(world, case, LONGHUA)
    return case


async def answered(world: World) -> str:
    case = await whole_case(world)
    await issue(world, case, LONGHUA, publication={"attribute": "open"})
    await publish(world, case, "D07.r1", "decide-publication", {"attribute": "open"})
    return case


async def addresses(world: World, case: str, **who: str) -> dict[str, str]:
    """Where the page offers each letter, by its kind."""
    page = unescape((await download(world, f"/proposals/{case}", **who)).text)
    found = [
        part.partition('"')[0] for part in page.split('href="') if f"/{case}/papers/" in part[:120]
    ]
    return {one.rpartition("/")[2].rpartition("-")[0]: one for one in found if one.endswith(".pdf")}


async def test_every_letter_is_printed_with_number_parties_and_dates(world: World) -> None:
    case = await answered(world)
    found = await addresses(world, case)
    printed = {}
    for kind, address in found.items():
        answer = await download(world, address)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
        printed[kind] = text_of(answer.content)

    assert set(printed) == {
        *("hand-over", "return", "extension", "extension-decision", "minutes", "supervision"),
        *("opinion", "reply", "opinion-form", "disclosure"),
    }
    reply = printed["reply"]
    assert "办理结果：A类公开方式：主动公开" in reply
    assert "龙华区函〔2024〕1号" in reply
    assert "（一）增开两条社区巴士线路。" in reply
    assert reply.count("收悉") == 1
    assert reply.count("专此函复") == 1
    assert "抄送：市政协提案委员会，" in reply
    assert "联系人：" in reply
    assert "现将市政协七届四次会议提案1件交办给你们" in printed["hand-over"]
    assert "根据市政府提案交办会部署" in printed["hand-over"]
    assert "建议由南山区人民政府承办" in printed["return"]
    assert "申请延长至2024年5月20日" in printed["extension"]
    assert "延长至2024年5月20日" in printed["extension-decision"]
    assert "场站用地由市交通运输局协调落实" in printed["minutes"]
    assert "请报送线路方案" in printed["supervision"]
    assert "督办〔2024〕1号" in printed["supervision"]
    assert "二、场站用地已协调。" in printed["opinion"]
    assert "主动公开，全文公开" in printed["disclosure"]
    assert "龙华区函〔2024〕1号" in printed["opinion-form"]


async def test_the_same_letters_are_had_to_go_on_writing_in(world: World) -> None:
    case = await answered(world)

    for address in (await addresses(world, case)).values():
        answer = await download(world, address.removesuffix(".pdf") + ".docx")
        assert answer.status_code == 200
        assert answer.headers["content-type"].endswith("wordprocessingml.document")
        assert Document(io.BytesIO(answer.content)).core_properties.title
        name = answer.headers["content-disposition"].partition("UTF-8''")[2]
        assert unquote(name).endswith(".docx")
        assert unquote(name)[0] > "一"


async def test_a_draft_is_seen_as_a_draft_by_its_own_unit_alone(world: World) -> None:
    case = await whole_case(world)
    path = f"/proposals/{case}/tasks/D07.1/rounds/1/drafts/1.pdf"

    page = (await download(world, f"/proposals/{case}", post="officer", unit=LONGHUA)).text
    shown = await download(world, path, post="officer", unit=LONGHUA)
    foreign = await download(world, path)

    assert path in page
    assert "草稿（第1稿）" in text_of(shown.content)
    assert "增开两条社区巴士线路" in text_of(shown.content)
    assert all("草稿" in one.extract_text() for one in opened(shown.content).pages)
    assert foreign.status_code == 404
    assert path not in (await download(world, f"/proposals/{case}")).text


async def test_who_may_not_see_the_case_gets_no_paper_of_it(world: World) -> None:
    case = await answered(world)
    for address in (*(await addresses(world, case)).values(), f"/proposals/{case}/archive.zip"):
        stranger = await download(world, address, post="officer", unit=NANSHAN)
        other = await download(world, address, post="proposer", unit=CITY, person="李娜")
        assert (stranger.status_code, other.status_code) == (404, 404)
        assert "没有找到" in stranger.text


async def test_a_proposer_gets_the_reply_and_not_what_units_write_to_one_another(
    world: World,
) -> None:
    case = await answered(world)
    who = {"post": "proposer", "unit": CITY, "person": WANG}

    own = await addresses(world, case, **who)
    every = await addresses(world, case)

    assert set(own) == {"reply", "opinion-form"}
    assert (await download(world, own["reply"], **who)).status_code == 200
    assert (await download(world, every["opinion"], **who)).status_code == 404
    assert (await download(world, f"/proposals/{case}/archive.zip", **who)).status_code == 404


async def test_the_whole_file_holds_index_letters_attachments_and_story(
    world_with_a_store: World,
) -> None:
    world = world_with_a_store
    token = world.token(post="proposer", unit=CITY, person=WANG)
    kept = await world["intake"].client.post(
        "/attachments?name=线路图.pdf",
        content=b"%PDF-1.7\n",
        headers={"Authorization": f"Bearer {token}", "Huiban-Today": world.today.isoformat()},
    )
    body = {
        "year": 2024,
        "title": "增开社区巴士",
        "text": "建议如下。",
        "kind": "single",
        "proposers": [{"name": WANG, "person": WANG}],
        "attachments": [{"name": "线路图.pdf", "digest": kept.json()["digest"]}],
    }
    answer = await act(world, "intake", "/proposals", body, post="proposer", unit=CITY, person=WANG)
    case = str(answer.body["events"][0]["key"])
    await act(world, "intake", f"/proposals/{case}/accept", {}, post="committee", unit=COMMITTEE)
    await hand_over(world, row(case, lead=LONGHUA))

    whole = await download(world, f"/proposals/{case}/archive.zip", post="officer", unit=LONGHUA)

    assert whole.headers["content-type"] == "application/zip"
    with ZipFile(io.BytesIO(whole.content)) as packed:
        names = packed.namelist()
        assert packed.read("03-附件/线路图.pdf") == b"%PDF-1.7\n"
        index = json.loads(packed.read("00-卷内目录.json"))
        assert "交办给你们" in text_of(packed.read("02-文书/交办通知-市政府办公厅.pdf"))
    assert {one["path"] for one in index["files"]} | {
        "00-卷内目录.pdf",
        "00-卷内目录.json",
    } == set(names)
    assert "04-办理经过/办理经过.pdf" in names
