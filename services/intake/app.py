"""The one place where intake is put together."""

from fastapi import FastAPI

from services.intake import api
from services.intake.indexing import keep_indexed
from services.intake.subscribers import ears
from shared.service import Backbone, dress
from shared.settings import Settings


def create_app(settings: Settings) -> FastAPI:
    """Intake as it runs in these surroundings."""
    backbone = Backbone(settings, service="intake", ears=ears, loops=[keep_indexed])
    app = FastAPI(
        title="会办·提案受理",
        version="1",
        lifespan=backbone.lifespan,
        docs_url=None,
        redoc_url=None,
    )
    dress(app, backbone)
    app.include_router(api.router)
    return app
