"""Everything that the registry keeps, one file per subject: one register, one act at a time."""

from services.registry.store.accounts import accounts as accounts
from services.registry.store.calendars import calendar_proposals as calendar_proposals
from services.registry.store.calendars import calendar_year as calendar_year
from services.registry.store.history import history as history
from services.registry.store.people import delegations as delegations
from services.registry.store.people import people as people
from services.registry.store.people import person as person
from services.registry.store.register import lock_register as lock_register
from services.registry.store.register import record as record
from services.registry.store.rules import rule_set as rule_set
from services.registry.store.rules import rule_sets as rule_sets
from services.registry.store.units import successions as successions
from services.registry.store.units import unit as unit
from services.registry.store.units import units as units
