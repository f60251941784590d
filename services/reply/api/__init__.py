"""What people may ask of the reply room: talk, opine, write, send, rate, publish, keep, read."""

from fastapi import APIRouter

from services.reply.api import (
    contacts,
    disclosure,
    drafts,
    letters,
    lists,
    opinions,
    promises,
    proposals,
    ratings,
)

router = APIRouter()
for part in (
    contacts,
    opinions,
    drafts,
    letters,
    ratings,
    disclosure,
    promises,
    proposals,
    lists,
):
    router.include_router(part.router)
