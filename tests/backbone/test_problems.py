"""What does not fit is said in words that people understand, part by part."""

import re
from collections.abc import AsyncIterator
from datetime import date
from enum import StrEnum
from typing import Any, Literal, get_args
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import core_schema

from shared.problems import FIELD_SAYS, MOST_FINDINGS, answer_problems
from shared.refusals import Malformed, NotYours, Refusal, Unknown


class Colour(StrEnum):
    """Some words."""

    RED = "红"
    BLUE = "蓝"


class Part(BaseModel):
    """A part."""

    model_config = ConfigDict(extra="forbid")
    name: str


class Form(BaseModel):
    """Something of every kind."""

    short: str = Field("abc", max_length=3)
    long: str = Field("abc", min_length=2)
    few: list[int] = Field(default_factory=list, max_length=1)
    many: list[int] = Field(default_factory=lambda: [1], min_length=1)
    day: date = date(2024, 1, 22)
    id: UUID = UUID(int=0)
    colour: Colour = Colour.RED
    either: Literal["甲", "乙"] = "甲"
    count: int = Field(1, ge=1, le=9)
    code: str = Field("D09", pattern=r"^D\d\d$")
    yes: bool = True
    part: Part = Part(name="x")
    parts: dict[str, int] = Field(default_factory=dict)
    pair: tuple[int, ...] = ()


class TooManyHere(Refusal):
    """一次最多{most}项，现有{found}项。"""


class NoSuchRoom(Unknown):
    """没有房间“{room}”。"""


class NotYourRoom(NotYours):
    """这不是您的房间。"""


class RoomMalformed(Malformed):
    """房间号“{room}”写法有误。"""


REFUSALS: dict[str, Refusal] = {
    "many": TooManyHere(most=3, found=4, findings=[{"row": 4, "says": "多了"}]),
    "none": NoSuchRoom(room="9"),
    "other": NotYourRoom(),
    "broken": RoomMalformed(room="x"),
}


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    answer_problems(app)

    @app.post("/form")
    async def fill_in(form: Form) -> None: ...

    @app.get("/refused/{which}")
    async def refuse(which: str) -> None:
        raise REFUSALS[which]

    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://form") as client:
        yield client


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"short": "四个字了"}, "body.short文字过长，最多3字"),
        ({"long": "x"}, "body.long文字过短，至少2字"),
        ({"few": [1, 2]}, "body.few最多1项"),
        ({"many": []}, "body.many至少1项"),
        ({"many": {}}, "body.many应为清单"),
        ({"pair": 1}, "body.pair应为清单"),
        ({"few": ["x"]}, "body.few.0应为整数"),
        ({"day": "1月22日"}, "body.day日期应写作 2024-01-31"),
        ({"day": "2024-02-30"}, "body.day日期应写作 2024-01-31"),
        ({"day": None}, "body.day日期应写作 2024-01-31"),
        ({"id": "x"}, "body.id编号格式不对"),
        ({"id": 1}, "body.id编号格式不对"),
        ({"colour": "绿"}, "body.colour只能是'红'或'蓝'"),
        ({"either": "丙"}, "body.either只能是'甲'或'乙'"),
        ({"count": 0}, "body.count不能小于1"),
        ({"count": 10}, "body.count不能大于9"),
        ({"count": 1.5}, "body.count应为整数"),
        ({"count": []}, "body.count应为整数"),
        ({"code": "C1"}, "body.code格式不对"),
        ({"code": 7}, "body.code应为文字"),
        ({"yes": "maybe"}, "body.yes应为是或否"),
        ({"yes": []}, "body.yes应为是或否"),
        ({"part": {}}, "body.part.name必填"),
        ({"part": {"name": "x", "age": 1}}, "body.part.age不认识的字段"),
        ({"part": 1}, "body.part应为一组字段"),
        ({"parts": 1}, "body.parts应为一组字段"),
    ],
    ids=str,
)
async def test_what_does_not_fit_is_said_in_chinese(
    client: httpx.AsyncClient, wrong: dict[str, Any], says: str
) -> None:
    answer = await client.post("/form", json=wrong)

    assert answer.status_code == 422
    assert answer.json()["detail"] == f"填写的内容有误：{says}"
    [finding] = answer.json()["findings"]
    assert finding["field"] + finding["says"] == says


async def test_of_very_many_faults_the_first_are_named(client: httpx.AsyncClient) -> None:
    answer = await client.post("/form", json={"few": ["x"], "pair": ["x"] * 1000})

    findings = answer.json()["findings"]
    assert len(findings) == MOST_FINDINGS
    assert findings[0]["field"] == "body.few.0"
    assert answer.json()["detail"].count("应为整数") == 5


def test_every_sentence_belongs_to_something_that_can_happen() -> None:
    ours = {"unprintable"}  # see shared.commanding
    known = set(get_args(core_schema.ErrorType)) | {"json_invalid"} | ours

    assert set(FIELD_SAYS) <= known


def test_every_sentence_is_chinese() -> None:
    assert [says for says in FIELD_SAYS.values() if not re.search("[一-鿿]", says)] == []


@pytest.mark.parametrize(
    ("which", "status", "code", "detail"),
    [
        ("many", 409, "too-many-here", "一次最多3项，现有4项。"),
        ("none", 404, "no-such-room", "没有房间“9”。"),
        ("other", 403, "not-your-room", "这不是您的房间。"),
        ("broken", 422, "room-malformed", "房间号“x”写法有误。"),
    ],
)
async def test_a_refusal_has_its_status_its_code_and_its_sentence(
    client: httpx.AsyncClient, which: str, status: int, code: str, detail: str
) -> None:
    answer = await client.get(f"/refused/{which}")

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == f"urn:huiban:problem:{code}"
    assert answer.json()["code"] == code
    assert answer.json()["status"] == status
    assert answer.json()["detail"] == detail
    assert answer.json()["title"]


async def test_findings_of_a_refusal_go_along(client: httpx.AsyncClient) -> None:
    answer = await client.get("/refused/many")

    assert answer.json()["findings"] == [{"row": 4, "says": "多了"}]
