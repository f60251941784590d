"""Every form that changes something carries the token of its session."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path("services/portal/templates")
FORM = re.compile(r"<form\b[^>]*method=\"post\"[^>]*>.*?</form>", re.DOTALL | re.IGNORECASE)
TOKEN = re.compile(r"token\(\)|name=\"form_token\"")
WITHOUT = {"signin/expired.html"}  # nobody is signed in there: the next page brings it


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_a_form_brings_its_token(path: Path) -> None:
    forms = FORM.findall(path.read_text("utf-8"))

    bare = [form for form in forms if not TOKEN.search(form)]
    assert bare == [] or str(path.relative_to(TEMPLATES)) in WITHOUT
