"""The one place where the reply room is put together."""

from fastapi import FastAPI

from services.reply import api
from services.reply.subscribers import ears
from shared.service import Backbone, dress
from shared.settings import Settings


def create_app(settings: Settings) -> FastAPI:
    """Reply as it runs in these surroundings."""
    backbone = Backbone(settings, service="reply", ears=ears)
    app = FastAPI(
        title="会办·答复", version="1", lifespan=backbone.lifespan, docs_url=None, redoc_url=None
    )
    dress(app, backbone)
    app.include_router(api.router)
    return app
