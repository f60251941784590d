"""Service accounts: other systems that act here, each with a key that is shown once."""

from hashlib import sha256
from secrets import token_urlsafe
from typing import Annotated

from fastapi import APIRouter, Path

from services.registry import store
from services.registry.api.asking import Limit, Text
from services.registry.commands import RegisterAccount
from services.registry.domain.keeping_accounts import end_account, register_account, rotate_key
from services.registry.views import Accounts, KeyShown
from shared.contracts.registry import Post, ServiceAccountRegistered
from shared.web import Act, Look, Receipt, may, may_see

router = APIRouter()

Keeper = Annotated[Act, may("registry.accounts")]
Account = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,40}$")]
SECRET_BYTES = 32


@router.post("/accounts", status_code=201)
async def post_account(command: RegisterAccount, act: Keeper) -> KeyShown:
    """Register another system. Its key is in this answer and nowhere else."""
    secret = token_urlsafe(SECRET_BYTES)
    register = await store.lock_register(act.tx)
    account = ServiceAccountRegistered(
        account=command.account,
        name=command.name,
        post=Post(command.post),
        unit=register.unit(command.unit).code,
        key_digest=_digest(secret),
        acts=tuple(command.acts),
        until=command.until,
    )
    told = register_account(register, account=account, on=act.today)
    await store.record(act.tx, *told, by=act.caller, on=act.today)
    return _shown(act, account=command.account, secret=secret)


@router.post("/accounts/{account}/rotate")
async def post_rotation(account: Account, act: Keeper) -> KeyShown:
    """Give an account another key; the one before is good no longer."""
    secret = token_urlsafe(SECRET_BYTES)
    register = await store.lock_register(act.tx)
    told = rotate_key(register, account=account, key_digest=_digest(secret), on=act.today)
    await store.record(act.tx, *told, by=act.caller, on=act.today)
    return _shown(act, account=account, secret=secret)


@router.post("/accounts/{account}/end")
async def post_end_of_account(account: Account, act: Keeper) -> Receipt:
    """End an account today."""
    register = await store.lock_register(act.tx)
    told = end_account(register, account=account, on=act.today)
    await store.record(act.tx, *told, by=act.caller, on=act.today)
    return act.receipt()


@router.get("/accounts")
async def get_accounts(
    look: Annotated[Look, may_see("registry.audit")], after: Text | None = None, limit: Limit = 100
) -> Accounts:
    """The accounts, those that have ended too; never a key."""
    return await store.accounts(look.tx, after=after, limit=limit)


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _shown(act: Act, *, account: str, secret: str) -> KeyShown:
    return KeyShown(events=act.receipt().events, authorization=f"Key {account}.{secret}")
