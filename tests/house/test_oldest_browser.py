"""Chromium 90 reads everything that the pages load; what it does not know, it skips in silence.

`npm run oldest` in services/portal/assets lets esbuild judge the syntax; this needs nothing.
"""

import re
from pathlib import Path

import pytest

STATIC = Path("services/portal/static")
STYLES = sorted(STATIC.rglob("*.css"))
SCRIPTS = sorted(STATIC.rglob("*.js"))
OWN = sorted(STATIC.glob("*.js"))

NEWER_STYLE = {
    "selectors": r":has\(|:user-(?:in)?valid|:popover-open|::details-content|:nth-child\([^)]* of ",
    "rules": r"@(?:layer|container|scope|starting-style|view-transition|position-try)\b",
    "nesting": r"[;{]\s*&",
    "ranges": r"@media[^{]*[<>]",
    "colours": r"\b(?:color-mix|light-dark|oklch|oklab|lch|lab|color)\(",
    "lengths": r"\d(?:[dsl]v[hwib]|cq[whib]|rlh|lh|cap|ric)\b",
    "functions": r"[:\s,(](?:sin|cos|tan|round|mod|sqrt|pow|abs|anchor)\(",
    "properties": r"[;{\s](?:accent-color|scrollbar-gutter|text-wrap|translate|rotate|scale|"
    r"field-sizing|interpolate-size|view-transition-name|anchor-name|hyphenate-character)\s*:",
    "subgrid": r"\bsubgrid\b",
}
NEWER_SCRIPT = {
    "classes": r"\bstatic\s*\{|#\w+ in \w",
    "patterns": r"/[gimsuy]*[dv][gimsuy]*\.(?:test|exec)\(",
    "imports": r"\bimport\b[^;\n]*\bwith\s*\{",
}
NEWER_CALLS = re.compile(
    r"\.at\(|\.hasOwn\(|structuredClone\(|\.findLast|\.to(?:Sorted|Reversed|Spliced)\(|\.with\(|"
    r"\.groupBy\(|fromAsync\(|randomUUID\(|AbortSignal\.(?:timeout|any)|withResolvers|"
    r"startViewTransition|showPopover|navigation\.|scheduler\.|\bcause:|\.isWellFormed\("
)


@pytest.mark.parametrize("file", STYLES, ids=lambda file: file.name)
def test_a_style_says_nothing_that_it_does_not_know(file: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)

    found = {what: hit[0] for what, way in NEWER_STYLE.items() if (hit := re.search(way, text))}

    assert found == {}


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_a_script_is_in_words_that_it_knows(file: Path) -> None:
    text = file.read_text("utf-8")

    found = {what: hit[0] for what, way in NEWER_SCRIPT.items() if (hit := re.search(way, text))}

    assert found == {}


@pytest.mark.parametrize("file", OWN, ids=lambda file: file.name)
def test_our_scripts_call_nothing_that_it_lacks(file: Path) -> None:
    assert NEWER_CALLS.search(file.read_text("utf-8")) is None


@pytest.mark.parametrize(
    ("newer", "text"),
    [
        ("selectors", "tr:has(td) { }"),
        ("nesting", ".a { &:hover { } }"),
        ("ranges", "@media (width >= 40rem) { }"),
        ("colours", "a { color: color-mix(in srgb, red, blue) }"),
        ("lengths", "a { height: 100dvh }"),
        ("properties", "a { accent-color: red }"),
    ],
)
def test_what_is_newer_is_noticed(newer: str, text: str) -> None:
    assert re.search(NEWER_STYLE[newer], text)
