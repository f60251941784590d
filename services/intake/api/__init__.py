"""What people may ask of intake, by the acts of the office."""

from fastapi import APIRouter

from services.intake.api import (
    attaching,
    drafting,
    grouping,
    importing,
    listing,
    reviewing,
    similar,
)
from services.intake.api import submitting as submitting

router = APIRouter(tags=["intake"])
for part in (drafting, attaching, submitting, reviewing, grouping, similar, importing, listing):
    router.include_router(part.router)
