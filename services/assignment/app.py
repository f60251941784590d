"""The one place where assignment is put together."""

from fastapi import FastAPI

from services.assignment import api
from services.assignment.api.advice import Drawn
from services.assignment.subscribers import ears
from services.assignment.sweeping import keep_sweeping
from shared.service import Backbone, dress
from shared.settings import Settings


def create_app(settings: Settings) -> FastAPI:
    """Assignment as it runs in these surroundings."""
    backbone = Backbone(settings, service="assignment", ears=ears, loops=[keep_sweeping])
    app = FastAPI(
        title="会办·交办", version="1", lifespan=backbone.lifespan, docs_url=None, redoc_url=None
    )
    app.state.drawn = Drawn()
    dress(app, backbone)
    app.include_router(api.router)
    return app
