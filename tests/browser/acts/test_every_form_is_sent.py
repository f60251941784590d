"""Every form of the portal is sent by somebody in these lives; a new one needs a life as well."""

import ast
from collections.abc import Iterator
from pathlib import Path

from services.portal.forms.catalogue import FORMS

HERE = Path(__file__).parent


def sent() -> Iterator[str]:
    """The codes of the acts that are done, as the lives name them."""
    for file in HERE.glob("*.py"):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            match call:
                case ast.Call(
                    func=ast.Attribute(attr="does" | "goes_on"),
                    args=[ast.Constant(value=str(code)), *_],
                ):
                    yield code


def test_every_form_is_sent() -> None:
    assert set(sent()) == set(FORMS)
