"""What people may ask of assignment, one file to a subject."""

from fastapi import APIRouter

from services.assignment.api import advice, changing, dates, handling, items, lists, returns

router = APIRouter(tags=["assignment"])
for part in (handling, returns, changing, dates, items, advice, lists):
    router.include_router(part.router)
