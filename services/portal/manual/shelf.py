"""The shelf: the pages of the manual in their order, each rendered once from its Markdown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from struct import unpack_from

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

HERE = Path(__file__).parent
PICTURES = HERE / "pictures"
FRAME_BEGINS = b"\x9d\x01\x2a"
SIZE = 0x3FFF
ROW = re.compile(r"\| *(.+?) *\| *(.+?) *\|")
TAG = re.compile(r"<[^>]*>")
BETWEEN_WORDS = re.compile("[，、]")
AMONG = re.compile("（.*?）")  # what the letters of a class are is no word of its own
# What stands on each page, as the list of pages says it.
PAGES = {
    "start": "登录、工作台、灯号、消息、代办",
    "proposer": "写提案、联名、评价",
    "unit": "经办人、科室负责人、分管负责人、负责人怎样签收、办理、答复",
    "office": "交办、变更、审核、督办",
    "committee": "审查、并案、征询评价",
    "leader": "协调决定、重点提案",
    "operator": "第一次使用，人员、账号、规则、审计",
    "citizen": "不登录能查什么、订阅什么",
    "operating": "安装、启动、备份、升级、监视、排除故障",
    "words": "每个词的意思",
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
    pictures: frozenset[str]
    body: Markup


@cache
def shelf() -> Mapping[str, ManualPage]:
    """All pages, by their code."""
    return {code: _page(code, (HERE / f"{code}.md").read_text("utf-8")) for code in PAGES}


def _page(code: str, text: str) -> ManualPage:
    # The text is ours; all the same it brings no HTML of its own along.
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    title, sections, drawn = "", list[Section](), list[Token]()
    pictures = set[str]()
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        drawn.append(token)
        match token.type, token.tag:
            case "heading_open", "h1" if following is not None:
                title = following.content
            case "heading_open", "h2" if following is not None:
                sections.append(Section(f"part-{len(sections) + 1}", following.content))
                token.attrSet("id", sections[-1].id)
            case "table_open", _:
                drawn.append(_caption(sections[-1].title if sections else title))
            case "th_open", _:
                token.attrSet("scope", "col")
            case "inline", _:
                for part in token.children or ():
                    if part.type == "image":
                        pictures.add(_hung(part))
    body = markdown.renderer.render(_below_title(drawn), markdown.options, {})
    return ManualPage(code, title, tuple(sections), frozenset(pictures), Markup(body))


def picture(name: str) -> Path | None:
    """A picture of the manual, if there is one of this name."""
    return next((file for file in PICTURES.glob("*.webp") if file.name == name), None)


def _hung(image: Token) -> str:
    """A picture gets the room that it needs before it comes, and comes when it is looked at."""
    name = str(image.attrs["src"]).removeprefix("pictures/")
    width, height = size_of((PICTURES / name).read_bytes())
    image.attrs |= {
        "src": f"/manual/pictures/{name}",
        "width": str(width),
        "height": str(height),
        "loading": "lazy",
    }
    return name


def size_of(webp: bytes) -> tuple[int, int]:
    """Width and height of a picture, as its first frame says (RFC 9649)."""
    width, height = unpack_from("<HH", webp, webp.index(FRAME_BEGINS) + len(FRAME_BEGINS))
    return width & SIZE, height & SIZE


def _caption(says: str) -> Token:
    """A table's name for those who hear the page."""
    content = Markup('<caption class="visually-hidden">{}</caption>').format(says)
    return Token("html_block", "", 0, content=str(content))


def _below_title(tokens: list[Token]) -> list[Token]:
    """The text without its title, which the page shows in its own way."""
    ends = next(n for n, token in enumerate(tokens) if token.type == "heading_close")
    return tokens[ends + 1 :]


@cache
def glossary() -> tuple[tuple[str, str], ...]:
    """Every entry of the glossary: its words as they are written there, and what they mean."""
    text = (HERE / "words.md").read_text("utf-8")
    rows = [ROW.fullmatch(line) for line in text.splitlines()]
    return tuple(
        (row[1], row[2]) for row in rows if row and row[1] != "用语" and not row[1].startswith("-")
    )


@cache
def _looked_for() -> tuple[tuple[tuple[str, str], list[str]], ...]:
    """Each entry with the words by which it is found on a page."""
    return tuple((one, BETWEEN_WORDS.split(AMONG.sub("", one[0]))) for one in glossary())


def words_on(page: str) -> list[tuple[str, str]]:
    """The entries of the glossary that a drawn page makes use of."""
    said = "\n".join(set(TAG.split(page)))  # a table says the same in each row
    return [entry for entry, words in _looked_for() if any(word in said for word in words)]
