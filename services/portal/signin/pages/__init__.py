"""The pages of sign-in: coming in, one's own account, accounts of others, the trail."""

from fastapi import APIRouter

from services.portal.signin.pages import accounts, coming_in, own_account, trail, with_provider

router = APIRouter(include_in_schema=False)
for one in (coming_in, with_provider, own_account, accounts, trail):
    router.include_router(one.router)
