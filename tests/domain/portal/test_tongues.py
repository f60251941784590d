"""How a page comes to speak another language: its templates, its words, its sentences."""

import re
from datetime import date

import pytest
from jinja2 import DictLoader, Environment
from markupsafe import Markup

from services.portal.tongues.catalogue import Catalogue
from services.portal.tongues.converting import traditional
from services.portal.tongues.drawing import Translated
from services.portal.tongues.speaking import Speaking
from services.portal.tongues.tongue import ENGLISH, SOURCE, TRADITIONAL, Tongue, liked

WORDS = {
    "期限": "Due",
    "主办": "Lead",
    "满意": "satisfied",
    "截至{day}": "As of {day}",
    "{unit}建议{other}": "{other}, says {unit}",
    "没有提案。": "No proposals.",
    "第{number}号": "No. {number}",
    "、": ", ",
}
SENTENCES = [
    (re.compile("(?P<says>.*?)（逾期(?P<days>[^\u3400-\u9fff]*?)日）"), "{says}, {days} days late"),
    (re.compile("(?P<unit>.*?)签收"), "{unit} signed"),
]
CATALOGUE = Catalogue({(text, ""): says for text, says in WORDS.items()}, SENTENCES)


def drawn(template: str, *, tongue: Tongue = ENGLISH, **context: object) -> str:
    """A template as it is drawn in a language that knows a few words."""
    speaks = Speaking(tongue, CATALOGUE)
    pages = Environment(loader=DictLoader({"a.html": template}), autoescape=True)
    pages.code_generator_class = Translated
    pages.globals.update(translation=CATALOGUE.says, between=" ")
    pages.filters.update(
        said=speaks.said,
        said_plainly=speaks.said_plainly,
        told=speaks.told,
        in_which=speaks.in_which,
    )
    return pages.get_template("a.html").render(context)


def chinese(text: str) -> str:
    """What is in Chinese on a page that is not."""
    return f'<span lang="zh-Hans">{text}</span>'


def test_a_text_between_tags_is_exchanged() -> None:
    assert drawn("<p>没有提案。</p>\n  <b>\n 期限 </b>") == "<p>No proposals.</p>\n  <b>\n Due </b>"


def test_its_parts_go_where_the_other_language_wants_them() -> None:
    said = drawn("<p>{{ a.unit }}建议{{ other }}</p>", a={"unit": "Longhua"}, other="Health")

    assert said == "<p>Health, says Longhua</p>"


def test_what_people_wrote_is_shown_as_written_and_says_so() -> None:
    assert drawn("<p>{{ title }}</p>", title="加装<电梯>") == (
        f"<p>{chinese('加装&lt;电梯&gt;')}</p>"
    )


def test_what_nobody_has_translated_is_not_half_translated() -> None:
    assert drawn("<p>从未{{ role }}见过</p>", role="Lead") == f"<p>{chinese('从未Lead见过')}</p>"


def test_a_word_of_the_office_is_exchanged_wherever_it_comes_from() -> None:
    assert drawn("<td>{{ role }}</td>", role="主办") == "<td>Lead</td>"


def test_an_attribute_is_exchanged_only_if_it_is_read() -> None:
    assert drawn('<a title="期限" value="期限">') == '<a title="Due" value="期限">'
    assert drawn('<a title="{{ x }}" value="{{ x }}">', x="满意") == (
        '<a title="satisfied" value="满意">'
    )


def test_no_element_is_put_where_none_can_stand() -> None:
    assert drawn('<i title="{{ x }}"></i>', x="某人") == '<i title="某人"></i>'
    assert drawn("<title>{{ x }}</title>", x="某人") == "<title>某人</title>"
    assert drawn("<textarea>{{ x }}期限</textarea>", x="满意") == ("<textarea>满意期限</textarea>")


def test_an_option_says_itself_that_it_is_in_chinese() -> None:
    assert drawn("<option value='1'>{{ x }}</option>", x="某局") == (
        "<option value='1' lang=\"zh-Hans\">某局</option>"
    )
    assert drawn("<option>{{ x }}</option>", x="主办") == "<option>Lead</option>"


def test_an_element_with_a_language_of_its_own_is_left_as_it_is() -> None:
    page = '<div lang="zh-Hans"><div>{{ x }}期限</div>期限</div><b>期限</b>'

    assert drawn(page, x="满意") == ('<div lang="zh-Hans"><div>满意期限</div>期限</div><b>Due</b>')


def test_a_tag_may_be_made_of_pieces() -> None:
    page = (
        '<{{ h }} class="x{% if y %} y{% endif %}"'
        "{% if y %} title='期限'{% endif %}>期限</{{ h }}>"
    )

    assert drawn(page, h="h2", y=True) == "<h2 class=\"x y\" title='Due'>Due</h2>"


def test_a_text_in_an_expression_is_exchanged() -> None:
    page = (
        "{% macro empty(says, more='期限') %}<p>{{ says }} {{ more }}</p>{% endmacro %}"
        "{{ empty('没有提案。') }}{% for code, says in ((1, '主办'),) %}{{ says }}{% endfor %}"
        "{{ '第' ~ number ~ '号' if number else '期限' }}{{ '、' if number }}"
    )

    assert drawn(page, number=3) == "<p>No proposals. Due</p>LeadNo. 3 , "


def test_a_text_knows_the_day_that_stands_in_it() -> None:
    day = Speaking(ENGLISH, CATALOGUE).day(date(2024, 5, 7))

    assert drawn("截至{{ day }}", day=day) == "As of 7 May 2024"


def test_what_is_drawn_already_and_what_is_no_text_stay() -> None:
    assert drawn("{{ a }}{{ b }}", a=Markup("<b>主办</b>"), b=3) == "<b>主办</b> 3"


def test_a_sentence_is_known_by_its_parts() -> None:
    told = Speaking(ENGLISH, CATALOGUE).told

    assert told("教育局签收") == f"{chinese('教育局')} signed"
    assert told("教育局签收（逾期3日）") == f"{chinese('教育局')} signed, 3 days late"
    assert told("教育局 主办") == f"{chinese('教育局')} Lead"
    assert told("别的话") == chinese("别的话")
    assert told("满意") == "satisfied"


def test_the_language_of_the_pages_is_not_touched() -> None:
    speaks = Speaking(SOURCE, Catalogue({}))

    assert speaks.told("教育局签收") == "教育局签收"
    assert speaks.day(date(2024, 5, 7)) == "2024年5月7日"
    assert speaks.weekday(date(2024, 5, 7)) == "星期二"


def test_what_people_wrote_is_converted_for_who_asked_for_that() -> None:
    speaks = Speaking(TRADITIONAL, Catalogue({}), convert=traditional)

    assert speaks.said("桥梁年内加固") == "橋樑年內加固"
    assert speaks.in_which("桥梁年内加固") == ""


@pytest.mark.parametrize(
    ("header", "tongue"),
    [
        ("", SOURCE),
        ("en-US,en;q=0.9", ENGLISH),
        ("zh-CN,zh;q=0.9,en;q=0.8", SOURCE),
        ("zh-HK,zh;q=0.9,en;q=0.8", TRADITIONAL),
        ("zh-Hant-MO", TRADITIONAL),
        ("fr,en;q=0.3,zh-TW;q=0.5", TRADITIONAL),
        ("fr", SOURCE),
        ("en;q=much,zh", SOURCE),
    ],
)
def test_a_browser_gets_what_it_likes_best(header: str, tongue: Tongue) -> None:
    assert liked(header) == tongue
