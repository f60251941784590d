"""The one place where escalation is put together."""

from fastapi import FastAPI

from services.escalation import api
from services.escalation.delivering import keep_delivering
from services.escalation.streaming import keep_streaming
from services.escalation.subscribers import ears
from services.escalation.sweeping import keep_sweeping
from shared.service import Backbone, dress
from shared.settings import Settings


def create_app(settings: Settings) -> FastAPI:
    """Escalation as it runs in these surroundings."""
    backbone = Backbone(
        settings,
        service="escalation",
        ears=ears,
        loops=[keep_sweeping, keep_delivering, keep_streaming],
    )
    app = FastAPI(
        title="会办·督办协调",
        version="1",
        lifespan=backbone.lifespan,
        docs_url=None,
        redoc_url=None,
    )
    dress(app, backbone)
    app.include_router(api.router)
    return app
