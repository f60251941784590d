"""What each paper says, word for word, and that nothing of it is lost in print."""

from pathlib import Path

import pytest

from services.portal.papers.answering import Reply, opinion_form, reply_paper
from services.portal.papers.fonts import Shelf
from services.portal.papers.paper import Letterhead, Paper
from services.portal.papers.paper_pdf import paper_pdf
from services.portal.papers.proposal import Proposal
from services.portal.papers.supervising import Settled
from tests.domain.portal.papers.seeing import text_of
from tests.domain.portal.papers.year import ASKED, ECONOMY, PAPERS, REPLY, RIVER

TOLD = Path(__file__).with_name("told")


def told(paper: Paper) -> str:
    """All that a paper says, a text a line."""
    return "".join(f"{text}\n" for text in paper.texts() if text)


@pytest.mark.parametrize("name", PAPERS)
def test_it_says_what_was_agreed(name: str) -> None:
    assert told(PAPERS[name]) == (TOLD / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAPERS)
def test_every_word_of_it_is_printed(name: str, shelf: Shelf) -> None:
    printed = text_of(paper_pdf(PAPERS[name], shelf=shelf))

    lost = [text for text in PAPERS[name].texts() if "".join(text.split()) not in printed]
    # What runs over the end of a page has that page's number in its middle.
    assert [text for text in lost if len(text) < 60] == []


def test_the_class_stands_first_among_the_marks() -> None:
    head = PAPERS["reply"].head

    assert isinstance(head, Letterhead)
    assert head.marks == ("办理结果：A类", "公开方式：主动公开")


def test_the_drafter_chooses_how_the_title_is_broken() -> None:
    paper = reply_paper(Reply("某局", "", None, RIVER, "A", "正文。", title="关于甲\n和乙的函"))

    assert paper.title == ("关于甲", "和乙的函")


def test_the_drafter_may_leave_out_the_usual_sentences() -> None:
    paper = reply_paper(Reply("某局", "", None, RIVER, "A", "正文。", opening="", closing=""))

    assert [text for text in paper.texts() if "收悉" in text or "专此" in text] == []


def test_a_second_round_says_so() -> None:
    paper = reply_paper(Reply("某局", "", None, RIVER, "A", "正文。", round=2))

    assert paper.name == "关于市政协七届四次会议第20240080号提案再次答复的函"


def test_promises_are_an_annex_that_the_letter_names_first() -> None:
    paper = reply_paper(REPLY)

    assert paper.attachments[0] == paper.annexes[0].title == "答复承诺事项清单"


@pytest.mark.parametrize(
    ("proposers", "is_collective", "put_by", "you"),
    [
        (("吴联喜",), False, "吴联喜委员", "您"),
        (("王志毅", "李喆"), False, "王志毅、李喆委员", "你们"),
        (("甲", "乙", "丙", "丁"), False, "甲等4位委员", "你们"),
        (("王志毅等6位委员",), False, "王志毅等6位委员", "你们"),
        (("民盟深圳市委会",), True, "民盟深圳市委会", "贵单位"),
    ],
)
def test_proposers_are_spoken_to_as_what_they_are(
    proposers: tuple[str, ...], is_collective: bool, put_by: str, you: str
) -> None:
    proposal = Proposal("1", "某提案", "市政协会议", proposers, is_collective)

    assert (proposal.put_by, proposal.you) == (put_by, you)


def test_a_form_is_printed_for_each_proposer_and_has_no_head() -> None:
    paper = opinion_form(ASKED)

    assert paper.head is None
    assert "王志毅委员" in list(paper.texts())


def test_an_item_of_the_minutes_names_who_sees_to_it_and_by_when() -> None:
    assert Settled("办好此事。", ("甲局", "乙局")).sentence == "办好此事（由甲局、乙局负责）。"
    assert Settled("办好此事").sentence == "办好此事。"


def test_the_text_of_a_draft_keeps_its_levels() -> None:
    body = PAPERS["long reply"].body

    assert ECONOMY.cited in list(PAPERS["long reply"].texts())[5] or body
