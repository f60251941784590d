"""What people may ask of the registry, one file per subject: keep a fact, or show what stands."""

from fastapi import APIRouter

from services.registry.api import accounts, calendars, people, register, rules, units

router = APIRouter()
for subject in (register, units, people, accounts, calendars, rules):
    router.include_router(subject.router)
