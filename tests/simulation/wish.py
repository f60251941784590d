"""A wish: one act that somebody might do now, as data; how it is done, and what must hold then."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from tests.story.office import CITY, COMMITTEE, OFFICE
from tests.world import Answer, World

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants what of which service. ``likely`` is its weight among what may happen as well.

    A mistaken one has to be refused; another one may be, where two want what does not go together.
    """

    likely: float
    service: str
    path: str
    body: Body
    post: str
    unit: str
    person: str | None = None
    mistaken: bool = False

    @property
    def verb(self) -> str:
        """The act's last word."""
        return self.path.rpartition("/")[2]

    @property
    def kind(self) -> str:
        """How the year's report counts it: the service and the act, without whose it is."""
        parts = self.path.split("/")
        verb = parts[-1]
        if len(parts) > 2 and parts[-2] == "opinion":
            verb = f"opinion/{verb}"
        elif len(parts) > 3 and parts[-3] not in ("proposals", "tasks", ""):
            verb = f"{parts[-3]}/{verb}"
        return f"{self.service} {verb}"


@dataclass(frozen=True, slots=True)
class Leave:
    """Somebody is away for some days, and another acts in that post."""

    post: str
    unit: str
    deputy: str
    until: date

    @property
    def giver(self) -> str:
        """Who is away."""
        return f"{self.post}.{self.unit}"


@dataclass(frozen=True, slots=True)
class Done:
    """What was wished and what the service answered."""

    wish: Wish
    answer: Answer

    @property
    def refused(self) -> str | None:
        """The code of the refusal, if it was one."""
        return self.answer.code if self.answer.status >= 400 else None


class NotAsItShouldBe(AssertionError):
    """Something happened in the year that must never happen."""


async def do(world: World, wish: Wish, *, leaves: dict[tuple[str, str], Leave]) -> Done:
    """Give the command as the person who wishes it, or as who acts for them.

    Raises:
        NotAsItShouldBe: a mistake got through, a refusal left a trace, or a service broke.
    """
    before = await told_so_far(world, wish.service)
    trace = f"00-{uuid4().hex}-{uuid4().hex[:16]}-01"
    headers = {"traceparent": trace}
    away = leaves.get((wish.post, wish.unit)) if wish.person is None else None
    if away is not None:
        token = world.token(
            post=away.post, unit=away.unit, person=away.deputy, on_behalf_of=away.giver
        )
        headers["Authorization"] = f"Bearer {token}"
    answer = await world.tell(
        wish.service,
        wish.path,
        wish.body,
        post=wish.post,
        unit=wish.unit,
        person=wish.person,
        headers=headers,
    )
    done = Done(wish, answer)
    if answer.status >= 500:
        raise NotAsItShouldBe(f"{wish} broke the service: {answer}")
    if answer.status == 422 and answer.code == "malformed":
        raise NotAsItShouldBe(f"{wish} is no request: {answer}")
    if wish.mistaken and answer.status < 400:
        raise NotAsItShouldBe(f"{wish} was let through: {answer}")
    if answer.status >= 400 and await caused(world, wish.service, trace, since=before):
        raise NotAsItShouldBe(f"{wish} was refused and left a trace: {answer}")
    return done


async def told_so_far(world: World, service: str) -> int:
    """The place of a service's newest event in its log."""
    [row] = await world.rows(service, "SELECT max(seq) AS newest FROM events")
    return row["newest"] or 0


async def caused(world: World, service: str, trace: str, *, since: int) -> bool:
    """Whether a command told anything; others may tell of the same proposal in the same moment."""
    rows = await world.rows(
        service,
        "SELECT FROM events WHERE seq > $1 AND headers ->> 'traceparent' = $2 LIMIT 1",
        since,
        trace,
    )
    return bool(rows)


@dataclass(frozen=True, slots=True)
class On:
    """Wishes about one proposal."""

    case: str

    def unit(
        self,
        likely: float,
        service: str,
        unit: str,
        path: str,
        /,
        *,
        post: str = "officer",
        person: str | None = None,
        mistaken: bool = False,
        **body: Any,
    ) -> Wish:
        """A unit wants something."""
        return self._wish(likely, service, path, body, post, unit, person, mistaken=mistaken)

    def office(
        self, likely: float, service: str, path: str, /, *, mistaken: bool = False, **body: Any
    ) -> Wish:
        """The city's office wants something."""
        return self._wish(likely, service, path, body, "office", OFFICE, None, mistaken=mistaken)

    def committee(
        self, likely: float, service: str, path: str, /, *, mistaken: bool = False, **body: Any
    ) -> Wish:
        """The committee wants something."""
        return self._wish(
            likely, service, path, body, "committee", COMMITTEE, None, mistaken=mistaken
        )

    def leader(self, likely: float, service: str, path: str, /, **body: Any) -> Wish:
        """A leader of the city wants something."""
        return self._wish(likely, service, path, body, "leader", CITY, None, mistaken=False)

    def proposer(
        self,
        likely: float,
        service: str,
        person: str,
        path: str,
        /,
        *,
        mistaken: bool = False,
        **body: Any,
    ) -> Wish:
        """A proposer wants something."""
        return self._wish(likely, service, path, body, "proposer", CITY, person, mistaken=mistaken)

    def _wish(
        self,
        likely: float,
        service: str,
        path: str,
        body: Body,
        post: str,
        unit: str,
        person: str | None,
        *,
        mistaken: bool,
    ) -> Wish:
        whole = path if path.startswith("/") else f"/proposals/{self.case}/{path}"
        return Wish(likely, service, whole, body, post, unit, person, mistaken)
