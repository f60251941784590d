"""The one place where the portal is put together."""

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from services.portal import api, pages
from services.portal.subscribers import ears
from services.portal.templating import STATIC
from services.portal.troubles import Careful, show_problems_as_pages
from shared.service import Backbone, dress
from shared.settings import Settings


def create_app(settings: Settings) -> FastAPI:
    """The portal as it runs in these surroundings."""
    backbone = Backbone(settings, service="portal", ears=ears)
    # FastAPI's own documentation pages load from other hosts: the document alone is served.
    app = FastAPI(
        title="会办·门户", version="1", lifespan=backbone.lifespan, docs_url=None, redoc_url=None
    )
    dress(app, backbone)
    show_problems_as_pages(app)
    app.add_middleware(Careful)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(pages.router)
    app.include_router(api.router)
    return app
