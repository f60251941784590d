"""The manual names acts, words and commands as they are called, and shows what the lives show."""

import ast
import re
from collections.abc import Iterator

import pytest
from typer.main import get_command

from deploy.cli import build
from deploy.places import PROJECT
from services.portal.forms.catalogue import FORMS
from services.portal.manual.shelf import HERE, PAGES, PICTURES, shelf, size_of
from tests.house.test_front_page import rows, said_on

PEOPLE = [page for page in PAGES if page != "words"]
LIVES = PROJECT / "tests/browser/acts"
COMMAND = re.compile(r"`(huiban|make) ([a-z-]+(?: [a-z-]+)*)")
TARGETS = set(re.findall(r"^([a-z-]+):", said_on(PROJECT / "Makefile"), re.MULTILINE))
WHOLE_SIZE = 3_000_000


def text_of_page(page: str) -> str:
    return (HERE / f"{page}.md").read_text(encoding="utf-8")


def acts_in(page: str) -> set[str]:
    """What stands in bold on a page: acts, as their buttons are called."""
    return set(re.findall(r"\*\*(.+?)\*\*", text_of_page(page)))


def test_every_page_is_on_the_shelf_and_in_the_list() -> None:
    assert {path.stem for path in HERE.glob("*.md")} == set(PAGES)
    assert all(page.title and page.sections for page in shelf().values())


def test_every_act_that_has_a_form_is_explained_under_its_name() -> None:
    explained = set().union(*(acts_in(page) for page in PEOPLE))

    assert {form.title for form in FORMS.values()} - explained == set()


def test_every_word_of_the_front_page_is_explained() -> None:
    glossary = next(
        part
        for part in said_on(PROJECT / "README.zh-CN.md").split("\n## ")
        if part.startswith("用词")
    )
    words = {word for row in rows(glossary)[2:] for word in re.split("[，；、]", row[0])}
    explained = {word for row in rows(text_of_page("words")) for word in re.split("[，、]", row[0])}

    assert len(words) > 40
    assert words - explained == set()


@pytest.mark.parametrize("page", PAGES)
def test_no_page_brings_html_along_or_leads_elsewhere(page: str) -> None:
    assert not re.search(r"<\w|https?://", text_of_page(page))


def named() -> Iterator[tuple[str, str]]:
    """Every command that a page names: of huiban, or of make."""
    for page in PAGES:
        yield from COMMAND.findall(text_of_page(page))


def taken() -> Iterator[str]:
    """The pictures that are taken while acts are lived in the browser."""
    for file in LIVES.glob("*.py"):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            match call:
                case ast.Call(
                    func=ast.Attribute(attr="keeps"), args=[ast.Constant(value=str(name))]
                ):
                    yield f"{name}.webp"
                case ast.keyword(arg="picture", value=ast.Constant(value=str(name))):
                    yield f"{name}.webp"


@pytest.mark.parametrize(("program", "words"), sorted(set(named())))
def test_every_command_that_is_named_exists(program: str, words: str) -> None:
    if program == "make":
        assert words.split()[0] in TARGETS
        return
    command = get_command(build([]))
    for word in words.split():
        below = getattr(command, "commands", None)
        if below is None:
            break  # the rest are its arguments
        assert word in below, f"huiban {words}"
        command = below[word]


def test_every_picture_is_taken_shown_and_there() -> None:
    shown = {name for page in shelf().values() for name in page.pictures}

    assert set(taken()) == shown == {file.name for file in PICTURES.iterdir()}


def test_the_pictures_are_small_and_tell_their_size() -> None:
    pictures = list(PICTURES.iterdir())

    assert sum(file.stat().st_size for file in pictures) < WHOLE_SIZE
    for file in pictures:
        width, height = size_of(file.read_bytes())
        assert 300 < width <= 1360
        assert 100 < height <= 1200
