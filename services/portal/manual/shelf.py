"""The shelf: the pages of the manual in their order, each rendered once from its Markdown."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

HERE = Path(__file__).parent
# Whom each page is for, as the list of pages says it.
PAGES = {
    "start": "所有人：登录、工作台、灯号、消息、代办",
    "proposer": "提案人",
    "unit": "承办单位：经办人、科室负责人、分管负责人、负责人",
    "office": "交办机关、督查室",
    "committee": "提案委",
    "leader": "分管领导",
    "operator": "系统管理员、安全管理员、审计管理员",
    "words": "用语",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page, to be led to from its top."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class ManualPage:
    """One page of the manual as it is drawn."""

    code: str
    title: str
    sections: tuple[Section, ...]
    body: Markup


@cache
def shelf() -> Mapping[str, ManualPage]:
    """All pages, by their code."""
    return {code: _page(code, (HERE / f"{code}.md").read_text("utf-8")) for code in PAGES}


def _page(code: str, text: str) -> ManualPage:
    # The text is ours; all the same it brings no HTML of its own along.
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    title, sections = "", list[Section]()
    for token, following in pairwise(tokens):
        match token.type, token.tag:
            case "heading_open", "h1":
                title = following.content
            case "heading_open", "h2":
                sections.append(Section(f"part-{len(sections) + 1}", following.content))
                token.attrSet("id", sections[-1].id)
            case "th_open", _:
                token.attrSet("scope", "col")
    body = markdown.renderer.render(_below_title(tokens), markdown.options, {})
    return ManualPage(code, title, tuple(sections), Markup(body))


def _below_title(tokens: list[Token]) -> list[Token]:
    """The text without its title, which the page shows in its own way."""
    ends = next(n for n, token in enumerate(tokens) if token.type == "heading_close")
    return tokens[ends + 1 :]
