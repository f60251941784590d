"""Templates in another language: what they say is exchanged when they are compiled.

A text is what stands between two tags, or in an attribute that is read to somebody; what is put
into it is one of its parts. So a template needs no marks, nothing in it can be forgotten, and a
page costs nothing more to draw. An element that says its own ``lang`` is left as it is.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import Environment

from services.portal.tongues.catalogue import CHINESE, PART

Says = Callable[[str, str], str | None]
Run = list[nodes.Expr | str]

# Attributes that are read to somebody; all others are for programs.
READ = ("alt", "aria-label", "data-label", "data-short", "placeholder", "title")
# Elements that hold words and no other element, and those whose words are their reader's own.
PLAIN = ("option", "title")
OWN = ("script", "style", "textarea")

SPACE = re.compile(r"\s+")
EDGES = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)
# What moves one to another place: from among texts, from within a start tag.
TAGS = re.compile(
    r"<!--.*?-->|<!\w[^>]*>|</(?P<ends>[\w-]+)\s*>|<(?P<begins>[\w-]+)|</?$", re.DOTALL
)
ATTRIBUTES = re.compile(r"""(?P<attribute>[\w:-]+)=(?P<quote>["'])|(?P<closes>/?>)""")
QUOTES = {quote: re.compile(quote) for quote in "\"'"}


@dataclass
class Place:
    """Where in a page one is while reading its template."""

    tag: str | None = None  # the element whose start tag is open
    attribute: str = ""
    quote: str = ""
    within: str = ""  # a plain element, or one whose words are its reader's own
    foreign: list[str] = field(default_factory=list)  # open elements since one that has a ``lang``

    @property
    def is_read(self) -> bool:
        """Whether what stands here is ours to translate."""
        if self.foreign or self.within in OWN:
            return False
        return self.attribute in READ if self.tag is not None else True

    @property
    def takes_markup(self) -> bool:
        """Whether an element can stand here."""
        return self.tag is None and not self.within

    @property
    def leaves_by(self) -> re.Pattern[str]:
        """What moves one from here."""
        if self.quote:
            return QUOTES[self.quote]
        return TAGS if self.tag is None else ATTRIBUTES

    def move(self, by: re.Match[str]) -> None:
        """Go on behind a tag, a quote or an attribute's name."""
        found = by.groupdict()
        if self.quote:
            self.attribute = self.quote = ""
        elif self.tag is not None:
            self._move_within_tag(found)
        elif ends := found["ends"]:
            self.within = "" if self.within == ends else self.within
            if self.foreign and self.foreign[0] == ends:
                self.foreign.pop()
        elif not by[0].startswith("<!"):
            self.tag = found["begins"] or ""
            if self.foreign and self.foreign[0] == self.tag:
                self.foreign.append(self.tag)

    def _move_within_tag(self, found: Mapping[str, str | None]) -> None:
        if found["closes"]:
            self.within = self.tag if self.tag in (*PLAIN, *OWN) else self.within
            self.tag = None
            return
        self.attribute, self.quote = found["attribute"] or "", found["quote"] or ""
        if self.attribute == "lang" and self.tag != "html" and not self.foreign:
            self.foreign = [self.tag or ""]


class Translating:
    """One template, being translated."""

    def __init__(self, template: str, says: Says, *, between: str = "") -> None:
        self._template = template
        self._says = says
        self._between = between  # stands between two parts, where only words would not
        self._place = Place()

    def template(self, node: nodes.Template) -> nodes.Template:
        """The template, with everything that it says exchanged."""
        self._statements(node)
        node.set_lineno(1)
        return node

    def _statements(self, node: nodes.Node) -> None:
        for name, value in node.iter_fields():
            if isinstance(value, nodes.Output):
                setattr(node, name, self._output(value))
            elif isinstance(value, nodes.Expr):
                setattr(node, name, self._expression(value))
            elif isinstance(value, nodes.Node):
                self._statements(value)
            elif isinstance(value, list):
                setattr(node, name, [self._one_of(one) for one in value])

    def _one_of(self, one: Any) -> Any:
        match one:
            case nodes.Output():
                return self._output(one)
            case nodes.Expr():
                return self._expression(one)
            case nodes.Block() | nodes.Macro() | nodes.CallBlock():
                before, self._place = self._place, Place()
                if getattr(one, "name", "") == "title":
                    self._place.within = "title"
                self._statements(one)
                self._place = before
            case nodes.Node():
                self._statements(one)
        return one

    def _output(self, output: nodes.Output) -> nodes.Output:
        drawn: list[nodes.Expr] = []
        run: Run = []

        def end() -> None:
            if self._place.within == "option" and drawn and _closes(drawn[-1]):
                # Nothing but words can stand in it: it says itself in which language they are.
                parts = [one for one in run if not isinstance(one, str)]
                drawn[-1:-1] = [_filtered(one, "in_which") for one in parts[:1]]
            drawn.extend(self._run(run))
            run.clear()

        for one in output.nodes:
            if not isinstance(one, nodes.TemplateData):
                if self._place.is_read:
                    run.append(self._expression(one))
                else:
                    end()
                    drawn.append(self._expression(one))
                continue
            for piece, moves in self._pieces(one.data):
                if moves is None and self._place.is_read:
                    run.append(piece)
                    continue
                end()
                drawn.append(nodes.TemplateData(piece))
                if moves is not None:
                    self._place.move(moves)
        end()
        return nodes.Output(drawn, lineno=output.lineno)

    def _pieces(self, data: str) -> Iterator[tuple[str, re.Match[str] | None]]:
        """The data cut at what moves one to another place."""
        at = 0
        while moves := self._place.leaves_by.search(data, at):
            if moves.start() > at:
                yield data[at : moves.start()], None
            yield moves[0], moves
            at = moves.end()
        if at < len(data):
            yield data[at:], None

    def _run(self, run: Run) -> list[nodes.Expr]:
        """One text, exchanged."""
        if not run:
            return []
        takes_markup = self._place.takes_markup

        def drawn(part: nodes.Expr) -> nodes.Expr:
            return _filtered(part, "said" if takes_markup else "said_plainly")

        if not any(isinstance(one, str) and CHINESE.search(one) for one in run):
            return self._untold(run, drawn)
        before, text, after, parts = _text_of(run)
        says = self._says(text, self._template)
        if says is None and takes_markup:
            before, after = f'{before}<span lang="zh-Hans">', f"</span>{after}"
        pieces = PART.split(text if says is None else says)
        return [
            nodes.TemplateData(before),
            *(
                drawn(parts[piece]) if n % 2 else nodes.TemplateData(piece)
                for n, piece in enumerate(pieces)
            ),
            nodes.TemplateData(after),
        ]

    def _untold(self, run: Run, drawn: Callable[[nodes.Expr], nodes.Expr]) -> list[nodes.Expr]:
        """Parts with no text of ours between them."""
        done: list[nodes.Expr] = []
        for n, one in enumerate(run):
            if isinstance(one, str):
                done.append(nodes.TemplateData(one))
                continue
            if n and not isinstance(run[n - 1], str):
                done.append(nodes.TemplateData(self._between))
            done.append(drawn(one))
        return done

    def _expression(self, one: nodes.Expr) -> nodes.Expr:
        """An expression, with the texts in it exchanged; they are safe, as what is around them."""
        match one:
            case nodes.Const(value=str(text)) if CHINESE.search(text):
                says = self._says(text, self._template)
                return one if says is None else nodes.MarkSafe(nodes.Const(says))
            case nodes.Concat() if any(_is_text(part) for part in one.nodes):
                return self._concat(one)
            case nodes.Filter(node=inner) if inner is not None:
                one.node = self._expression(inner)
                return one
        for name, value in one.iter_fields():
            if isinstance(value, nodes.Expr):
                setattr(one, name, self._expression(value))
            elif isinstance(value, list):
                setattr(one, name, [self._within(part) for part in value])
            elif isinstance(value, nodes.Node):
                self._within(value)
        return one

    def _within(self, part: Any) -> Any:
        match part:
            case nodes.Expr():
                return self._expression(part)
            case nodes.Pair() | nodes.Keyword() | nodes.Operand():
                for name in ("value", "expr"):
                    if hasattr(part, name):
                        setattr(part, name, self._expression(getattr(part, name)))
        return part

    def _concat(self, one: nodes.Concat) -> nodes.Expr:
        run = [
            part.value
            if isinstance(part, nodes.Const) and isinstance(part.value, str)
            else self._expression(part)
            for part in one.nodes
        ]
        before, text, after, parts = _text_of(run)
        says = self._says(text, self._template) if CHINESE.search(text) else None
        if says is None:
            return one
        pieces = PART.split(f"{before}{says}{after}")
        return nodes.Concat(
            [
                _filtered(parts[piece], "said_plainly")
                if n % 2
                else nodes.MarkSafe(nodes.Const(piece))
                for n, piece in enumerate(pieces)
                if piece
            ]
        )


def _is_text(part: nodes.Expr) -> bool:
    return isinstance(part, nodes.Const) and isinstance(part.value, str)


def _closes(data: nodes.Expr) -> bool:
    return isinstance(data, nodes.TemplateData) and data.data == ">"


def _filtered(part: nodes.Expr, name: str) -> nodes.Expr:
    return nodes.Filter(part, name, [], [], None, None)


def _text_of(run: Run) -> tuple[str, str, str, dict[str, nodes.Expr]]:
    """What a text is called in the catalogues, without the space around it; and its parts."""
    parts: dict[str, nodes.Expr] = {}
    text = ""
    for one in run:
        if isinstance(one, str):
            text += one
            continue
        name = base = _name_of(one)
        n = 1
        while name in parts:
            n += 1
            name = f"{base}_{n}"
        parts[name] = one
        text += f"{{{name}}}"
    edges = EDGES.match(text)
    assert edges is not None
    return edges[1], SPACE.sub(" ", edges[2]), edges[3], parts


def _name_of(part: nodes.Expr) -> str:
    """What a part is called in the text that it stands in."""
    match part:
        case nodes.Name(name=name):
            return str(name)
        case nodes.Getattr(attr=name):
            return str(name)
        case nodes.Getitem(arg=nodes.Const(value=str(name))) if name.isidentifier():
            return name
        case nodes.Getitem(node=inner):
            return _name_of(inner)
        case nodes.Filter(name="length" | "sum"):
            return "count"
        case nodes.Filter(node=inner) | nodes.CondExpr(expr1=inner) if inner is not None:
            return _name_of(inner)
        case nodes.Call(args=[first, *_]) if _name_of(first) != "part":
            return _name_of(first)
        case nodes.Call(node=called):
            return _name_of(called)
        case nodes.Add(left=left) | nodes.Sub(left=left) | nodes.Or(left=left):
            return _name_of(left)
        case _:
            return "part"


class Translated(CodeGenerator):
    """Compiles a page's template in its environment's language."""

    def visit_Template(  # noqa: N802 - the name is Jinja's
        self, node: nodes.Template, frame: Frame | None = None
    ) -> None:
        """Translate the template before anything is made of it."""
        name = self.name or ""
        says: Says = self.environment.globals["translation"]  # type: ignore[assignment]
        if name.endswith(".html"):
            between = str(self.environment.globals["between"])
            node = Translating(name, says, between=between).template(node)
            node.set_environment(self.environment)
        super().visit_Template(node, frame)


def translated(template: str, source: str, *, environment: Environment, says: Says) -> None:
    """Translate a template only to hear what it says."""
    Translating(template, says).template(environment.parse(source, template))
