"""Every text of the pages is in both catalogues, with the same parts; and nothing else is."""

import re

import pytest
from babel.messages.catalog import Message

from deploy.publishing.texts import texts
from services.portal.forms.catalogue import FORMS
from services.portal.forms.form import Form
from services.portal.templating import pages_in
from services.portal.tongues.catalogue import CHINESE, catalogue_of, parts_of, po_of, read
from services.portal.tongues.tongue import ENGLISH, TONGUES, TRADITIONAL, Tongue

TEXTS = texts()
tongues = pytest.mark.parametrize("tongue", [TRADITIONAL, ENGLISH], ids=lambda one: one.code)
TAGS = re.compile(r"<[^>]*>|&(?!#?\w+;)")


def messages(tongue: Tongue) -> list[Message]:
    """What a catalogue has."""
    return [one for one in read(po_of(tongue)) if one.id]


@tongues
def test_every_text_is_translated(tongue: Tongue) -> None:
    translated = {one.id for one in messages(tongue) if one.string}

    assert sorted(TEXTS.keys() - translated) == [], "run: huiban contracts, then translate"


@tongues
def test_nothing_is_translated_that_nobody_says(tongue: Tongue) -> None:
    said = {one.id for one in messages(tongue)}

    assert sorted(map(str, said - TEXTS.keys())) == [], "run: huiban contracts"


@tongues
def test_a_translation_has_the_parts_of_its_text(tongue: Tongue) -> None:
    others = [
        one.id
        for one in messages(tongue)
        if set(parts_of(str(one.id))) != set(parts_of(str(one.string)))
    ]

    assert others == []


@tongues
def test_a_translation_brings_no_markup(tongue: Tongue) -> None:
    marked = [one.id for one in messages(tongue) if TAGS.search(str(one.string).replace('"', "<>"))]

    assert marked == []


def test_english_has_no_chinese_in_it() -> None:
    mixed = [one.id for one in messages(ENGLISH) if CHINESE.search(str(one.string))]

    assert mixed == []


@tongues
def test_what_is_said_otherwise_in_one_template_is_said_there(tongue: Tongue) -> None:
    elsewhere = [
        (one.id, one.context)
        for one in messages(tongue)
        if one.context and one.context not in TEXTS[str(one.id)]
    ]

    assert elsewhere == []


@pytest.mark.parametrize("tongue", TONGUES.values(), ids=lambda one: one.code)
def test_every_template_can_be_drawn_in_every_language(tongue: Tongue) -> None:
    pages = pages_in(tongue)

    for name in pages.list_templates():
        pages.get_template(name)


def test_a_text_in_one_template_can_mean_something_else() -> None:
    english = catalogue_of(ENGLISH)

    assert english.says("会办") == "Co-handle"
    assert english.says("会办", "base.html") == "Huiban"


def words_of(form: Form) -> set[str]:
    """What a form says to whoever fills it in."""
    fields = [one for field in form.fields for one in (field, *field.rows)]
    choices = [one.choices for one in fields if not isinstance(one.choices, str)]
    said = [form.title, form.says, *(text for one in fields for text in (one.label, one.hint))]
    return {text for text in (*said, *(says for pairs in choices for _, says in pairs)) if text}


@pytest.mark.parametrize("code", FORMS)
def test_every_form_is_said_in_english(code: str) -> None:
    told = pages_in(ENGLISH).filters["told"]

    assert [text for text in words_of(FORMS[code]) if CHINESE.search(str(told(text)))] == []
