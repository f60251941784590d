"""The trail, as the auditor reads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response
from pydantic_core import from_json

from services.portal.signin.domain.telling import BY, WHAT, detail
from services.portal.signin.pages.lobby import InLobby
from services.portal.signin.store import trail
from shared.policy import allow

router = APIRouter(default_response_class=HTMLResponse)

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as it is read."""

    n: int
    at: datetime
    what: str
    person: str
    by: str
    address: str
    says: str
    seal: str


@router.get("/security/trail")
async def trail_page(
    lobby: InLobby,
    before: Annotated[int | None, Query(ge=1)] = None,
    person: Annotated[str, Query(max_length=100)] = "",
    what: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """登录审计：谁在何时何地登录、被拒、被管理；逐条封印，不能改动。"""
    allow("signin.audit", lobby.caller)
    async with lobby.door.signin.desk.transaction() as tx:
        rows = await trail.page(
            tx, before=before, person=person.strip(), what=what, limit=PAGE_SIZE + 1
        )
    shown = [_told(row) for row in rows[:PAGE_SIZE]]
    return lobby.page(
        "signin/trail.html",
        entries=shown,
        earlier=shown[-1].n if len(rows) > PAGE_SIZE else None,
        before=before,
        person=person.strip(),
        what=what,
        kinds=WHAT,
    )


def _told(row: dict[str, Any]) -> Told:
    facts = from_json(row["entry"])
    return Told(
        n=row["n"],
        at=row["at"],
        what=WHAT.get(row["what"], row["what"]),
        person=row["person"],
        by=BY.get(facts.get("by", ""), facts.get("by", "")),
        address=facts.get("address", ""),
        says=detail(facts),
        seal=row["digest"].hex(),
    )
