"""Every service has the same shape: who knows one finds their way in all."""

from pathlib import Path

import pytest

from deploy.places import PROJECT
from deploy.publishing.rooms import ears_of
from tests.house.source import SERVICE_NAMES, committed

ALWAYS = {"README.md", "__init__.py", "app.py", "domain", "migrations", "openapi.json"}
STORE = {"store.py", "store"}
API = {"api.py", "api"}
WHERE_NEEDED = {
    "commands.py": "what a command has to say",
    "views.py": "what a reader is shown",
    "sweeping.py": "a loop beside the listeners",
    "delivering.py": "a loop that sends messages",
    "streaming.py": "a loop that tells other systems",
    "outside.py": "how a message leaves the house",
    "staffing.py": "the people of a day",
    "wording.py": "what is read, in every language",
    "starting_data.py": "what stands prepared",
    "indexing.py": "what proposals are found by",
    "judged_pairs.py": "by what suggestions are measured",
    "handled_proposals.py": "by what advice is measured",
    "sheets.py": "lists as files",
    "data": "the prepared data",
}
ONLY_PORTAL = {
    "pages.py": "what people see",
    "ledger_page.py": "the one list of everything",
    "figures_page.py": "how much there is of everything",
    "districts.py": "where each district lies",
    "public.py": "what everybody may see",
    "forms": "what people fill in",
    "acting.py": "how what they filled in is sent",
    "filling.py": "what stands in a form before they fill it in",
    "naming.py": "whom they name in it",
    "standing.py": "what they may do with a case",
    "calling.py": "the services behind",
    "live.py": "that something changed",
    "desks.py": "everybody's start page",
    "waiting.py": "what waits for them there",
    "together.py": "one act for several cases at once",
    "rooms.py": "what stands beside the cases, with a button for each act",
    "templates": "how it is written",
    "templating.py": "how it is filled in",
    "static": "what a page loads",
    "assets": "where that comes from",
    "viewing.py": "what a page is given",
    "reporting.py": "the year's report",
    "papers": "the papers an office sends",
    "printing.py": "how a case's papers are had",
    "previewing.py": "how a draft will look, before it is sent",
    "handing_over.py": "the office's page for handing over",
    "templates_page.py": "the letter templates that offices bring",
    "exporting.py": "lists as files",
    "drafting.py": "the reports that people edit and freeze",
    "manual": "how people do it here",
    "signin": "who comes in",
    "tongues": "what it says in other languages",
    "troubles.py": "a page for each refusal",
    "compressing.py": "what is sent smaller",
    "components.py": "every part of the pages, to be looked at",
}


def here(service: str) -> set[str]:
    """What is committed at the top of a service."""
    root = PROJECT / "services" / service
    return {path.relative_to(root).parts[0] for path in committed() if root in path.parents}


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_it_has_what_every_service_has(service: str) -> None:
    assert here(service) >= ALWAYS
    assert len(here(service) & API) == 1
    assert len(here(service) & STORE) == 1


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_it_has_subscribers_if_it_hears_anything(service: str) -> None:
    ears = ears_of(service)

    hears = bool(ears.listeners) or ears.folding is not None
    assert ("subscribers.py" in here(service)) == hears


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_it_has_nothing_else(service: str) -> None:
    known = ALWAYS | API | STORE | WHERE_NEEDED.keys() | {"subscribers.py"}
    if service == "portal":
        known |= ONLY_PORTAL.keys()

    assert here(service) - known == set()


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_its_migrations_are_numbered_without_a_gap(service: str) -> None:
    names = sorted(path.name for path in (PROJECT / "services" / service / "migrations").iterdir())

    assert names
    assert [name[:5] for name in names] == [f"{n:04d}_" for n in range(1, len(names) + 1)]
    assert {Path(name).suffix for name in names} == {".sql"}
