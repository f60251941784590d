"""Whatever is sent to a service by whomever: it answers in its own words, and never breaks.

Schemathesis makes requests from each service's own document, fitting and unfitting ones; the
service is real, on a real PostgreSQL, behind a real socket.
"""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode

from shared.contracts.registry import Post
from tests.world import Keys, World, copy_of, world_on

SERVICES = ("registry", "intake", "assignment", "reply", "escalation")
POSTS = [post.value for post in Post if post is not Post.UNKNOWN]
ADMINISTERING = ["operator", "security"]  # most of what the registry takes only they may send
EXAMPLES = 12


@dataclass
class Target:
    """A service that can be called over a socket, and people who may call it."""

    address: str
    document: dict[str, object]
    tokens: dict[str, str]


@contextmanager
def serving(service: str, admin_url: str, template: str, keys: Keys) -> Iterator[Target]:
    """The service in a loop of its own, seeded, until the test is over."""
    ready, over = threading.Event(), threading.Event()
    found: list[Target] = []

    async def serve() -> None:
        async with (
            copy_of(admin_url, template) as database_url,
            world_on(database_url, keys, services=dict.fromkeys(("registry", service))) as world,
        ):
            await world.tell("registry", "/seed", {"place": "shenzhen"}, post="operator")
            await world.settle()
            with socket.create_server(("127.0.0.1", 0)) as listening:
                app = world[service].app
                config = uvicorn.Config(app, lifespan="off", log_level="critical")
                server = uvicorn.Server(config)
                task = asyncio.create_task(server.serve(sockets=[listening]))
                port = listening.getsockname()[1]
                found.append(Target(f"http://127.0.0.1:{port}", app.openapi(), _tokens(world)))
                ready.set()
                await asyncio.to_thread(over.wait)
                server.should_exit = True
                await task

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    try:
        assert ready.wait(60)
        yield found[0]
    finally:
        over.set()
        thread.join(30)


def _tokens(world: World) -> dict[str, str]:
    return {
        post: world.token(post=post, unit="C001" if post in ADMINISTERING else "D07")
        for post in POSTS
    }


def operations(target: Target) -> list[Any]:
    """Everything that the service's document names."""
    schema = schemathesis.openapi.from_dict(target.document)
    schema.config.update(base_url=target.address)
    return [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]


@pytest.mark.parametrize("service", SERVICES)
def test_no_request_breaks_it(service: str, admin_url: str, template: str, keys: Keys) -> None:
    with serving(service, admin_url, template, keys) as target:
        found = operations(target)
        assert found
        posts = [*ADMINISTERING, "officer"] if service == "registry" else POSTS
        for operation in found:
            for mode in GenerationMode:
                _call(operation, mode, target, posts)


def _call(operation: Any, mode: GenerationMode, target: Target, posts: list[str]) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode), post=st.sampled_from(posts))
    def never_breaks(case: Any, post: str) -> None:
        response = case.call(headers={"Authorization": f"Bearer {target.tokens[post]}"}, timeout=30)
        assert response.status_code < 500, (operation.label, response.status_code, response.text)
        if response.status_code >= 400:
            problem = response.json()
            assert problem["code"], operation.label
            assert problem["detail"], operation.label

    never_breaks()
