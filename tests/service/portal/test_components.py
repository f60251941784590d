"""The page that shows every part of the pages: none is left out, and only a demo shows it."""

from pathlib import Path
from typing import get_args

from jinja2 import nodes

from services.portal.components import FIELDS
from services.portal.forms.fields import Kind
from services.portal.templating import HERE, pages_in
from services.portal.tongues.tongue import SOURCE
from tests.service.portal.conftest import RULES
from tests.service.portal.lives import UNITS
from tests.world import Keys, World, world_on

PARTS = [
    *sorted((HERE / "templates" / "parts").glob("*.html")),
    *(HERE / "templates" / name for name in ("forms/field.html", "forms/offers.html")),
    *sorted((HERE / "templates" / "signin" / "parts").glob("*.html")),
]


def tree(file: Path) -> nodes.Template:
    return pages_in(SOURCE).parse(file.read_text("utf-8"))


def macros() -> set[str]:
    """Every macro of the parts, with its file."""
    return {
        f"{file.relative_to(HERE / 'templates')}:{macro.name}"
        for file in PARTS
        for macro in tree(file).find_all(nodes.Macro)
    }


def shown() -> set[str]:
    """Those that the page calls, or its frame."""
    return called_in("components.html") | called_in("base.html")


def called_in(template: str) -> set[str]:
    """What a template calls of the parts, and what these call of their own file."""
    page = tree(HERE / "templates" / template)
    called = {
        call.node.name for call in page.find_all(nodes.Call) if isinstance(call.node, nodes.Name)
    }
    found = set[str]()
    for one in page.find_all(nodes.FromImport):
        assert isinstance(one.template, nodes.Const)
        for name in one.names:
            real, here = name if isinstance(name, tuple) else (name, name)
            if here in called:
                found.add(f"{one.template.value}:{real}")
    return found | {part for macro in found for part in shown_by(macro)}


def shown_by(macro: str) -> set[str]:
    """What a macro calls of its own file."""
    file, _, name = macro.partition(":")
    return {
        f"{file}:{call.node.name}"
        for one in tree(HERE / "templates" / file).find_all(nodes.Macro)
        if one.name == name
        for call in one.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name)
    }


def test_every_part_is_shown() -> None:
    assert macros() - shown() == set()


def test_a_field_of_every_kind_is_shown() -> None:
    assert {one.kind for field in FIELDS for one in (field, *field.rows)} == set(get_args(Kind)) - {
        "kept"
    }


async def test_it_is_drawn_with_every_light_and_every_trouble(portal: World) -> None:
    page = (await portal["portal"].client.get("/dev/components")).text

    for word in ("已逾期", "临期", "正常", "逾期办结", "按期办结", "暂停计时", "已终止"):
        assert f"<span>{word}</span>" in page
    for status in (403, 404, 410, 503):
        assert f"trouble-{status}" in page
    assert "已受理，正在处理" in page
    assert "网络已断开" in page


async def test_it_is_not_there_but_in_a_demo(database_url: str, keys: Keys) -> None:
    async with world_on(database_url, keys, services=["portal"], demo=False) as world:
        await world.hears("portal", *UNITS, RULES)
        token = world.token(post="auditor", unit="C007")
        answer = await world["portal"].client.get(
            "/dev/components", headers={"authorization": f"Bearer {token}"}
        )

    assert answer.status_code == 404
