"""Everything that the pages say: from their templates, and from what is written in Python for them.

In Python, too, nothing is marked: a module that is named here says its Chinese strings to people.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from deploy.places import PROJECT
from services.portal.templating import HERE, pages_in
from services.portal.tongues.catalogue import CHINESE
from services.portal.tongues.drawing import translated
from services.portal.tongues.tongue import SOURCE

# What says something that is read on a page. Papers, sheets and the manual stay Chinese.
SAYING = (
    "services/portal/*.py",
    "services/portal/domain/*.py",
    "services/portal/forms/*.py",
    "services/portal/papers/kinds.py",
    "services/portal/signin/*.py",
    "services/portal/signin/*/*.py",
    "shared/policy.py",
    "shared/identity.py",
    "shared/problems.py",
    "shared/deadlines.py",
)
SILENT = (
    "services/portal/components.py",  # its examples are invented data, not what pages say
    "services/portal/exporting.py",
    "services/portal/printing.py",
    "services/portal/domain/report.py",
    "services/portal/api.py",
)
# What a service refuses is read on the portal's pages.
REFUSING = ("services/**/*.py", "shared/*.py")

# What is given to these is reckoned with, and not said.
COMPUTING = ("compile", "join", "removeprefix", "split", "sub")

Texts = Mapping[str, list[str]]  # each with where it is said


def texts() -> Texts:
    """Everything that the pages say."""
    found: dict[str, list[str]] = defaultdict(list)
    for text, place in (*_of_templates(), *_of_modules()):
        if place not in found[text]:
            found[text].append(place)
    return found


def _of_templates() -> Iterator[tuple[str, str]]:
    said: list[tuple[str, str]] = []

    def hear(text: str, template: str) -> None:
        said.append((text, template))

    folder = HERE / "templates"
    for path in sorted(folder.rglob("*.html")):
        translated(
            path.relative_to(folder).as_posix(),
            path.read_text(encoding="utf-8"),
            environment=pages_in(SOURCE),
            says=hear,
        )
    yield from said


def _of_modules() -> Iterator[tuple[str, str]]:
    silent = {PROJECT / name for name in SILENT}
    paths = {path for pattern in SAYING for path in PROJECT.glob(pattern)} - silent
    for path in sorted(paths):
        place = path.relative_to(PROJECT).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for text in _said_in(tree):
            yield text, place
    for path in sorted({path for pattern in REFUSING for path in PROJECT.glob(pattern)} - paths):
        place = path.relative_to(PROJECT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and (text := _refusal(node)):
                yield text, place


def _said_in(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            if _is_text(text):
                yield _named(text)
            return
        case ast.JoinedStr(values=values):
            text = _joined(values)
            if _is_text(text):
                yield text
            for one in values:
                if isinstance(one, ast.FormattedValue):
                    yield from _said_in(one)
            return
        case ast.Call(
            func=ast.Attribute(attr="join" | "compile" | "split" | "sub" | "removeprefix")
        ):
            for one in node.args:
                if not isinstance(one, ast.Constant):
                    yield from _said_in(one)
            return
        case ast.Compare(left=left):
            yield from _said_in(left)
            return
    if isinstance(node, ast.ClassDef) and (text := _refusal(node)):
        yield text
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield from _said_in(child)


def _refusal(node: ast.ClassDef) -> str:
    """The sentence of a refusal, which is its class's docstring."""
    text = " ".join((ast.get_docstring(node) or "").split())
    # Other classes tell what they are in English, and end as English does.
    return text if CHINESE.search(text) and not text.endswith(".") else ""


def _is_text(text: str) -> bool:
    """Whether this is something that a page says, and not a line of a file or a document."""
    return bool(CHINESE.search(text)) and not set('\n"') & set(text)


def _named(text: str) -> str:
    """A text whose parts have no names yet, as ``format`` takes it."""
    names = (f"{{{name}}}" for name in ("part", "part_2", "part_3"))
    return re.sub(r"{}", lambda _: next(names), text)


def _joined(values: list[ast.expr]) -> str:
    text = ""
    seen: set[str] = set()
    for one in values:
        if isinstance(one, ast.Constant):
            text += str(one.value)
            continue
        base = name = _name_of(one.value) if isinstance(one, ast.FormattedValue) else "part"
        n = 1
        while name in seen:
            n += 1
            name = f"{base}_{n}"
        seen.add(name)
        text += f"{{{name}}}"
    return text


def _name_of(part: ast.expr) -> str:
    """What a part is called in the sentence that it stands in."""
    match part:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Constant(value=str(name)):
            return name if name.isidentifier() and name.isascii() else "part"
        case ast.Subscript(slice=ast.Constant(value=str(name))):
            return name
        case ast.Subscript(value=inner) | ast.UnaryOp(operand=inner) | ast.IfExp(body=inner):
            return _name_of(inner)
        case ast.Call(func=ast.Name(id="len")):
            return "count"
        case ast.Call(args=[*_, last]):
            return _name_of(last)
        case ast.Call(func=called):
            return _name_of(called)
        case _:
            return "part"
