"""An act: who does what on which day, as plain data."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from deploy.demo.cast import Person
from deploy.demo.portfolio import Proposal


@dataclass(frozen=True, slots=True)
class Act:
    """One command to one service.

    ``concerns`` are the proposals whose acts keep their order; ``queue`` names what else does, such
    as the letters of a unit, which are numbered in the order in which they go out.
    """

    on: date
    who: Person
    service: str
    path: str
    body: Mapping[str, Any]
    why: str
    concerns: tuple[str, ...] = ()
    queue: tuple[str, ...] = field(default=())
    method: str = "POST"

    @property
    def key(self) -> UUID:
        """The same act has the same key on every run, so that it can be sent again."""
        said = json.dumps(self.body, ensure_ascii=False, sort_keys=True)
        return uuid5(
            NAMESPACE_URL,
            f"huiban:demo/{self.on}/{self.who.person}/{self.service}{self.path} {said}",
        )


def upon(
    case: Proposal, on: date, who: Person, service: str, path: str, body: dict[str, Any], why: str
) -> Act:
    """An act upon one proposal; ``path`` goes on where the proposal's own ends."""
    at = f"/proposals/{case.proposal_id}/{path}"
    return Act(on, who, service, at, body, f"{case.called}：{why}", (case.proposal_id,))
