"""Who may do what in the registry: every act with every post, in the table and through the API."""

from typing import Any

from shared.contracts.registry import Post
from shared.policy import RIGHTS
from tests.world import World

POSTS = sorted(set(Post) - {Post.UNKNOWN})
EVERYBODY = "read"
UUID = "00000000-0000-4000-8000-000000000000"
# Each way into the registry, and the act by which it is allowed.
WAYS = [
    ("POST", "/seed", "registry.keep"),
    ("PUT", "/units/C090", "registry.units"),
    ("PUT", "/units/C018/duties", "registry.units"),
    ("POST", "/units/C018/rename", "registry.units"),
    ("POST", "/successions", "registry.units"),
    ("PUT", "/people/li", "registry.people"),
    ("POST", "/people/li/end-post", "registry.people"),
    ("POST", "/delegations", "registry.delegate"),
    ("POST", f"/delegations/{UUID}/end", "registry.delegate"),
    ("POST", "/accounts", "registry.accounts"),
    ("POST", "/accounts/a/rotate", "registry.accounts"),
    ("POST", "/accounts/a/end", "registry.accounts"),
    ("POST", "/calendars/2027/propose", "registry.calendar"),
    ("POST", "/calendars/2027/propose-exception", "registry.calendar"),
    ("POST", "/calendars/2027/confirm", "registry.calendar"),
    ("POST", "/calendars/2027/drop", "registry.calendar"),
    ("PUT", "/rules/shenzhen-2024", "registry.rules"),
    ("POST", "/calendars/2027/read-notice", EVERYBODY),
    ("GET", "/units", EVERYBODY),
    ("GET", "/units/C018", EVERYBODY),
    ("GET", "/successions", EVERYBODY),
    ("GET", "/then-and-now", EVERYBODY),
    ("GET", "/people", EVERYBODY),
    ("GET", "/people/li", EVERYBODY),
    ("GET", "/calendars/2024", EVERYBODY),
    ("GET", "/calendar-proposals", EVERYBODY),
    ("GET", "/rules", EVERYBODY),
    ("GET", "/rules/shenzhen-2024/2", EVERYBODY),
    ("GET", "/rules/shenzhen-2024/2/changes", EVERYBODY),
    ("GET", "/delegations", "registry.delegate"),
    ("GET", "/accounts", "registry.audit"),
    ("GET", "/history", "registry.audit"),
]
MATRIX: dict[str, set[str]] = {
    "registry.keep": {"operator"},
    "registry.units": {"operator"},
    "registry.people": {"operator"},
    "registry.rules": {"operator"},
    "registry.calendar": {"office", "operator"},
    "registry.accounts": {"security"},
    "registry.audit": {"operator", "security", "auditor"},
    "registry.delegate": set(POSTS),
    EVERYBODY: set(POSTS),
}


def test_the_matrix_has_every_act_of_the_registry() -> None:
    acts = {act for act in RIGHTS if act.startswith("registry.")}

    assert {act: RIGHTS[act].posts for act in acts} == {act: MATRIX[act] for act in acts}
    assert set(MATRIX) == acts | {EVERYBODY}


async def test_every_way_into_the_registry_is_in_it(registry: World) -> None:
    document: dict[str, Any] = registry["registry"].app.openapi()
    kernel = ("/parked", "/live", "/ready", "/status", "/progress", "/metrics")
    there = {
        (verb.upper(), path)
        for path, verbs in document["paths"].items()
        for verb in verbs
        if not path.startswith(kernel)
    }

    assert len(there) == len(WAYS)


async def test_every_post_is_let_in_by_the_matrix_and_not_otherwise(registry: World) -> None:
    for method, path, act in WAYS:
        refused: set[Post] = set()
        for post in POSTS:
            answer = await registry.call(
                method, "registry", path, post=post, unit="C001", person=None
            )
            if answer.status == 403:
                assert (answer.code, answer.body["rule"]) == ("post-may-not", f"{act}/post")
                refused.add(post)
            else:
                assert answer.status in (200, 404, 422), path

        assert refused == set(POSTS) - MATRIX[act], path


async def test_nobody_is_let_in_without_signing_in(registry: World) -> None:
    client = registry["registry"].client

    answers = [(await client.request(method, path)).status_code for method, path, _ in WAYS]

    assert answers == [401] * len(WAYS)
