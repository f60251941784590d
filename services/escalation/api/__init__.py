"""What people may ask of escalation, by subject."""

from fastapi import APIRouter

from services.escalation.api import coordination, notices, subscriptions, supervision, watching

router = APIRouter(tags=["escalation"])
for subject in (watching, coordination, supervision, notices, subscriptions):
    router.include_router(subject.router)
