"""The one place where the portal is put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles

from services.portal import (
    acting,
    api,
    desks,
    drafting,
    exporting,
    figures_page,
    ledger_page,
    live,
    pages,
    printing,
    public,
    rooms,
    together,
)
from services.portal.calling import open_callers
from services.portal.manual.pages import router as manual
from services.portal.signin.pages import router as signing_in
from services.portal.signin.pages.turning_away import turn_away
from services.portal.signin.room import WithSignIn
from services.portal.signin.visiting import gate
from services.portal.subscribers import ears
from services.portal.templating import STATIC
from services.portal.tongues.switching import router as choosing_a_tongue
from services.portal.troubles import Careful, show_problems_as_pages
from shared.service import dress
from shared.settings import Settings


def create_app(settings: Settings) -> FastAPI:
    """The portal as it runs in these surroundings."""
    backbone = WithSignIn(settings, service="portal", ears=ears)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_callers(settings) as app.state.callers, backbone.lifespan(app):
            yield

    # FastAPI's own documentation pages load from other hosts: the document alone is served.
    app = FastAPI(
        title="会办·门户",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(gate)],
    )
    dress(app, backbone)
    show_problems_as_pages(app)
    turn_away(app)
    app.add_middleware(Careful)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(signing_in)
    app.include_router(pages.router)
    app.include_router(figures_page.router)
    app.include_router(ledger_page.router)
    app.include_router(printing.router)
    app.include_router(exporting.router)
    app.include_router(drafting.router)
    app.include_router(acting.router)
    app.include_router(together.router)
    app.include_router(live.router)
    app.include_router(desks.router)
    app.include_router(rooms.router)
    app.include_router(manual)
    app.include_router(choosing_a_tongue)
    app.include_router(api.router)
    app.include_router(public.router)
    return app
