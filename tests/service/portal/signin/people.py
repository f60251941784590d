"""Who is known at the door: a clerk, a head of two houses with a deputy, the administrators."""

import json
from importlib.resources import files

from shared.contracts.event import PersonId, UnitCode
from shared.contracts.registry import (
    DelegationGiven,
    HeldPost,
    PersonRegistered,
    Post,
    RulesPublished,
)
from tests.service.portal.conftest import RULES
from tests.service.portal.lives import CITY, HEALTH, LONGHUA, OFFICE, TRANSPORT, day

SAID = json.loads(
    (files("services.registry") / "data/rules/shenzhen-2024/portal.json").read_text("utf-8")
)
WITH_SIGN_IN = RulesPublished.model_validate(
    RULES.model_dump() | {"numbers": SAID["numbers"], "policies": SAID["policies"]}
)


def person(id: str, name: str, *posts: tuple[Post, UnitCode]) -> PersonRegistered:
    return PersonRegistered(
        person=PersonId(id),
        name=name,
        posts=tuple(HeldPost(post=post, unit=unit) for post, unit in posts),
    )


CLERK = person("chen.jing", "陈静", (Post.OFFICER, LONGHUA))
HEAD = person("li.wei", "李伟", (Post.HEAD, TRANSPORT), (Post.DEPUTY, HEALTH))
GONE = PersonRegistered(
    person=PersonId("zhao.gone"),
    name="赵离任",
    posts=(HeldPost(post=Post.OFFICER, unit=LONGHUA, until=day("02-01")),),
)
OPERATOR = person("sun.yunwei", "孙运", (Post.OPERATOR, OFFICE))
GUARD = person("wang.anquan", "王安", (Post.SECURITY, OFFICE))
OTHER_GUARD = person("liu.anquan", "刘全", (Post.SECURITY, OFFICE))
AUDITOR = person("zhou.shenji", "周审", (Post.AUDITOR, OFFICE))
BOTH = person("wu.shuang", "吴双", (Post.SECURITY, OFFICE), (Post.AUDITOR, OFFICE))
MEMBER = person("member.one", "委员甲", (Post.PROPOSER, CITY))
PEOPLE = (CLERK, HEAD, GONE, OPERATOR, GUARD, OTHER_GUARD, AUDITOR, BOTH, MEMBER)
STAND_IN = DelegationGiven(
    delegation="d1",
    giver=HEAD.person,
    deputy=CLERK.person,
    post=Post.HEAD,
    unit=TRANSPORT,
    since=day("01-01"),
    until=day("12-31").replace(year=2099),
    why="出差",
)
PASSWORD = "Qing-Feng-1949"
