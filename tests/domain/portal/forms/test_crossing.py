"""Two who fill in one form at once: every kind of field, merged, and shown beside one another."""

from services.portal.forms.crossing import OPENED, Crossing, cross, opened_of
from services.portal.forms.fields import Field

TEXT = Field("text", "正文", "text")
CLASS = Field("result_class", "类别", "choice", choices=(("A", "解决"), ("B", "列入计划")))
SEALED = Field("sealed", "已盖章", "yes")
DUTIES = Field("duties", "职责", "rows", rows=(Field("says", "职责"), Field("source", "依据")))
FILES = Field("attachments", "附件", "files")
VERSION = Field("version", "版本", "kept")


Words = dict[str, str]


def both(field: Field, was: Words, theirs: Words, mine: Words) -> Crossing:
    opened = {OPENED: opened_of([field], was)}
    return cross([field, VERSION], theirs=theirs, mine={**mine, **opened, "version": "1"})


def test_each_ones_paragraphs_are_kept() -> None:
    found = both(
        TEXT,
        {"text": "一、甲。\n二、乙。\n三、丙。"},
        {"text": "一、甲一。\n二、乙。\n三、丙。"},
        {"text": "一、甲。\r\n二、乙。\r\n三、丙三。"},
    )

    assert found.written == {"text": "一、甲一。\n二、乙。\n三、丙三。"}
    [crossed] = found.crossed
    assert not crossed.both
    assert [line.stays for line in crossed.theirs] == [False, True, True]
    assert [line.stays for line in crossed.mine] == [True, True, False]


def test_who_chose_alone_has_chosen_and_of_two_choices_the_later_stands_and_is_shown() -> None:
    was, theirs = {"result_class": "A"}, {"result_class": "B"}

    assert both(CLASS, was, theirs, was).written == theirs
    assert both(CLASS, was, was, theirs).written == theirs
    crossing = both(CLASS, {}, theirs, was)
    assert crossing.written == was
    assert crossing.crossed[0].both
    assert crossing.crossed[0].theirs[0].runs[0].text == "列入计划"


def test_a_tick_that_was_taken_out_stays_out() -> None:
    assert both(SEALED, {"sealed": "yes"}, {"sealed": "yes"}, {}).written == {"sealed": ""}


def test_rows_of_a_list_are_merged_row_by_row() -> None:
    def rows(*cells: str) -> dict[str, str]:
        return {
            f"duties-{n}-{column}": words
            for n, says in enumerate(cells)
            for column, words in (("says", says), ("source", "三定"))
        }

    found = both(DUTIES, rows("甲", "乙", "丙"), rows("甲", "丙"), rows("甲", "乙", "丙", "丁"))

    assert found.written == rows("甲", "丙", "丁")


def test_papers_that_either_brought_are_both_there() -> None:
    one, other = '{"name": "甲.pdf", "digest": "1"}', '{"name": "乙.pdf", "digest": "2"}'

    found = both(FILES, {}, {"attachments": f"[{one}]"}, {"attachments": f"[{other}]"})

    assert "甲.pdf" in found.written["attachments"]
    assert "乙.pdf" in found.written["attachments"]


def test_what_is_carried_along_broken_is_no_beginning() -> None:
    theirs = {"text": "甲。"}

    for opened in ("", "[]", "{", "7"):
        found = cross([TEXT], theirs=theirs, mine={"text": "甲。\n乙。", OPENED: opened})
        assert found.written == {"text": "甲。\n乙。"}
