"""Crawling: every link from where somebody starts is followed once, and each page is looked at."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

from tests.service.portal.signin.door import Browser
from tests.story.busy_city import Part
from tests.world import World

FOR_EVERYBODY = ("/public", "/manual", "/static")
ABOUT = re.compile(r"/(accounts)/[^/]+|/(proposals|units|papers|reports|tasks|drafts)/[^/.]+")
ENOUGH = 2  # of addresses that differ only in the unit, year, filter or paper that they ask for
PAPERS = (".pdf", ".docx", ".zip", ".xlsx")
FOR_PROGRAMS = ("application/json", "application/atom+xml", "text/csv", "text/markdown")
ENDLESS = "/changes"  # a stream of news has no end to be read to


@dataclass
class Looked(HTMLParser):
    """What there is on a page, as far as every page must have it."""

    text: str
    title: str = ""
    links: list[str] = field(default_factory=list)
    ids: Counter[str] = field(default_factory=Counter)
    tags: Counter[str] = field(default_factory=Counter)
    named_tables: int = 0
    pointed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._within = ""
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        self._within = tag
        if "id" in said:
            self.ids[said["id"]] += 1
        if tag == "caption":
            self.named_tables += 1
        if tag in ("a", "link") and "href" in said:
            self.links.append(said["href"])
        if tag in ("img", "script") and "src" in said:
            self.links.append(said["src"])
        if tag == "form" and said.get("method", "get") == "get" and "action" in said:
            self.links.append(said["action"])
        pointing = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list")
        self.pointed += [id for name in pointing for id in said.get(name, "").split()]

    def handle_data(self, data: str) -> None:
        if self._within == "title":
            self.title += data.strip()

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def faults(self) -> Iterator[str]:
        """What a page lacks, or has once too often."""
        if self.tags["h1"] != 1:
            yield f"{self.tags['h1']} h1"
        if not self.title.partition(" · ")[0]:
            yield "no title"
        if self.tags["table"] != self.named_tables:
            yield f"{self.tags['table'] - self.named_tables} tables without a caption"
        yield from (f"#{id} twice" for id, times in self.ids.items() if times > 1)
        yield from (f"#{id} is pointed at and not there" for id in self.pointed if not self.ids[id])


@dataclass
class Crawled:
    """Where somebody came to: each page, what else can be read there, and what is wrong."""

    pages: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    answered: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def a_stranger(world: World) -> Browser:
    """Somebody in front of the portal, on the world's day."""
    return Browser(world, headers={"huiban-today": world.today.isoformat()})


async def comes_in(world: World, part: Part) -> Browser:
    """Somebody of the cast has come in by the door; who does not stand ready shows a token."""
    visitor = await a_stranger(world).opens("/sign-in")
    await visitor.sends("/sign-in/demo", person=part.who, seat=f"{part.post}/{part.unit}/")
    if visitor.path.startswith("/sign-in"):
        token = world.token(post=part.post, unit=part.unit, person=part.person or None)
        visitor.client.headers["authorization"] = f"Bearer {token}"
    return visitor


async def crawl(browser: Browser, *starts: str) -> Crawled:
    """Follow every link from these pages on."""
    found = Crawled()
    ahead = [(start, "") for start in starts]
    promised: list[tuple[str, str, str]] = []
    followed = Counter[object]()
    while ahead:
        path, source = ahead.pop()
        if path in found.answered or path.startswith(ENDLESS):
            continue
        if "proposal" not in path or path.endswith(PAPERS):  # each case's pages are all looked at
            followed[_shape(path)] += 1
            if followed[_shape(path)] > ENOUGH:
                continue
        answer = await browser.client.get(path)
        found.answered[path] = answer.status_code
        if answer.is_redirect:
            ahead.append((_here(answer.headers["location"], path) or "/", path))
        elif answer.status_code != 200:
            found.faults.append(f"{source} → {path}: {answer.status_code}")
        elif answer.headers["content-type"].startswith("text/html"):
            page = Looked(answer.text)
            found.pages[path] = answer.text
            found.faults += [f"{path}: {fault}" for fault in page.faults()]
            for link in page.links:
                if (there := _here(link, path)) is not None:
                    whole, part = urldefrag(there)
                    ahead.append((whole, path))
                    promised += [(path, whole, part)] if part else []
        elif answer.headers["content-type"].startswith(FOR_PROGRAMS):
            found.data[path] = answer.text
    for source, whole, part in promised:
        if whole in found.pages and not re.search(rf'id="{re.escape(part)}"', found.pages[whole]):
            found.faults.append(f"{source} → {whole}#{part}: no such part")
    return found


def _here(link: str, path: str) -> str | None:
    """An address of the portal's own; None for another one."""
    there = urlsplit(urljoin(f"https://portal{path}", link))
    if (there.scheme, there.netloc) != ("https", "portal"):
        return None
    return there._replace(scheme="", netloc="").geturl()


def kind_of(path: str) -> str:
    """What kind of page an address is of; what it is about makes no difference."""
    return ABOUT.sub(lambda found: f"/{found[1] or found[2]}/…", urlsplit(path).path)


def _shape(path: str) -> tuple[object, ...]:
    return kind_of(path), *sorted(parse_qs(urlsplit(path).query))


def is_private(path: str) -> bool:
    """Whether a page is only for those whom it concerns."""
    return not path.startswith(FOR_EVERYBODY)
