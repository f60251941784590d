"""The manual names every act as its page does, and every word as the front page does."""

import re

import pytest

from deploy.places import PROJECT
from services.portal.forms.catalogue import FORMS
from services.portal.manual.shelf import HERE, PAGES, shelf
from tests.house.test_front_page import rows, said_on

PEOPLE = [page for page in PAGES if page != "words"]


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
