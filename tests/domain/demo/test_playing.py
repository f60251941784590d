"""A day is played in its order: the morning first, acts upon one proposal one after another."""

import asyncio
from datetime import date

import httpx
import pytest

from deploy.demo import player as playing
from deploy.demo.acts import Act
from deploy.demo.cast import OPERATOR, officer_of
from deploy.demo.player import Played, Player
from deploy.demo.sending import ActRefused
from deploy.demo.verbs.escalating import swept
from deploy.demo.year import Day
from tests.world import Keys

MONDAY, TUESDAY = date(2024, 1, 15), date(2024, 1, 16)
SERVICES = ("registry", "intake", "assignment", "reply", "escalation", "portal")
ADDRESSES = {service: f"http://{service}" for service in SERVICES}
CALM = {"told": 0, "heard": {}}


def act(path: str, *concerns: str, queue: tuple[str, ...] = ()) -> Act:
    who = officer_of("龙华区人民政府")
    return Act(MONDAY, who, "reply", path, {}, path, concerns, queue=queue)


def day(*acts: Act, on: date = MONDAY) -> Day:
    return Day(on, morning=(swept(on=on),), acts=acts)


class Office:
    """Six services that say yes after a moment, and note when they began and ended to do so."""

    def __init__(self, *, refuses: str = "", reminders: int = 0) -> None:
        self.notes: list[str] = []
        self.busy = 0
        self.busiest = 0
        self._refuses = refuses
        self._reminders = reminders

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path == "/progress":
            self.notes.append("settled")
            return httpx.Response(200, json=CALM)
        self.notes.append(f"{path} begins")
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        await asyncio.sleep(0.002)
        self.busy -= 1
        self.notes.append(f"{path} ends")
        if path == self._refuses:
            return httpx.Response(409, json={"detail": "不行。"})
        if path == "/sweep":
            counts = {
                "near": 0,
                "missed": 0,
                "reminders": self._reminders,
                "flagged": 0,
                "supervised": 0,
            }
            return httpx.Response(200, json={**counts, "failed": 0})
        return httpx.Response(200, json={"events": []})

    @property
    def in_order(self) -> list[str]:
        """The notes, with one for each settling."""
        notes = [note for note in self.notes if note.endswith("ends") or note == "settled"]
        return [
            note for n, note in enumerate(notes) if note != "settled" or notes[n - 1] != "settled"
        ]


def player(office: Office, keys: Keys) -> Player:
    client = httpx.AsyncClient(transport=httpx.MockTransport(office))
    return Player(client, addresses=ADDRESSES, signing_key=keys.private)


async def test_the_morning_comes_before_everybody_acts(keys: Keys) -> None:
    office = Office()

    await player(office, keys).play([day(act("/a", "p"))])

    assert office.in_order == ["/sweep ends", "/a ends", "settled"]


async def test_what_the_morning_told_is_heard_before_anybody_acts(keys: Keys) -> None:
    office = Office(reminders=2)

    await player(office, keys).play([day(act("/a", "p"))])

    assert office.in_order == ["/sweep ends", "settled", "/a ends", "settled"]


async def test_a_day_without_acts_has_nothing_to_settle(keys: Keys) -> None:
    office = Office()

    await player(office, keys).play([day(), day(on=TUESDAY)])

    assert office.in_order == ["/sweep ends", "/sweep ends"]


async def test_acts_upon_one_proposal_keep_their_order(keys: Keys) -> None:
    office = Office()

    await player(office, keys).play([day(act("/a", "p"), act("/b", "p"), act("/c", "p"))])

    assert office.notes[2:8] == [
        "/a begins",
        "/a ends",
        "/b begins",
        "/b ends",
        "/c begins",
        "/c ends",
    ]


async def test_letters_of_one_unit_keep_their_order_across_proposals(keys: Keys) -> None:
    office = Office()
    letters = (act("/a", "p", queue=("letters",)), act("/b", "q", queue=("letters",)))

    await player(office, keys).play([day(*letters)])

    assert office.notes[2:6] == ["/a begins", "/a ends", "/b begins", "/b ends"]


async def test_acts_upon_different_proposals_go_on_at_once_but_not_too_many(keys: Keys) -> None:
    office = Office()

    await player(office, keys).play([day(*(act(f"/{n}", f"p{n}") for n in range(40)))])

    assert 1 < office.busiest <= playing.AT_ONCE


async def test_a_refusal_ends_the_year(keys: Keys) -> None:
    office = Office(refuses="/a")

    with pytest.raises(ActRefused, match="不行。"):
        await player(office, keys).play([day(act("/a", "p"), act("/b", "p")), day(on=TUESDAY)])

    assert "/b ends" not in office.notes


async def test_the_hook_is_called_as_each_day_begins(keys: Keys) -> None:
    office = Office()
    seen: list[tuple[date, int]] = []

    async def look(on: date) -> None:
        seen.append((on, len(office.notes)))

    await player(office, keys).play([day(), day(on=TUESDAY)], on_day=look)

    assert seen == [(MONDAY, 0), (TUESDAY, 2)]


async def test_whoever_watches_sees_every_act_and_its_events(keys: Keys) -> None:
    seen: list[tuple[date, Played]] = []

    class Watching:
        def see(self, on: date, played: Played) -> None:
            seen.append((on, played))

    client = httpx.AsyncClient(transport=httpx.MockTransport(Office(reminders=2)))
    watched = Player(client, addresses=ADDRESSES, signing_key=keys.private, audience=Watching())

    await watched.play([day(act("/a", "p"))])

    assert seen == [(MONDAY, Played(acts=1, events=2)), (MONDAY, Played(acts=2, events=2))]


async def test_the_year_is_prepared_by_the_operator(keys: Keys) -> None:
    office = Office()

    await player(office, keys).prepare()

    assert office.in_order[:2] == ["/seed ends", "settled"]
    assert playing.SEED.who == OPERATOR
