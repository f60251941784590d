"""The words of a page are explained on it, and no others."""

from services.portal.domain.hints import HINTS
from services.portal.manual.shelf import PAGES, glossary, words_on
from shared.contracts.registry import Post


def test_the_glossary_is_read_from_the_manual() -> None:
    found = dict(glossary())

    assert found["会办"] == "向主办单位提出意见，不直接答复提案人"
    assert "用语" not in found
    assert len(found) > 40


def test_a_page_is_given_the_words_that_stand_on_it() -> None:
    found = dict(words_on('<p title="退办">区里<b>会办</b>，结果分类为B。</p>'))

    assert found.keys() == {"会办", "结果分类（A—D）"}


def test_a_page_without_them_is_given_none() -> None:
    assert words_on("<p>您好。</p>") == []


def test_whoever_has_a_desk_is_told_first_what_to_do_there() -> None:
    assert HINTS.keys() == set(Post) - {Post.SECURITY, Post.AUDITOR, Post.UNKNOWN}
    assert {hints.book for hints in HINTS.values()} <= PAGES.keys()
