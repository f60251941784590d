"""What must be true of any played year, however it went."""

import json
from collections import defaultdict
from collections.abc import Iterator

from deploy.services import SERVICES
from shared.envelope import headers_of, read
from tests.inside import Logged
from tests.living import PlayedYear

WORDS = ("title", "text", "summary", "opinion", "comment", "reason", "evidence")


def faults_on_kafka(year: PlayedYear) -> list[str]:
    """Every event is there as its teller wrote it, once or more often, at first in order."""
    faults = []
    by_id = {one.id: one for one in year.logged}
    reached: dict[tuple[str, str], int] = defaultdict(int)
    for record in year.records:
        heard = read(record)
        stream, log = (heard.source, heard.key), by_id.get(heard.id)
        if log is None:
            faults.append(f"{heard} is in no log")
        elif (record.topic, record.key, record.value, [*record.headers]) != _as_record(log):
            faults.append(f"{heard} is not as {log}")
        elif heard.sequence > reached[stream] + 1:
            faults.append(f"{heard} came before its predecessor")
        reached[stream] = max(reached[stream], heard.sequence)
    there = {read(record).id for record in year.records}
    return faults + [f"{log} is not on Kafka" for log in year.logged if log.id not in there]


def faults_in_logs(year: PlayedYear) -> list[str]:
    """Each line of a service's log is JSON that names it; nobody's words are in any log."""
    folder = year.parts.places.root / "log"
    faults = []
    words = set(_words(year))
    for log in folder.glob("*.log"):
        text = log.read_text("utf-8")
        service = log.stem.partition("-")[0]
        if service in SERVICES:
            lines = text.splitlines()
            faults += [f"{log.name}: {line}" for line in lines if not _is_well(line, of=service)]
        faults += [f"{log.name}: {word}" for word in words if word in text]
    return faults


def _is_well(line: str, *, of: str) -> bool:
    try:
        said = json.loads(line)
        return said["service"] == of and bool(said["message"] and said["level"] and said["at"])
    except (ValueError, KeyError, TypeError):
        return False


def _words(year: PlayedYear) -> Iterator[str]:
    """What people wrote, and the names of proposers."""
    for log in year.logged:
        data = json.loads(log.payload)
        for written in (data.get(name) for name in WORDS):
            yield from (line for line in (written or "").splitlines() if len(line) > 5)
        yield from (
            one if isinstance(one, str) else one["name"] for one in data.get("proposers", ())
        )


def _as_record(log: Logged) -> tuple[str, bytes, bytes, list[tuple[str, bytes]]]:
    headers = headers_of(
        id=log.id,
        type=log.type,
        teller=log.place.teller,
        key=log.place.key,
        sequence=log.place.sequence,
        occurred_at=log.occurred_at,
        extensions=dict(log.extensions),
    )
    return log.topic, log.place.key.encode(), log.payload, headers
