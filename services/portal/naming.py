"""Naming: people are written by name; whom a name means is found in the registry."""

from collections.abc import Callable
from typing import NamedTuple

from services.portal.domain.words import POSTS, word
from services.portal.forms.fields import Written, rows_written
from services.portal.forms.form import Form
from services.portal.viewing import View
from shared.contracts.event import PersonId
from shared.contracts.registry import HeldPost, Post


class Somebody(NamedTuple):
    """Somebody who can be named on the day shown, and their posts."""

    person: PersonId
    name: str
    posts: str


def colleagues_of(view: View) -> list[Somebody]:
    """Everybody in the reader's own unit."""
    unit = view.caller and view.caller.unit
    return _holding(view, lambda post: post.unit == unit)


def members_of(view: View) -> list[Somebody]:
    """Everybody who may put proposals."""
    return _holding(view, lambda post: post.post is Post.PROPOSER)


def _holding(view: View, is_meant: Callable[[HeldPost], bool]) -> list[Somebody]:
    found = list[Somebody]()
    for one in view.known.people.values():
        held = [
            word(POSTS, post.post)
            for post in one.posts
            if is_meant(post) and post.is_held_on(view.today)
        ]
        if held:
            found.append(Somebody(one.person, one.name, "、".join(held)))
    return sorted(found, key=lambda one: one.name)


def people_meant(view: View, form: Form, written: Written) -> tuple[dict[str, str], dict[str, str]]:
    """People by their numbers where they were written by name; and beside which field one must
    say which of several of a name is meant.

    A name that nobody has stays: whether it can be a name alone is for the service to say.
    """
    meant, wrong = dict(written), dict[str, str]()
    colleagues = colleagues_of(view) if form.asks_for("person") else []
    members = members_of(view) if form.asks_for("member") else []

    def find(name: str, among: list[Somebody], *, field: str, row: str = "") -> str:
        called = [one.person for one in among if one.name == name]
        if len(called) > 1:
            wrong[field] = f"{row}有{len(called)}人同名，请写人员编号：{'、'.join(called)}"
        return called[0] if called else ""

    for field in form.fields:
        if field.kind == "person":
            name = written.get(field.name, "").strip()
            meant[field.name] = find(name, colleagues, field=field.name) or name
        for column in (one for one in field.rows if one.kind == "member"):
            for n in range(rows_written(field, written)):
                at = f"{field.name}-{n}-"
                name, number = written.get(at + column.name, "").strip(), at + "person"
                if name and not written.get(number, "").strip():
                    row = f"第{n + 1}行“{name}”"
                    meant[number] = find(name, members, field=field.name, row=row)
    return meant, wrong
