"""The published language: every event that one service tells and another may hear."""

from shared.contracts import assignment, escalation, intake, registry, reply
from shared.contracts.event import Event, ProposalEvent, ReferenceEvent

TELLERS = (registry, intake, assignment, reply, escalation)

EVERY_EVENT: dict[str, type[Event]] = {
    event.type_name(): event
    for teller in TELLERS
    for event in vars(teller).values()
    if isinstance(event, type)
    and issubclass(event, Event)
    and event not in (Event, ProposalEvent, ReferenceEvent, registry.Entered)
}
