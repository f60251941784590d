"""A paper from a template of the office's own: a .docx with fields in double braces.

Whoever uploads a template uploads code. So it may only fill in fields, choose and repeat, over
plain data, in a sandbox; what else it tries, and what it asks for in vain, is said in a sentence::

    {{ proposal.title }}   {% if copies %}…{% endif %}   {%p for one in promises %}…{%p endfor %}
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx.oxml import parse_xml
from docxtpl import DocxTemplate
from jinja2 import ChainableUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from services.portal.domain.cases import day_text
from services.portal.papers.packing import repacked
from services.portal.papers.refusals import (
    NotADocument,
    TemplateAsksForMore,
    TemplateNotUnderstood,
    TemplateOversteps,
)
from services.portal.papers.wording import clean

LARGEST = 20 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
DEEPEST = 3
FILTERS = {"default", "join", "upper", "lower", "length", "count", "trim", "first", "last"}
TESTS = {"defined", "undefined", "none", "true", "false"}
OF_A_LOOP = {"index", "index0", "first", "last", "length"}
HARMLESS = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.If,
    nodes.Const,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.Concat,
)
ONE = "[]"  # in a field's name: any one of a list


def filled_docx(template: bytes, data: Any, *, name: str) -> bytes:
    """A template filled in with the fields of a dataclass or a mapping.

    ``name`` is what refusals call the template. The same template and data give the same bytes.

    Raises:
        NotADocument: it is no .docx, is too large, or loads something from elsewhere.
        TemplateNotUnderstood: a tag is not closed, or the like.
        TemplateOversteps: it tries more than filling in, choosing and repeating.
        TemplateAsksForMore: it names fields that the data do not have.
    """
    given = plain(data)
    document, _ = _rendered(template, given, name=name, known=dict(_shape("", given)))
    whole = io.BytesIO()
    document.save(whole)
    return repacked(whole.getvalue())


def fields_asked(template: bytes, *, name: str) -> tuple[str, ...]:
    """Every field that a template names, as ``proposal.title`` or ``promises[].text``.

    Raises:
        NotADocument, TemplateNotUnderstood, TemplateOversteps: as for ``filled_docx``.
    """
    _, asked = _rendered(template, {}, name=name, known=None)
    return asked


def fields_missing(template: bytes, data: Any, *, name: str) -> tuple[str, ...]:
    """The fields that a template names and the data do not have: what an uploader is told.

    Raises:
        NotADocument, TemplateNotUnderstood, TemplateOversteps: as for ``filled_docx``.
    """
    known = dict(_shape("", plain(data)))
    return tuple(one for one in fields_asked(template, name=name) if not _has(known, one))


def plain(value: Any) -> Any:
    """What a template may see of a value: mappings, lists, texts as they are printed, numbers."""
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return clean(value)
        case date():
            return day_text(value)
        case Mapping():
            return {str(key): plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case _ if is_dataclass(value):
            named = [one.name for one in fields(value)]
            told = [
                one
                for one, what in vars(type(value)).items()
                if isinstance(what, property) and not one.startswith("_")
            ]
            return {one: plain(getattr(value, one)) for one in (*named, *told)}
        case _:
            raise TypeError(f"a template cannot show {type(value).__name__}")


@dataclass
class _Reading:
    """What is found out about a template while it is read."""

    name: str
    known: Mapping[str, bool] | None
    asked: list[str] = field(default_factory=list)


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox that reads a template through before it runs it."""

    def __init__(self, reading: _Reading) -> None:
        super().__init__(autoescape=True, undefined=ChainableUndefined)
        self.globals.clear()
        self.reading = reading

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _read(tree, self.reading, {}, depth=0)
        known = self.reading.known
        if known is not None:
            missing = [one for one in self.reading.asked if not _has(known, one)]
            if missing:
                raise TemplateAsksForMore(name=self.reading.name, fields="、".join(missing))
        return tree


def _rendered(
    template: bytes, data: Any, *, name: str, known: Mapping[str, bool] | None
) -> tuple[DocxTemplate, tuple[str, ...]]:
    _check_file(template, name=name)
    reading = _Reading(name, known)
    document = DocxTemplate(io.BytesIO(template))
    try:
        document.render(data, _Sandbox(reading), autoescape=True)
    except TemplateError as broken:
        raise TemplateNotUnderstood(name=name, why=broken.message or "语法有误") from broken
    except SyntaxError as broken:  # the parser's own word for XML that is broken
        raise TemplateNotUnderstood(name=name, why="标签的位置打断了段落或表格") from broken
    except (KeyError, ValueError) as broken:
        raise NotADocument(name=name, why="文件已损坏") from broken
    return document, tuple(dict.fromkeys(reading.asked))


def _check_file(template: bytes, *, name: str) -> None:
    if len(template) > LARGEST:
        raise NotADocument(name=name, why="文件超过20MB")
    try:
        with ZipFile(io.BytesIO(template)) as packed:
            names = packed.namelist()
            if sum(one.file_size for one in packed.infolist()) > LARGEST_UNPACKED:
                raise NotADocument(name=name, why="解压后过大")
            links = [packed.read(one) for one in names if one.endswith(".rels")]
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError) as broken:
        raise NotADocument(name=name, why="不是有效的文件") from broken
    if "word/document.xml" not in names:
        raise NotADocument(name=name, why="里面没有正文")
    if any(one.endswith("vbaProject.bin") for one in names):
        raise NotADocument(name=name, why="里面有宏")
    if any(_loads_from_elsewhere(one) for one in links):
        raise NotADocument(name=name, why="引用了外部文件")


def _loads_from_elsewhere(links: bytes) -> bool:
    """Whether opening the document would fetch something; a link that a reader clicks does not."""
    try:
        tree = parse_xml(links)
    except SyntaxError:
        return True
    return any(
        one.get("TargetMode") == "External" and not str(one.get("Type")).endswith("/hyperlink")
        for one in tree
    )


def _read(node: nodes.Node, reading: _Reading, scope: Mapping[str, str], *, depth: int) -> None:
    """Notes which fields a template asks for, and refuses whatever is not on our short list."""
    match node:
        case nodes.For(target=nodes.Name(name=one), recursive=False) if depth < DEEPEST:
            listed = _path(node.iter, reading, scope)
            if reading.known is not None and reading.known.get(listed) is False:
                raise TemplateOversteps(name=reading.name, why=f"逐项列出“{listed}”，而它不是清单")
            within = {**scope, one: f"{listed}{ONE}", "loop": "loop"}
            for part in (*node.body, *([node.test] if node.test else [])):
                _read(part, reading, within, depth=depth + 1)
            for part in node.else_:
                _read(part, reading, scope, depth=depth)
        case nodes.Name() | nodes.Getattr() | nodes.Getitem():
            _path(node, reading, scope)
        case nodes.Filter(name=name) if name in FILTERS:
            _read_within(node, reading, scope, depth=depth)
        case nodes.Test(name=name) if name in TESTS:
            _read_within(node, reading, scope, depth=depth)
        case _ if isinstance(node, HARMLESS):
            _read_within(node, reading, scope, depth=depth)
        case _:
            raise TemplateOversteps(name=reading.name, why=_called(node))


def _read_within(
    node: nodes.Node, reading: _Reading, scope: Mapping[str, str], *, depth: int
) -> None:
    for child in node.iter_child_nodes():
        _read(child, reading, scope, depth=depth)


def _path(node: nodes.Node, reading: _Reading, scope: Mapping[str, str]) -> str:
    """The name of a field, and of every field on the way to it, noted as asked for."""
    match node:
        case nodes.Name(name=name):
            path = scope.get(name, name)
        case (
            nodes.Getattr(attr=str() as part) | nodes.Getitem(arg=nodes.Const(value=str() as part))
        ):
            if part.startswith("_"):
                raise TemplateOversteps(name=reading.name, why=f"读取内部属性“{part}”")
            before = _path(node.node, reading, scope)
            path = f"{before}.{part}"
        case nodes.Getitem(arg=nodes.Const(value=int())):
            path = f"{_path(node.node, reading, scope)}{ONE}"
        case _:
            raise TemplateOversteps(name=reading.name, why=_called(node))
    if path == "loop" and "loop" in scope:
        return path
    if path.startswith("loop.") and "loop" in scope:
        if path.removeprefix("loop.") not in OF_A_LOOP:
            raise TemplateOversteps(name=reading.name, why=f"使用“{path}”")
        return path
    if not path.endswith(ONE):
        reading.asked.append(path)
    return path


def _called(node: nodes.Node) -> str:
    match node:
        case nodes.Filter(name=name):
            return f"使用过滤器“{name}”"
        case nodes.Test(name=name):
            return f"使用判断“{name}”"
        case nodes.Call():
            return "调用函数"
        case nodes.For():
            return f"循环套循环超过{DEEPEST}层，或循环的写法过于复杂"
        case _:
            return f"使用“{type(node).__name__}”"


def _shape(path: str, value: Any) -> Iterator[tuple[str, bool]]:
    """Every field that the data have, and whether it is a list."""
    match value:
        case dict():
            if path:
                yield path, False
            for key, one in value.items():
                yield from _shape(f"{path}.{key}" if path else key, one)
        case list():
            yield path, True
            yield f"{path}{ONE}", False
            for one in value:
                yield from _shape(f"{path}{ONE}", one)
        case _:
            yield path, False


def _has(known: Mapping[str, bool], asked: str) -> bool:
    """Whether the data have a field; below a list that is empty nothing is known, nor missed."""
    if asked in known:
        return True
    listed, _, _ = asked.rpartition(ONE)
    return bool(listed) and known.get(listed) is True and not _known_below(known, f"{listed}{ONE}.")


def _known_below(known: Mapping[str, bool], path: str) -> bool:
    return any(one.startswith(path) for one in known)
