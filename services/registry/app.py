"""The registry, put together."""

from fastapi import FastAPI

from services.registry.api import router
from shared.service import Backbone, dress
from shared.settings import Settings


def create_app(settings: Settings) -> FastAPI:
    """Units, people, the calendar and the rules, told to everyone."""
    backbone = Backbone(settings, service="registry")
    app = FastAPI(
        title="会办·名录与规则",
        version="1",
        lifespan=backbone.lifespan,
        docs_url=None,
        redoc_url=None,
    )
    dress(app, backbone)
    app.include_router(router)
    return app
