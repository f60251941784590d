"""Two texts beside one another: what a reader is shown of their differences."""

from hypothesis import given
from hypothesis import strategies as st

from services.portal.domain.comparing import Run, changed, compared

LINES = st.lists(st.text("甲乙丙丁1a。", max_size=8).filter(lambda one: one.strip()), max_size=6)


def test_a_paragraph_that_nobody_touched_stays() -> None:
    [line] = compared("一、加装电梯。", "一、加装电梯。")

    assert line.stays
    assert changed([line]) == 0


def test_inside_a_paragraph_only_the_words_that_changed_are_marked() -> None:
    [line] = compared("今年开工10部，明年开工。", "今年开工12部，明年开工。")

    assert line.runs == (
        Run("stays", "今年开工"),
        Run("removed", "10"),
        Run("added", "12"),
        Run("stays", "部，明年开工。"),
    )


def test_paragraphs_with_little_in_common_are_two() -> None:
    lines = compared("感谢关心。", "由街道按月公布加装进度，接受监督")

    assert [[run.what for run in line.runs] for line in lines] == [["removed"], ["added"]]


def test_a_new_paragraph_is_wholly_new() -> None:
    kept, new = compared("一、加装。", "一、加装。\n二、公布。")

    assert kept.stays
    assert new.runs == (Run("added", "二、公布。"),)


def test_two_letters_between_two_changes_are_no_islands() -> None:
    [line] = compared("请各街道于五月底前完成摸底工作", "请各社区在五月前完成摸底工作")

    assert [run.what for run in line.runs].count("removed") <= 2


@given(before=LINES, after=LINES)
def test_either_text_can_be_read_out_of_the_comparison(before: list[str], after: list[str]) -> None:
    lines = compared("\n".join(before), "\n".join(after))

    def read(gone: str) -> list[str]:
        texts = ("".join(run.text for run in line.runs if run.what != gone) for line in lines)
        return [text for text in texts if text]

    assert read("added") == before
    assert read("removed") == after
